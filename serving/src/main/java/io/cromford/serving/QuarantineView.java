package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.StoredRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// What lies in a factory's quarantine: how many records broke which rule, and a page of them.
///
/// @param records how many are in quarantine
/// @param rules how many broke which rule, the one broken last first
/// @param newest a page of those that were asked for, the newest first
/// @param next the number before which the next page begins; empty where there is none
public record QuarantineView(
    long records, List<Rule> rules, List<Entry> newest, OptionalLong next) {
  /// Nothing is in quarantine.
  public static final QuarantineView EMPTY =
      new QuarantineView(0, List.of(), List.of(), OptionalLong.empty());

  /// Copies the lists.
  public QuarantineView {
    rules = List.copyOf(rules);
    newest = List.copyOf(newest);
  }

  /// What is asked for.
  ///
  /// @param source whose records; empty for all sources
  /// @param rule which rule they broke; empty for all
  /// @param before those with a lower number; [Long#MAX_VALUE] for all
  /// @param limit how many at most, 0 or more
  public record Asked(String source, String rule, long before, int limit) {
    /// The newest of all.
    public static Asked newest(int limit) {
      return new Asked("", "", Long.MAX_VALUE, limit);
    }

    QuarantineBook.Page of(QuarantineBook book) {
      return book.newest(new QuarantineBook.Wanted(source, rule), before, limit);
    }
  }

  /// The records of a source that broke one rule.
  ///
  /// @param source the source's name
  /// @param rule the rule's name
  /// @param records how many are in quarantine
  /// @param newest when the newest of them came there
  public record Rule(String source, String rule, long records, Instant newest) {}

  /// A record in quarantine.
  ///
  /// @param position of its record in the ledger: its number
  /// @param arrival when it came there
  /// @param record what it was and why it is there
  public record Entry(long position, Instant arrival, Quarantined record) {
    static Entry of(StoredRecord stored) {
      return new Entry(
          stored.position(),
          Instant.ofEpochMilli(stored.header().arrivalMillis()),
          Quarantined.decode(stored.body()));
    }
  }

  /// Looks at the quarantine beside a running factory or without one; reads the whole ledger.
  ///
  /// @param stateFolder where the factory's ledger lies
  /// @throws CromfordException NOT_FOUND if there is no ledger
  public static QuarantineView of(Path stateFolder, Asked asked) {
    try (LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"))) {
      QuarantineBook book = QuarantineBook.of(reader);
      return of(book.count(), book.rules(), asked.of(book), reader::read);
    }
  }

  static QuarantineView of(
      long records, List<Rule> rules, QuarantineBook.Page page, LongFunction<StoredRecord> read) {
    List<Entry> entries =
        page.positions().stream().map(position -> Entry.of(read.apply(position))).toList();
    return new QuarantineView(records, rules, entries, page.next());
  }

  /// That there is no record of a number.
  static CromfordException none(long number) {
    return new CromfordException(
        ErrorCode.NOT_FOUND,
        "no record in quarantine has the number %d.\nMaybe `cromford quarantine list` has it."
            .formatted(number));
  }
}
