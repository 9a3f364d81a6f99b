package io.cromford.serving;

import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.QuarantineView.Entry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A record in quarantine, opened: what each column said, what is wrong with it by the contract of
/// today, and where it stands in the chain of those that were mended.
///
/// @param entry the record
/// @param fields its columns, in the order of the schema; empty where no contract is at hand
/// @param others fields that the source does not know
/// @param problems what is wrong with the record as a whole
/// @param trail who mended it, and what became of it
public record QuarantinedRow(
    Entry entry,
    List<Field> fields,
    List<RawRecord.Extra> others,
    List<Problem> problems,
    Trail trail) {
  /// Copies the lists.
  public QuarantinedRow {
    fields = List.copyOf(fields);
    others = List.copyOf(others);
    problems = List.copyOf(problems);
  }

  /// A column of the record.
  ///
  /// @param name the column's name
  /// @param type its type, as the factory file says it
  /// @param nullable whether it may have no value
  /// @param value what was read; empty for nothing
  /// @param problem what is wrong with it; empty if it holds
  public record Field(
      String name,
      String type,
      boolean nullable,
      Optional<String> value,
      Optional<Problem> problem) {}

  /// Something that does not hold.
  ///
  /// @param rule the rule's name
  /// @param message what is wrong, without the value, and advice on a new line
  public record Problem(String rule, String message) {
    static Problem of(Refused refused) {
      return new Problem(refused.rule(), refused.message());
    }
  }

  /// Where a record stands among those that were mended.
  ///
  /// @param isHere whether it is in quarantine
  /// @param mends how the one before was mended into this; empty if it is as it came
  /// @param left how it has left quarantine; empty while it is there, or where that is long ago
  public record Trail(boolean isHere, Optional<Deed> mends, Optional<Left> left) {}

  /// That a person mended a record.
  ///
  /// @param row the number of the record that was mended
  /// @param columns the names of those that got another value
  /// @param record the mended one, a JSON object as text
  /// @param at when, by the factory's clock
  /// @param reason why, in words
  /// @param by the name of who did it
  public record Deed(
      long row, List<String> columns, String record, Instant at, String reason, String by) {
    /// Copies the list.
    public Deed {
      columns = List.copyOf(columns);
    }
  }

  /// That a record has left quarantine.
  ///
  /// @param at when, by the factory's clock
  /// @param mended how it was mended; empty if it was replayed as it had come
  /// @param became what it is now
  /// @param position of the record that it is now
  public record Left(Instant at, Optional<Deed> mended, Repaired.Became became, long position) {}

  /// Opens a record beside a running factory or without one, without its contract; reads the whole
  /// ledger.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is none
  public static QuarantinedRow of(Path stateFolder, long number) {
    try (LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"))) {
      QuarantineTrail trail = new QuarantineTrail(reader);
      Entry entry = trail.find(number);
      OptionalLong left = QuarantineBook.left(reader, number);
      return new QuarantinedRow(
          entry, List.of(), List.of(), List.of(), trail.of(entry.record(), left.isEmpty(), left));
    }
  }
}
