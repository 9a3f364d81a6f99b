package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.training.report.Figures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a factory did to itself, and what persons did to it, with the reasons: its control records
/// in words, and who served from when to when.
///
/// @param services in order; the last one serves
/// @param entries in the order of the ledger
public record FactoryHistory(List<Service> services, List<Entry> entries) {
  /// Copies the lists.
  public FactoryHistory {
    services = List.copyOf(services);
    entries = List.copyOf(entries);
  }

  /// A time in which one model served.
  ///
  /// @param promotion who began it, when and why
  /// @param until when it ended; [Instant#MAX] if it still serves
  public record Service(Promotion promotion, Instant until) {}

  /// Something that was done.
  ///
  /// @param at the factory time of it
  /// @param what its kind, one word
  /// @param model the version that it is about; empty if it is about none
  /// @param text what, by whom and why, on one line
  public record Entry(Instant at, String what, String model, String text) {
    void save(SnapshotWriter out) {
      out.number(at.toEpochMilli());
      out.text(what);
      out.text(model);
      out.text(text);
    }

    static Entry read(SnapshotReader in) {
      return new Entry(Instant.ofEpochMilli(in.number()), in.text(), in.text(), in.text());
    }
  }

  /// Reads the history beside a running factory or without one.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static FactoryHistory of(Path stateFolder) {
    List<Control> controls = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Control.forEach(
        stateFolder,
        (at, control) -> {
          controls.add(control);
          if (isTold(control)) {
            entries.add(entry(at, control));
          }
        });
    return new FactoryHistory(services(ModelHistory.of(controls).promotions()), entries);
  }

  /// The history of an open factory.
  ///
  /// @param millis the factory time of each record
  static FactoryHistory of(List<Control> controls, List<Long> millis) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < controls.size(); i++) {
      if (isTold(controls.get(i))) {
        entries.add(entry(Instant.ofEpochMilli(millis.get(i)), controls.get(i)));
      }
    }
    return new FactoryHistory(services(ModelHistory.of(controls).promotions()), entries);
  }

  static boolean isTold(Control control) {
    return !(control instanceof Control.BoundaryPassed)
        && !(control instanceof Control.Watched)
        && !(control instanceof Control.Binned)
        && !(control instanceof Control.Worked)
        && !(control instanceof Control.Configured first && first.reason().isEmpty());
  }

  private static List<Service> services(List<Promotion> promotions) {
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < promotions.size(); i++) {
      boolean last = i + 1 == promotions.size();
      services.add(new Service(promotions.get(i), last ? Instant.MAX : promotions.get(i + 1).at()));
    }
    return services;
  }

  /// A record in words; not one that changes nothing.
  static Entry entry(Instant at, Control control) {
    return switch (control) {
      case Control.Configured configured ->
          new Entry(
              at,
              "policies",
              "",
              "version %.12s: %s".formatted(configured.version(), configured.reason()));
      case Control.PolicyProposed proposed ->
          new Entry(
              at,
              "policy-proposed",
              "",
              "version %.12s: %s, %s"
                  .formatted(
                      proposed.version(),
                      proposed.to().words(proposed.from()),
                      by(proposed.by(), proposed.reason())));
      case Control.PolicyWithdrawn withdrawn ->
          new Entry(
              at,
              "policy-rejected",
              "",
              "version %.12s, %s"
                  .formatted(withdrawn.version(), by(withdrawn.by(), withdrawn.reason())));
      case Control.Trained trained ->
          new Entry(
              at,
              "trained",
              trained.model(),
              String.format(
                  Locale.ROOT,
                  "%s: %s on %,d observations, %,d of them positive, from %s until %s",
                  trained.purpose(),
                  trained.learner(),
                  trained.rows(),
                  trained.positives(),
                  Instant.ofEpochMilli(trained.fromMillis()),
                  Instant.ofEpochMilli(trained.untilMillis())));
      case Control.Judged judged ->
          new Entry(
              at,
              judged.passed() ? "passed" : "held",
              judged.challenger(),
              "against %.12s: %s".formatted(judged.champion(), judged.reason()));
      case Control.Skipped skipped -> new Entry(at, "skipped", "", skipped.reason());
      case Control.Alarmed alarmed -> new Entry(at, "alarm", "", alarmed.message());
      case Control.Hastened hastened ->
          new Entry(
              at,
              "haste",
              "",
              "until %s: %s"
                  .formatted(Instant.ofEpochMilli(hastened.untilMillis()), hastened.reason()));
      case Control.DeclaredComplete complete ->
          new Entry(
              at,
              "complete",
              "",
              "days before %s, by %s: %s"
                  .formatted(
                      Instant.ofEpochMilli(complete.untilMillis()),
                      complete.by(),
                      complete.reason()));
      case Control.Frozen frozen -> new Entry(at, "frozen", "", by(frozen.by(), frozen.reason()));
      case Control.Resumed resumed ->
          new Entry(at, "resumed", "", by(resumed.by(), resumed.reason()));
      case Control.Shadowed shadowed ->
          new Entry(
              at,
              "shadow",
              shadowed.model(),
              "until %s; judged as %.12s: %s"
                  .formatted(
                      Instant.ofEpochMilli(shadowed.untilMillis()),
                      shadowed.judged(),
                      shadowed.reason()));
      case Control.Canaried canaried ->
          new Entry(
              at,
              "canary",
              canaried.model(),
              "for a share of %s until %s: %s"
                  .formatted(
                      canaried.share(),
                      Instant.ofEpochMilli(canaried.untilMillis()),
                      canaried.reason()));
      case Control.Withdrawn withdrawn ->
          new Entry(
              at,
              withdrawn.by() == null ? "withdrawn" : "rejected",
              withdrawn.model(),
              withdrawn.by() == null ? withdrawn.reason() : by(withdrawn.by(), withdrawn.reason()));
      case Control.Compared compared ->
          new Entry(
              at,
              compared.isWorse() ? "worse" : "watched",
              compared.champion(),
              "against %.12s: %s".formatted(compared.former(), compared.reason()));
      case Control.Breached breached ->
          new Entry(
              at,
              "breach",
              breached.model(),
              "%s; no challenger takes over until %s"
                  .formatted(breached.reason(), Instant.ofEpochMilli(breached.coolUntilMillis())));
      case Control.Proposed proposed ->
          new Entry(
              at,
              "proposed",
              proposed.model(),
              "by %s, judged as %.12s: %s%s"
                  .formatted(
                      proposed.proposer(),
                      proposed.judged(),
                      proposed.reason(),
                      proposed.bounds().isEmpty()
                          ? ""
                          : "; outside the envelope: " + String.join("; ", proposed.bounds())));
      case Control.Overridden said ->
          new Entry(
              at,
              "override",
              said.model(),
              "%s; set aside: %s"
                  .formatted(by(said.by(), said.reason()), String.join("; ", said.aside())));
      case Control.Mended mended ->
          new Entry(
              at,
              "mended",
              "",
              "record %d in quarantine%s, %s, %s"
                  .formatted(
                      mended.row(),
                      mended.columns().isEmpty() ? "" : ": " + String.join(", ", mended.columns()),
                      mended.rule() == null
                          ? "taken in"
                          : "refused again for `%s`".formatted(mended.rule()),
                      by(mended.by(), mended.reason())));
      case Control.HeldAgain held ->
          new Entry(
              at,
              "replayed",
              "",
              "the quarantine%s%s, %s; %s"
                  .formatted(
                      held.source().isEmpty() ? "" : " of " + held.source(),
                      held.rule().isEmpty() ? "" : ", rule `%s`".formatted(held.rule()),
                      new Replayed(held.sources()),
                      by(held.by(), held.reason())));
      case Control.Promoted promoted ->
          new Entry(at, "promoted", promoted.model(), by(promoted.by(), promoted.reason()));
      case Control.ViewOpened opened ->
          new Entry(
              at,
              "features",
              "",
              "view %.12s is to be computed, %s"
                  .formatted(opened.view(), by(opened.by(), opened.reason())));
      case Control.ViewReady ready ->
          new Entry(
              at,
              "features",
              "",
              String.format(
                  Locale.ROOT,
                  "view %.12s is ready: computed at each observation behind the first %,d",
                  ready.view(),
                  ready.observations()));
      case Control.ViewClosed closed ->
          new Entry(
              at,
              "features",
              "",
              "view %.12s is let go: %s".formatted(closed.view(), closed.reason()));
      case Control.Acknowledged said ->
          new Entry(at, "acknowledged", "", said.key() + ", " + by(said.by(), said.reason()));
      case Control.Silenced said ->
          new Entry(
              at,
              "silenced",
              "",
              "%s until %s, %s"
                  .formatted(
                      said.keys(),
                      Instant.ofEpochMilli(said.untilMillis()),
                      by(said.by(), said.reason())));
      case Control.Resolved said ->
          new Entry(at, "resolved", "", said.key() + ", " + by(said.by(), said.reason()));
      case Control.Drifted drifted ->
          new Entry(at, "alarm", "", drifted.key() + ": " + drifted.message());
      case Control.Settled settled ->
          new Entry(at, "settled", "", settled.key() + ": " + settled.message());
      case Control.Estimated(long _, int week, WeekEstimate estimate) ->
          new Entry(
              at,
              "estimate",
              "",
              "week %d by its scores alone: average precision %s, alerts right %s"
                  .formatted(
                      week,
                      Figures.fixed(estimate.averagePrecision(), 3),
                      Figures.percent(estimate.alertPrecision(), 1)));
      case Control.BoundaryPassed _, Control.Watched _, Control.Binned _, Control.Worked _ ->
          throw new IllegalArgumentException("it changes nothing");
    };
  }

  private static String by(String who, String reason) {
    return "by " + who + ": " + reason;
  }
}
