package io.cromford.serving;

import io.cromford.model.ModelContents;
import io.cromford.serving.definition.About;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that is on record of one model version: what its dossier says, and what was drawn of it.
///
/// @param revision as of [ModelsView#revision]
/// @param line how it stands
/// @param contents what lies in the registry
/// @param evaluation what was drawn of it, or of who was judged in its place; null where nothing
///   was
/// @param judgement how it, or who was judged in its place, was held against the champion
/// @param dossier what persons and the factory said of it
public record ModelView(
    String revision,
    ModelsView.Line line,
    ModelContents contents,
    @Nullable Evaluation evaluation,
    Optional<ModelsView.Judgement> judgement,
    OnRecord dossier) {

  /// What was drawn.
  ///
  /// @param of the version that was judged
  /// @param json a JSON object: the curves of precision over recall, the scores in bins, segments
  ///   and importance, beside those of whom it was held against
  public record Evaluation(String of, String json) {}

  /// What persons and the factory said of it.
  ///
  /// @param about who answers for the factory, and what it is for
  /// @param promotion by what rule models come to serve
  /// @param way its way to serve, and back
  /// @param persons what persons decided
  /// @param policies how the policies beside it changed
  /// @param live how it scores live traffic; null if it does not
  public record OnRecord(
      About about,
      String promotion,
      List<FactoryHistory.Entry> way,
      List<FactoryHistory.Entry> persons,
      List<FactoryHistory.Entry> policies,
      @Nullable Live live) {
    /// Copies the lists.
    public OnRecord {
      way = List.copyOf(way);
      persons = List.copyOf(persons);
      policies = List.copyOf(policies);
    }
  }

  /// How a model scores live traffic.
  ///
  /// @param scores since it began
  /// @param threshold from which on it alerts; null while it has none
  /// @param alertsToday that it raised today, or would have
  /// @param scoreMicros how long a score takes on the mean; 0 if none was measured since the start
  public record Live(
      long scores, @Nullable Double threshold, int alertsToday, double scoreMicros) {}
}
