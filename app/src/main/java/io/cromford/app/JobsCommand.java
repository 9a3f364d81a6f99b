package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.server.AdminAccess;
import io.cromford.serving.JobCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `cromford jobs`: the long work that runs beside the serving.
@Command(
    name = "jobs",
    description = "Lists the long work of a running factory, what comes next, and ends it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford jobs list examples/card-fraud"})
final class JobsCommand {
  @Command(
      name = "list",
      description = "Lists what runs with how far it is, and the next training with its cost.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford jobs list examples/card-fraud"})
  int list(@Mixin FactoryPlace place) {
    JsonNode jobs = remote(place).get("/v1/jobs");
    for (JsonNode job : jobs.path("running")) {
      JobCost cost = RemoteControl.cost(job.path("cost"));
      long done = job.path("rows_done").asLong();
      System.out.printf(
          "%d  %s of %s, since %s%s%s: %s%n",
          job.path("id").asLong(),
          job.path("kind").asString(),
          job.path("subject").asString(),
          job.path("started_at").asString(),
          done > 0 ? ", %d %% done".formatted(100 * done / Math.max(1, cost.rows())) : "",
          job.path("stage").asString().isEmpty() ? "" : ", " + job.path("stage").asString(),
          cost);
    }
    if (jobs.path("running").isEmpty()) {
      System.out.println("nothing runs beside the serving");
    }
    JsonNode next = jobs.path("next");
    if (next.isObject()) {
      System.out.printf(
          "next: %s at %s by the factory's clock: %s%n",
          next.path("kind").asString(),
          next.path("at").asString(),
          RemoteControl.cost(next.path("cost")));
    }
    return 0;
  }

  @Command(
      name = "cancel",
      description = {
        "Ends a job: a training counts as done, without a challenger; a view that is computed is",
        "withdrawn."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford jobs cancel examples/card-fraud 3 --reason \"the machine is needed\""
      })
  int cancel(
      @Mixin FactoryPlace place,
      @Parameters(index = "1", paramLabel = "JOB", description = "its number in `jobs list`")
          long job,
      @Mixin Reason reason) {
    remote(place).cancel(job, reason.text(), Reason.user());
    System.out.printf("job %d is cancelled%n", job);
    return 0;
  }

  /// Only a process that runs the factory has jobs.
  private static RemoteControl remote(FactoryPlace place) {
    return AdminAccess.find(place.state())
        .map(RemoteControl::new)
        .orElseThrow(() ->
            new CromfordException(
                ErrorCode.STATE_CONFLICT,
                "no process runs the factory, so it has no jobs.\nMaybe `cromford run %s` or `cromford serve %s` first."
                    .formatted(place.folder(), place.folder())));
  }
}
