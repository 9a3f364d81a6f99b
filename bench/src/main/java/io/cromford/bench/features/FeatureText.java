package io.cromford.bench.features;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.Schema;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Catalog;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The handbook's fifteen features as text, and as plans over payments.
final class FeatureText {
  static final Column FRAUD = new Column("fraud", ColumnType.BOOLEAN, true);

  private static final List<Column> PAYMENT =
      List.of(
          new Column("tx_id", ColumnType.BIGINT, false),
          new Column("ts", ColumnType.TIMESTAMP, false),
          new Column("customer_id", ColumnType.BIGINT, false),
          new Column("terminal_id", ColumnType.BIGINT, false),
          new Column("amount", ColumnType.decimal(10, 2), false));

  private FeatureText() {}

  static String sql() {
    try (InputStream in =
        FeatureText.class.getResourceAsStream("/io/cromford/bench/handbook/features_15.sql")) {
      if (in == null) {
        throw new IllegalStateException("features_15.sql is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A payment's columns; the fraud last, where it is a column.
  static Schema schema(boolean fraudIsColumn) {
    List<Column> columns = new ArrayList<>(PAYMENT);
    if (fraudIsColumn) {
      columns.add(new Column("fraud", ColumnType.BOOLEAN, false));
    }
    return new Schema(columns);
  }

  /// The plan over one table that holds the fraud, as DuckDB's does.
  static FeaturePlan overTable() {
    return plan(sql(), new Catalog("payments", schema(true), "tx_id", "ts", null));
  }

  /// The plan over payments whose frauds become known later.
  static FeaturePlan overOutcomes() {
    return overOutcomes(sql());
  }

  /// The plan of other features over the same.
  static FeaturePlan overOutcomes(String sql) {
    Catalog.Outcome outcome = new Catalog.Outcome(List.of(FRAUD), "fraud", Duration.ofDays(7));
    return plan(sql, new Catalog("payments", schema(false), "tx_id", "ts", outcome));
  }

  private static FeaturePlan plan(String sql, Catalog catalog) {
    return switch (FeatureCompiler.compile(sql, "features_15.sql", catalog)) {
      case Compilation.Compiled(FeaturePlan plan) -> plan;
      case Compilation.Refused(var problems) -> throw CromfordException.of(problems);
    };
  }
}
