package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the factory did to itself: trainings, judgements, promotions.
final class ControlTable implements FactoryTable {
  @Override
  public String name() {
    return "controls";
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column("type", ColumnType.VARCHAR, false),
        new Column("model", ColumnType.VARCHAR, true),
        new Column("reason", ColumnType.VARCHAR, true),
        new Column("details", ColumnType.VARCHAR, false),
        new Column("arrival", ColumnType.TIMESTAMP, false),
        new Column("position", ColumnType.BIGINT, false));
  }

  @Override
  public void read(LedgerReader reader, Cells into, Progress.Step step) {
    reader.seek(0);
    while (reader.next()) {
      if (reader.kind() == RecordKind.CONTROL) {
        JsonNode body = Control.readJson(reader.body(), JsonNode.class);
        into.text(body.path("type").asString(""));
        give(body.path("model"), into);
        give(body.path("reason"), into);
        into.text(body.toString());
        into.time(reader.arrivalMillis());
        into.integer(reader.position());
        into.endRow();
      }
      step.at(reader.position());
    }
  }

  private static void give(JsonNode value, Cells into) {
    if (value.isString()) {
      into.text(value.asString());
    } else {
      into.none();
    }
  }
}
