package io.cromford.flywheel.work;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An alert as something to be worked on.
///
/// @param alert what it is about
/// @param claimed who looks after it; null if nobody does
/// @param closed who is done with it, and what came of it; null while nobody is
/// @param answer what outcomes say of it
/// @param notes what was written down, the oldest first; at most [#MOST_WORDS]
/// @param seen who was shown the score, each once, the first first; at most [#MOST_WORDS]
public record WorkItem(
    Alert alert,
    @Nullable Word claimed,
    @Nullable Closing closed,
    Answer answer,
    List<Word> notes,
    List<Word> seen) {
  /// The most notes and the most viewers that are remembered; the ledger has them all.
  public static final int MOST_WORDS = 8;

  /// Copies the lists.
  public WorkItem {
    notes = List.copyOf(notes);
    seen = List.copyOf(seen);
  }

  /// What was alerted.
  ///
  /// @param ordinal which observation
  /// @param atMillis when, by the factory's clock
  /// @param atRisk the expected loss if nothing is done: the score times what missing it costs
  public record Alert(int ordinal, long atMillis, double atRisk) {}

  /// What a person said.
  ///
  /// @param atMillis when, by the factory's clock
  /// @param by who
  /// @param text what; empty where nothing was said
  public record Word(long atMillis, String by, String text) {
    private void save(SnapshotWriter out) {
      out.number(atMillis);
      out.text(by);
      out.text(text);
    }

    private static Word read(SnapshotReader in) {
      return new Word(in.number(), in.text(), in.text());
    }
  }

  /// The end of the work.
  ///
  /// @param code what came of it
  public record Closing(ReasonCode code, Word word) {
    private void save(SnapshotWriter out) {
      out.text(code.name());
      word.save(out);
    }

    private static Closing read(SnapshotReader in) {
      return new Closing(ReasonCode.valueOf(in.text()), Word.read(in));
    }
  }

  /// What is known of the alert.
  ///
  /// @param truth by the most trusted outcome
  /// @param atMillis when that was heard first; 0 while nothing is known
  public record Answer(Truth truth, long atMillis) {
    /// Nothing is known.
    public static final Answer NONE = new Answer(Truth.UNKNOWN, 0);
  }

  /// Where it stands.
  public enum Status {
    /// Nobody looks after it.
    OPEN,
    /// Somebody looks after it.
    CLAIMED,
    /// Its outcome is known; nobody has to look.
    ANSWERED,
    /// Somebody is done with it.
    CLOSED;

    /// The name in answers: `open`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A new one.
  static WorkItem of(Alert alert) {
    return new WorkItem(alert, null, null, Answer.NONE, List.of(), List.of());
  }

  void save(SnapshotWriter out) {
    out.count(alert.ordinal);
    out.number(alert.atMillis);
    out.real(alert.atRisk);
    out.maybe(claimed, word -> word.save(out));
    out.maybe(closed, end -> end.save(out));
    out.text(answer.truth.name());
    out.number(answer.atMillis);
    out.each(notes, word -> word.save(out));
    out.each(seen, word -> word.save(out));
  }

  static WorkItem read(SnapshotReader in) {
    return new WorkItem(
        new Alert(in.count(), in.number(), in.real()),
        in.maybe(() -> Word.read(in)),
        in.maybe(() -> Closing.read(in)),
        new Answer(Truth.valueOf(in.text()), in.number()),
        in.each(() -> Word.read(in)),
        in.each(() -> Word.read(in)));
  }

  /// Where it stands: what a person closed is closed, what is known needs nobody.
  public Status status() {
    if (closed != null) {
      return Status.CLOSED;
    }
    if (answer.truth.isKnown()) {
      return Status.ANSWERED;
    }
    return claimed == null ? Status.OPEN : Status.CLAIMED;
  }

  /// When it was dealt with by a person: closed, or answered by a verdict; empty if it was not, or
  /// if the label alone tells what it was.
  public Optional<Long> workedAtMillis() {
    if (closed != null) {
      return Optional.of(closed.word.atMillis);
    }
    boolean byVerdict = answer.truth.isKnown() && !answer.truth.isDefinitive();
    return byVerdict ? Optional.of(answer.atMillis) : Optional.empty();
  }

  /// Whether a person was shown its score.
  public boolean wasSeenBy(String person) {
    return seen.stream().anyMatch(word -> word.by.equals(person));
  }

  /// After a person's step.
  ///
  /// @param code what came of it; null for a step that is no closing
  WorkItem after(WorkStep step, @Nullable ReasonCode code, Word word) {
    List<Word> noted = word.text.isEmpty() ? notes : more(notes, word);
    return switch (step) {
      case CLAIM -> new WorkItem(alert, word, closed, answer, noted, seen);
      case RELEASE -> new WorkItem(alert, null, closed, answer, noted, seen);
      case CLOSE -> {
        Closing closing = new Closing(code == null ? ReasonCode.OTHER : code, word);
        yield new WorkItem(alert, claimed, closing, answer, noted, seen);
      }
      case REOPEN -> new WorkItem(alert, null, null, answer, noted, seen);
      case NOTE -> new WorkItem(alert, claimed, closed, answer, noted, seen);
      case SEEN ->
          wasSeenBy(word.by)
              ? this
              : new WorkItem(alert, claimed, closed, answer, notes, more(seen, word));
    };
  }

  /// After an outcome, or one that was taken back.
  WorkItem answered(Truth truth, long atMillis) {
    long since = answer.truth == truth ? answer.atMillis : atMillis;
    Answer now = truth.isKnown() ? new Answer(truth, since) : Answer.NONE;
    return new WorkItem(alert, claimed, closed, now, notes, seen);
  }

  /// Of too many the oldest goes.
  private static List<Word> more(List<Word> words, Word word) {
    List<Word> all = new ArrayList<>(words);
    all.add(word);
    return all.size() > MOST_WORDS ? all.subList(1, all.size()) : all;
  }
}
