package io.cromford.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The model versions of a factory: who serves, who is on the way, what is proposed, who served
/// when and why, and how challengers were judged.
///
/// @param now who serves, and what is proposed
/// @param models the newest first, at most [#MOST_MODELS]
/// @param earlier versions that are not among them
/// @param served who served from when on, the latest first, at most [#MOST_SERVED]
/// @param judgements of challengers, the latest first, at most [#MOST_JUDGEMENTS]
/// @param live how those score that score live traffic, by version
public record ModelsView(
    Now now,
    List<Line> models,
    int earlier,
    List<Served> served,
    List<Judgement> judgements,
    Map<String, ModelView.Live> live) {
  /// The most versions that are listed.
  public static final int MOST_MODELS = 100;

  /// The most changes of who serves that are listed.
  public static final int MOST_SERVED = 200;

  /// The most judgements that are listed.
  public static final int MOST_JUDGEMENTS = 100;

  /// No model serves.
  public static final ModelsView NONE =
      new ModelsView(
          new Now("0", 0, "", Optional.empty(), Optional.empty(), Optional.empty()),
          List.of(),
          0,
          List.of(),
          List.of(),
          Map.of());

  /// Copies lists and map.
  public ModelsView {
    models = List.copyOf(models);
    served = List.copyOf(served);
    judgements = List.copyOf(judgements);
    live = Map.copyOf(live);
  }

  /// The number of changes of who serves, of who is on the way and of what is proposed: what a
  /// [Wish] can be held to.
  public String revision() {
    return now.revision();
  }

  /// Who serves, and what is proposed.
  ///
  /// @param revision see [ModelsView#revision]
  /// @param atMillis the factory's clock
  /// @param champion the version that serves; empty before go-live
  /// @param candidate who is on the way
  /// @param proposed what a person is asked to promote
  /// @param brake what stops the factory from training and promoting by itself
  public record Now(
      String revision,
      long atMillis,
      String champion,
      Optional<Candidate> candidate,
      Optional<ModelHistory.Proposal> proposed,
      Optional<Brake> brake) {}

  /// Who is on the way.
  ///
  /// @param stage `shadow` or `canary`
  /// @param untilMillis when that is over, if all is well
  /// @param reason what the gate said
  public record Candidate(
      String model, String judged, String stage, long untilMillis, String reason) {}

  /// A version.
  ///
  /// @param run its fit
  /// @param roles what it is now, the most telling first: `champion`, `shadow`, `canary`,
  ///   `proposed`, `former`, `frozen`, `last-resort`, `taken-back`, `rejected`, `withdrawn`,
  ///   `retired`, `passed`, `held`, or else `fitted`
  /// @param judged the version that was judged in its place; the same unless it is a refit
  /// @param view the name of the feature view that it was fitted on
  /// @param metrics of the version that was judged, on held-out observations
  /// @param served when it served, the latest first
  public record Line(
      FactoryReport.Run run,
      List<String> roles,
      String judged,
      String view,
      Map<String, Double> metrics,
      List<Served> served) {
    /// Copies the lists.
    public Line {
      roles = List.copyOf(roles);
      served = List.copyOf(served);
    }
  }

  /// A time in which a version served.
  ///
  /// @param until null while it does
  public record Served(
      String model, String from, @Nullable String until, String reason, String by) {}

  /// A challenger held against the champion.
  ///
  /// @param overall on all held-out observations
  /// @param segments on each named segment
  public record Judgement(FactoryReport.Judgement overall, List<OnSegment> segments) {
    /// Copies the list.
    public Judgement {
      segments = List.copyOf(segments);
    }
  }

  /// The same on a segment; what is not defined is null.
  ///
  /// @param detectable the smallest loss of average precision that would be seen
  public record OnSegment(
      String segment,
      int positives,
      @Nullable Double gain,
      @Nullable Double gainLow,
      @Nullable Double detectable) {}
}
