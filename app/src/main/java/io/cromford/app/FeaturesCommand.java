package io.cromford.app;

import io.cromford.serving.FeatureView;
import io.cromford.serving.JobCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford features`: the feature views of a factory, and how another takes the place of one
/// while it runs.
@Command(
    name = "features",
    description = "Lists the feature views, and has a changed query computed while it runs.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford features list examples/card-fraud"})
final class FeaturesCommand {
  @Command(
      name = "list",
      description = "Lists the views: which are computed since when, and why each was opened.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford features list examples/card-fraud"})
  int list(@Mixin FactoryPlace place) {
    for (FeatureView view : FeatureView.of(place.state())) {
      System.out.printf(
          "%.12s  %-6s since %s%s  opened by %s: %s%n",
          view.name(),
          view.stage(),
          view.since(),
          view.isLatest() ? ", challengers are fitted on it" : "",
          view.opened().by(),
          view.opened().text());
    }
    return 0;
  }

  @Command(
      name = "propose",
      description = {
        "Has the query of features.sql as it is now computed beside the one that serves: it catches",
        "up with the past while the factory runs, then challengers are fitted on it. With --model it",
        "is the query of that version, so that the version can serve again."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford features propose examples/card-fraud --reason \"a risk by country\""
      })
  int propose(
      @Mixin FactoryPlace place,
      @Option(
              names = "--model",
              defaultValue = "",
              paramLabel = "VERSION",
              description = "the id of a version, or enough of its start (default: features.sql)")
          String version,
      @Mixin Reason reason) {
    String sql = place.checkWithoutFiles().plan().sql();
    JobCost cost =
        place.tell(
            Terminal.standard(),
            _ -> {},
            control ->
                version.isEmpty()
                    ? control.proposeFeatures(sql, reason.text(), Reason.user())
                    : control.proposeFeaturesOf(version, reason.text(), Reason.user()));
    System.out.printf("catching up takes: %s%n", cost);
    System.out.println("`cromford jobs list` shows how far it is while a process runs the factory");
    return 0;
  }

  @Command(
      name = "withdraw",
      description = "Has challengers fitted on the champion's features again.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford features withdraw examples/card-fraud --reason \"too slow\""
      })
  int withdraw(@Mixin FactoryPlace place, @Mixin Reason reason) {
    place.tell(control -> control.withdrawFeatures(reason.text(), Reason.user()));
    System.out.println("challengers are fitted on the champion's features from now on");
    return 0;
  }
}
