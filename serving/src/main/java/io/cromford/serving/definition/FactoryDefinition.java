package io.cromford.serving.definition;

/// A factory as its file describes it, checked: names resolve, types fit, every default is filled
/// in.
///
/// @param about what the factory is for and who answers for it
/// @param data where records come from and which column is the truth
/// @param learning what is learnt, from which features, and when it goes live
/// @param decision what is done with a score
/// @param flywheel how the factory keeps itself right
/// @param monitors how it watches itself
/// @param serve the endpoint
public record FactoryDefinition(
    About about,
    DataDefinition data,
    LearningDefinition learning,
    DecisionDefinition decision,
    FlywheelDefinition flywheel,
    MonitorsDefinition monitors,
    ServeDefinition serve) {
  /// The same factory by other policies.
  public FactoryDefinition with(DecisionDefinition decides, FlywheelDefinition turns) {
    return new FactoryDefinition(about, data, learning, decides, turns, monitors, serve);
  }
}
