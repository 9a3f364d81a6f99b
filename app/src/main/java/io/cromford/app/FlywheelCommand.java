package io.cromford.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cromford flywheel`: a person's brake on what the factory does by itself.
@Command(
    name = "flywheel",
    description = "Stops what the factory does by itself, and lets it go on.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford flywheel freeze examples/card-fraud --reason \"an audit\""})
final class FlywheelCommand {
  @Command(
      name = "freeze",
      description = {
        "Stops training and promotion until `resume`, also after a restart. Decisions go on, and so",
        "do `models promote` and `models rollback`."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford flywheel freeze examples/card-fraud --reason \"an audit\""
      })
  int freeze(@Mixin FactoryPlace place, @Mixin Reason reason) {
    place.tell(control -> control.freeze(reason.text(), Reason.user()));
    System.out.println("frozen: nothing is trained or promoted until `cromford flywheel resume`");
    return 0;
  }

  @Command(
      name = "resume",
      description = "Lets the flywheel go on, from the next boundary on.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford flywheel resume examples/card-fraud --reason \"the audit is over\""
      })
  int resume(@Mixin FactoryPlace place, @Mixin Reason reason) {
    place.tell(control -> control.resume(reason.text(), Reason.user()));
    System.out.println("the flywheel goes on from the next boundary");
    return 0;
  }
}
