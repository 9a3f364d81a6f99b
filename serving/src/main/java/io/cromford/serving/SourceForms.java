package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.RowCodec;
import io.cromford.intake.SourceDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The forms in which a source's records lie in the ledger, one for each schema that it has had;
/// read as rows of today's.
///
/// Only nullable columns may come to a schema (in any place: columns are matched by name), and a
/// column may become nullable. Rows that were written before have NULL in what came later. All
/// other changes are refused, for the ledger's records would mean something else.
final class SourceForms {
  private static final String ADVICE =
      "\nMaybe put it back, or give the source another name and begin a new state folder with --state: "
          + "a ledger keeps each source's columns as they were, and only nullable ones can be added.";

  private final SourceDefinition definition;
  private final RowCodec codec;
  private final List<Form> forms = new ArrayList<>();
  private final List<SourceSchema> recorded = new ArrayList<>();

  /// A form that records lie in.
  ///
  /// @param row a buffer
  /// @param targets for each of its columns the one of today's schema; empty if it is today's
  private record Form(RowCodec codec, Row row, List<Integer> targets) {}

  SourceForms(SourceDefinition definition) {
    this.definition = definition;
    this.codec = new RowCodec(definition.schema());
  }

  /// The latest schema that the ledger holds; null if it holds none.
  @Nullable SourceSchema latest() {
    return recorded.isEmpty() ? null : recorded.getLast();
  }

  /// The schemas that the ledger holds, in order.
  List<SourceSchema> recorded() {
    return List.copyOf(recorded);
  }

  /// Takes the next schema that the ledger holds.
  ///
  /// @throws CromfordException STATE_CONFLICT if today's is no extension of it
  void add(SourceSchema next) {
    List<String> conflicts = conflicts(next);
    if (!conflicts.isEmpty()) {
      throw new CromfordException(ErrorCode.STATE_CONFLICT, String.join("\n", conflicts) + ADVICE);
    }
    boolean isToday = next.schema().equals(definition.schema());
    List<Integer> targets = new ArrayList<>();
    if (!isToday) {
      for (Column column : next.schema().columns()) {
        targets.add(definition.schema().indexOf(column.name()));
      }
    }
    forms.add(new Form(new RowCodec(next.schema()), new Row(next.schema()), targets));
    recorded.add(next);
  }

  /// Encodes a row as it is written today.
  ByteBuffer encode(Row row) {
    return codec.encode(row);
  }

  /// Decodes a row that was written under some version.
  void decode(ByteBuffer body, int version, Row into) {
    Form form = forms.get(version - 1);
    if (form.targets().isEmpty()) {
      codec.decode(body, into);
      return;
    }
    form.codec().decode(body, form.row());
    into.clear();
    for (int i = 0; i < form.targets().size(); i++) {
      into.setFrom(form.targets().get(i), form.row(), i);
    }
  }

  private List<String> conflicts(SourceSchema recorded) {
    SourceSchema today = SourceSchema.of(definition, recorded.number(), recorded.version());
    List<String> conflicts = new ArrayList<>();
    if (!recorded.kind().equals(today.kind())) {
      conflicts.add(
          "source `%s` was of the kind %s and is now %s."
              .formatted(today.source(), recorded.kind(), today.kind()));
    }
    if (!recorded.id().equals(today.id())) {
      conflicts.add(
          "source `%s`: its id was `%s` and is now `%s`."
              .formatted(today.source(), recorded.id(), today.id()));
    }
    for (SourceSchema.Field was : recorded.columns()) {
      conflict(was, find(today, was.name())).ifPresent(conflicts::add);
    }
    for (SourceSchema.Field is : today.columns()) {
      if (find(recorded, is.name()) == null && !is.nullable()) {
        conflicts.add(
            "source `%s`: column `%s` %s is new and not nullable; earlier records have no value of it."
                .formatted(today.source(), is.name(), is.type()));
      }
    }
    return conflicts;
  }

  private Optional<String> conflict(SourceSchema.Field was, SourceSchema.@Nullable Field is) {
    String column =
        "source `%s`: column `%s` was %s and is "
            .formatted(definition.name(), was.name(), was.type());
    if (is == null) {
      return Optional.of(column + "gone.");
    }
    if (!is.type().equals(was.type())) {
      return Optional.of(column + "now " + is.type() + ".");
    }
    return was.nullable() && !is.nullable()
        ? Optional.of(column.replace(" and is ", " and nullable, and is ") + "no longer nullable.")
        : Optional.empty();
  }

  private static SourceSchema.@Nullable Field find(SourceSchema schema, String name) {
    for (SourceSchema.Field field : schema.columns()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
