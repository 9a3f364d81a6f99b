package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What lies in a factory's quarantine, read beside a running factory or without one.
///
/// @param rules how many records broke which rule, the one broken last first
/// @param newest the newest records, the newest first
public record QuarantineView(List<Rule> rules, List<Entry> newest) {
  /// Nothing is in quarantine.
  public static final QuarantineView EMPTY = new QuarantineView(List.of(), List.of());

  /// Copies the lists.
  public QuarantineView {
    rules = List.copyOf(rules);
    newest = List.copyOf(newest);
  }

  /// The records of a source that broke one rule.
  ///
  /// @param source the source's name
  /// @param rule the rule's name
  /// @param records how many are in quarantine
  /// @param newest when the newest of them arrived
  public record Rule(String source, String rule, long records, Instant newest) {
    private Rule with(Instant arrived) {
      return new Rule(source, rule, records + 1, arrived);
    }
  }

  /// A record in quarantine.
  ///
  /// @param position of its record in the ledger: its number
  /// @param arrival when it arrived
  /// @param replayed whether it has left quarantine since
  /// @param record what it was and why it is there
  public record Entry(long position, Instant arrival, boolean replayed, Quarantined record) {}

  /// Looks at the quarantine.
  ///
  /// @param stateFolder where the factory's ledger lies
  /// @param limit how many single records are given, at least 0
  /// @throws CromfordException NOT_FOUND if there is no ledger
  public static QuarantineView of(Path stateFolder, int limit) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    Deque<Entry> newest = new ArrayDeque<>();
    try (LedgerReader reader = open(stateFolder)) {
      Quarantine quarantine = Quarantine.of(reader);
      reader.seek(0);
      while (reader.next()) {
        if (reader.kind() == RecordKind.QUARANTINED && quarantine.holds(reader.position())) {
          Entry entry = entry(reader, false);
          String key = entry.record.source() + '\n' + entry.record.rule();
          Rule none = new Rule(entry.record.source(), entry.record.rule(), 0, entry.arrival);
          rules.put(key, rules.getOrDefault(key, none).with(entry.arrival));
          newest.addFirst(entry);
          if (newest.size() > limit) {
            newest.removeLast();
          }
        }
      }
    }
    List<Rule> sorted = new ArrayList<>(rules.values());
    sorted.sort(Comparator.comparing(Rule::newest).reversed());
    return new QuarantineView(sorted, List.copyOf(newest));
  }

  /// A quarantined record by its number, also one that was replayed since.
  ///
  /// @throws CromfordException NOT_FOUND if there is none
  public static Entry find(Path stateFolder, long position) {
    try (LedgerReader reader = open(stateFolder)) {
      Quarantine quarantine = Quarantine.of(reader);
      reader.seek(0);
      while (reader.next()) {
        if (reader.position() == position && reader.kind() == RecordKind.QUARANTINED) {
          return entry(reader, !quarantine.holds(position));
        }
      }
    }
    throw new CromfordException(
        ErrorCode.NOT_FOUND,
        "no record in quarantine has the number %d.\nMaybe `cromford quarantine list` has it."
            .formatted(position));
  }

  private static LedgerReader open(Path stateFolder) {
    return LedgerReader.openReadOnly(stateFolder.resolve("ledger"));
  }

  private static Entry entry(LedgerReader reader, boolean replayed) {
    return new Entry(
        reader.position(),
        Instant.ofEpochMilli(reader.arrivalMillis()),
        replayed,
        Quarantined.decode(reader.body()));
  }
}
