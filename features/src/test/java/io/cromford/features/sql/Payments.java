package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Problem;
import io.cromford.core.Schema;
import io.cromford.features.plan.FeaturePlan;
import java.time.Duration;
import java.util.List;

/// The catalog that tests compile against: payments with every type of column, and their frauds.
final class Payments {
  static final Schema COLUMNS =
      Schema.of(
          new Column("tx_id", ColumnType.BIGINT, false),
          new Column("ts", ColumnType.TIMESTAMP, false),
          new Column("customer_id", ColumnType.BIGINT, true),
          new Column("terminal_id", ColumnType.BIGINT, true),
          new Column("amount", ColumnType.decimal(10, 2), true),
          new Column("rate", ColumnType.decimal(8, 6), true),
          new Column("score", ColumnType.DOUBLE, true),
          new Column("online", ColumnType.BOOLEAN, true),
          new Column("country", ColumnType.VARCHAR, true));

  static final Catalog CATALOG =
      new Catalog(
          "payments",
          COLUMNS,
          "tx_id",
          "ts",
          new Catalog.Outcome(
              List.of(
                  new Column("fraud", ColumnType.BOOLEAN, true),
                  new Column("loss", ColumnType.decimal(10, 2), true)),
              "fraud",
              Duration.ofDays(7)));

  private Payments() {}

  static Compilation compile(String sql) {
    return FeatureCompiler.compile(sql, "features.sql", CATALOG);
  }

  /// The plan of a text that must compile.
  static FeaturePlan plan(String sql) {
    Compilation compilation = compile(sql);
    assertThat(compilation).as(sql).isInstanceOf(Compilation.Compiled.class);
    return ((Compilation.Compiled) compilation).plan();
  }

  /// The problems of a text that must be refused.
  static List<Problem> problems(String sql) {
    Compilation compilation = compile(sql);
    assertThat(compilation).as(sql).isInstanceOf(Compilation.Refused.class);
    return ((Compilation.Refused) compilation).problems();
  }
}
