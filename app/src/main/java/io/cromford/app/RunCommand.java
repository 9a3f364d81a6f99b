package io.cromford.app;

import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.serving.Factory;
import io.cromford.serving.FactoryReport;
import io.cromford.serving.Parity;
import io.cromford.serving.ReportFolder;
import io.cromford.serving.StoriesView;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.delivery.AlarmDelivery;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.Page;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `cromford run`: the whole loop, from files to decisions that keep improving.
@Command(
    name = "run",
    description = "Takes data in, trains, serves, replays what came after go-live, and reports.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford run examples/card-fraud --exit --report report.json"})
final class RunCommand implements Callable<Integer> {
  @Mixin private FactoryOptions options;

  @Option(names = "--exit", description = "end with the report instead of serving on")
  private boolean exit;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report, as a page if FILE ends in .html, else as JSON")
  private @Nullable Path reportFile;

  @Option(names = "--fast", description = "ten weeks of generated data: a first look in minutes")
  private boolean fast;

  @Option(
      names = "--attack",
      description = "three weeks after go-live the generated data's fraudsters find new ways")
  private boolean attack;

  @Mixin private EndpointPort port;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description =
          "what came after go-live is sent so many times as fast as it arrived, 86400 for a day a"
              + " second (default: as fast as it is taken)")
  private @Nullable Double speed;

  @Override
  public Integer call() {
    AtomicBoolean working = new AtomicBoolean(true);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  if (working.get()) {
                    System.err.printf("%nstopped; the same command goes on from here.%n");
                  }
                }));
    try {
      run();
    } finally {
      working.set(false);
    }
    return 0;
  }

  private void run() {
    Pace pace = Pace.of(speed, System::nanoTime);
    Terminal terminal = Terminal.standard();
    Generated generated = new Generated(fast, attack);
    Optional<LocalDate> attacked =
        attack ? generated.attackFrom(options.check().definition()) : Optional.empty();
    CheckedFactory checked = options.checkWithData(generated, terminal);
    attacked.ifPresent(day ->
        System.err.printf("attack       from %s on the generated fraudsters find new ways%n", day));
    AlarmDelivery.Targets targets = AlarmDelivery.Targets.of(checked.definition(), System.getenv());
    try (Factory factory = options.open(checked, terminal);
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = factory.intake(arrivals, terminal);
      factory.buildFeatures(terminal);
      factory.train(terminal);
      try (OpenEndpoint endpoint =
          OpenEndpoint.of(factory, checked.folder(), port.of(checked), targets)) {
        Feed feed = new Feed(endpoint.url(), factory, pace);
        Arrived left = replay(factory, feed, next, arrivals, terminal);
        report(factory, attacked, terminal);
        if (!exit) {
          factory.goOn();
          sayWhoIsTold(targets, factory);
          endpoint.serve(new LateArrivals(factory, arrivals, left));
        }
      }
    }
  }

  /// With `--exit` the clock runs on until the last outcome has arrived; else outcomes that are due
  /// after the last observation are left for the running clock.
  private @Nullable Arrived replay(
      Factory factory,
      Feed feed,
      @Nullable Arrived first,
      ArrivalStream arrivals,
      Terminal terminal) {
    Progress.Step step = terminal.start("live", Feed.STEPS);
    Arrived left =
        feed.send(
            first,
            arrivals,
            next -> !exit && !next.source().isObservation() && !arrivals.hasObservations(),
            step);
    var status = factory.status();
    step.finish(
        String.format(
            Locale.ROOT,
            "%,d decisions, %,d alerts, %,d outcomes through %s",
            status.decisions(),
            status.alerts(),
            status.outcomes(),
            feed.url()));
    return left;
  }

  /// Nobody is told while files are replayed.
  private static void sayWhoIsTold(AlarmDelivery.Targets targets, Factory factory) {
    int open = factory.alarms().book().open().size();
    if (!targets.all().isEmpty() && open > 0) {
      System.err.printf("alarms that the replay left open are told now: %d%n", open);
    }
  }

  private void report(Factory factory, Optional<LocalDate> attacked, Terminal terminal) {
    Parity parity = factory.parity(terminal);
    Progress.Step step = terminal.start("report", 0);
    FactoryReport report = factory.report();
    step.finish(summary(report));
    printWeeks(report);
    String json = json(report, parity, terminal);
    Page told = report.page(parity);
    attacked.ifPresent(day -> told.section("The data", Fragment.paragraph(attack(day))));
    String html = told.html();
    if (reportFile != null) {
      ReportFolder.replace(reportFile, isPage(reportFile) ? html : json);
    }
    Path page = factory.reports().write("closing", json, html);
    System.out.printf("closing report: %s%n", page);
    System.out.printf("the first model: %s%n", page.resolveSibling("training.html"));
    System.out.printf("ledger head: %s%n", LedgerCommand.text(factory.ledgerHead()));
  }

  private static String attack(LocalDate day) {
    return "These payments are generated. From "
        + day
        + " on their fraudsters found new ways, which the factory was not told: a ring of terminals with"
        + " small amounts, copied cards used quietly, accounts taken over at night, amounts just below"
        + " the obvious.";
  }

  private static boolean isPage(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".html");
  }

  private static String summary(FactoryReport report) {
    FactoryReport.Live live = report.live();
    if (live == null) {
      return "nothing was decided yet";
    }
    return String.format(
        Locale.ROOT,
        "mean weekly average precision %.3f learning, %.3f frozen, difference %.3f [%.3f, %.3f]",
        live.learning().averagePrecision().mean(),
        live.frozen().averagePrecision().mean(),
        live.difference().mean(),
        live.difference().low(),
        live.difference().high());
  }

  private static void printWeeks(FactoryReport report) {
    FactoryReport.Live live = report.live();
    if (live == null) {
      return;
    }
    System.out.println(
        "week  from        decisions  alerts  precision     saved     AP  frozen  model");
    for (FactoryReport.Week week : live.weeks()) {
      System.out.printf(
          Locale.ROOT,
          "%4d  %s  %,9d  %6d  %9.3f  %,8.0f  %5.3f  %6.3f  %.12s%s%n",
          week.week(),
          week.from().substring(0, 10),
          week.decisions(),
          week.alerts(),
          week.precision(),
          week.saved(),
          week.averagePrecision(),
          week.frozenAveragePrecision(),
          week.champion(),
          week.counted() ? "" : "  (not counted)");
    }
  }

  private static String json(FactoryReport report, Parity parity, Terminal terminal) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("factory", report.factory());
    all.put("intake", report.intake());
    all.put("incomplete_days", report.incompleteDays());
    all.put("training", report.training());
    all.put("live", report.live());
    all.put("stories", report.stories().stream().map(StoriesView.Told::text).toList());
    all.put("monitors", report.monitors());
    all.put("parity", parity);
    Map<String, Object> timings = new LinkedHashMap<>();
    terminal
        .costs()
        .forEach((step, cost) ->
            timings.put(
                step,
                Map.of("cpu_seconds", cost.cpuSeconds(), "wall_seconds", cost.wallSeconds())));
    all.put("timings", timings);
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(all);
  }
}
