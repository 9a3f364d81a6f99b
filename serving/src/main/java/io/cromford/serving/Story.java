package io.cromford.serving;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something out of the usual, from the alarm to what came of it: more frauds were missed, or a
/// model was taken back; who was tried as an answer; who serves since.
///
/// @param number from 1, in the order of the ledger
/// @param trouble what it began with
/// @param stage how far it is
/// @param answer who took over; absent if nobody has
/// @param steps in order
public record Story(
    int number, Trouble trouble, Stage stage, Optional<Answer> answer, List<Step> steps) {
  /// Copies the list.
  public Story {
    steps = List.copyOf(steps);
  }

  /// What a story begins with.
  public enum Kind {
    /// More frauds were missed than before.
    MISSED,
    /// A model that served was taken back.
    TAKEN_BACK
  }

  /// How far a story is.
  public enum Stage {
    /// Nobody was tried yet.
    OPEN,
    /// Who was tried is not better, or came off its way.
    LOST,
    /// One passed, and waits for a person.
    PROPOSED,
    /// One passed, and scores beside the champion.
    SHADOW,
    /// One passed, and answers for a share of the entities.
    CANARY,
    /// One took over.
    SERVES,
    /// Who took over does not serve any more: its predecessor does again.
    TAKEN_BACK,
    /// A person said that the alarm is over before anybody took over.
    RESOLVED
  }

  /// What a story began with.
  ///
  /// @param key of the alarm
  /// @param at when it was raised, by the factory's clock
  /// @param since the first day on which more was missed; absent where that is not known
  /// @param raised how often it was raised until somebody took over, at least 1
  /// @param message what was seen, in words
  public record Trouble(
      Kind kind, String key, Instant at, Optional<Instant> since, int raised, String message) {}

  /// A model that took over.
  ///
  /// @param model its version
  /// @param former the version that it took over from
  /// @param from since when it served
  /// @param until when it was taken back; [Instant#MAX] if it was not
  /// @param by `factory`, or the name of who promoted it
  /// @param later how many more took over from then on
  public record Answer(
      String model, String former, Instant from, Instant until, String by, int later) {}

  /// Something that happened in a story.
  ///
  /// @param at when, by the factory's clock; of several of a kind the last
  /// @param model the version that it is about; empty if it is about none
  /// @param text what, in a sentence or two
  public record Step(What what, Instant at, String model, String text) {}

  /// The kinds of steps.
  public enum What {
    /// More is missed from here on.
    MISSED("more is missed"),
    /// The alarm.
    ALARM("alarm"),
    /// Challengers that did not pass.
    HELD("held back"),
    /// A challenger that passed.
    PASSED("passed"),
    /// It waits for a person.
    PROPOSED("proposed"),
    /// It scores beside the champion.
    SHADOW("shadow"),
    /// It answers for a share.
    CANARY("canary"),
    /// It came off its way.
    WITHDRAWN("withdrawn"),
    /// It took over.
    SERVES("serves"),
    /// Others took over after it.
    LATER("later"),
    /// Its predecessor serves again.
    TAKEN_BACK("taken back"),
    /// A person said that it is over.
    RESOLVED("resolved");

    private final String words;

    What(String words) {
      this.words = words;
    }

    /// Its name in a list.
    public String words() {
      return words;
    }
  }
}
