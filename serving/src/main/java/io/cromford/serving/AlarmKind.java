package io.cromford.serving;

import io.cromford.flywheel.Alarm;
import io.cromford.flywheel.Alarm.Severity;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of alarms, each with its key, how soon somebody should look, and what it says in a few
/// words. docs/alarms.md has a heading for each, which says what to do.
enum AlarmKind {
  /// The outcomes of the days on which a challenger would be judged are not there.
  OUTCOMES_SILENCE("outcomes/silence", Severity.WARNING, "outcomes are missing"),
  /// Days of the training window lack their outcomes.
  OUTCOMES_LEFT_OUT("outcomes/left-out", Severity.WARNING, "days were left out of the training"),
  /// The training rows are not what was served.
  TRAINING_UNLIKE_SERVED(
      "training/unlike-served", Severity.CRITICAL, "training rows are not what was served"),
  /// A turn of the flywheel failed.
  TRAINING_FAILED("training/failed", Severity.CRITICAL, "a training failed"),
  /// Nothing was trained, for another reason.
  TRAINING_SKIPPED("training/skipped", Severity.WARNING, "nothing was trained"),
  /// A feature view that was opened cannot be computed.
  FEATURES_FAILED("features/failed", Severity.WARNING, "features cannot be computed"),
  /// More positives are missed than were.
  MISSED_FRAUDS("missed-frauds", Severity.CRITICAL, "more frauds are missed than were"),
  /// A model was taken back; its version is the subject.
  BREACH("breach", Severity.CRITICAL, "a model was taken back"),
  /// The envelope within which the factory promotes by itself has expired.
  ENVELOPE_EXPIRED("envelope/expired", Severity.WARNING, "the approved envelope has expired"),
  /// No snapshot of the folds could be kept for long.
  SNAPSHOTS_FAILED("snapshots/failed", Severity.WARNING, "no snapshot can be kept"),
  /// Of no kind.
  OTHER("alarm", Severity.WARNING, "something to look at");

  /// So much of a version names it.
  private static final int SUBJECT = 12;

  private final String key;
  private final Severity severity;
  private final String summary;

  AlarmKind(String key, Severity severity, String summary) {
    this.key = key;
    this.severity = severity;
    this.summary = summary;
  }

  String key() {
    return key;
  }

  /// An alarm of this kind.
  Alarm alarm(long atMillis, String message) {
    return new Alarm(atMillis, key, severity, message);
  }

  /// An alarm of this kind about a model.
  Alarm alarm(long atMillis, String version, String message) {
    String subject = version.substring(0, Math.min(SUBJECT, version.length()));
    return new Alarm(atMillis, key + "/" + subject, severity, message);
  }

  /// An alarm by the key that its record has.
  ///
  /// @param otherwise for a record without one
  static Alarm alarm(long atMillis, @Nullable String key, AlarmKind otherwise, String message) {
    String known = key == null || !Alarm.isKey(key) ? otherwise.key : key;
    Severity severity = of(known).map(kind -> kind.severity).orElse(otherwise.severity);
    return new Alarm(atMillis, known, severity, message);
  }

  /// What an alarm says in a few words.
  static String summary(Alarm alarm) {
    return of(alarm.key()).map(kind -> kind.summary).orElse(alarm.key());
  }

  /// The heading of docs/alarms.md that is about it: its key where that is a kind's, else the key
  /// without its subject.
  static String heading(Alarm alarm) {
    return of(alarm.key()).map(AlarmKind::heading).orElse(alarm.kind());
  }

  String heading() {
    return key.replace('/', '-');
  }

  /// The kind of a key, whole or without its subject.
  private static Optional<AlarmKind> of(String key) {
    return Arrays.stream(values())
        .filter(kind -> key.equals(kind.key) || key.startsWith(kind.key + "/"))
        .findFirst();
  }
}
