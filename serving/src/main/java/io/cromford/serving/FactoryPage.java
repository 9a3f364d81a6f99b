package io.cromford.serving;

import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.Page;
import io.cromford.training.report.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A factory's report as a page: the closing report, then what came in, who was judged and whether
/// history and live agree.
final class FactoryPage {
  private static final int DAY_SHOWN = 10;
  private static final int MINUTE_SHOWN = 16;

  private FactoryPage() {}

  /// @param parity null if it was not checked
  static Page of(FactoryReport report, @Nullable Parity parity) {
    Page page =
        report
            .closing()
            .page(StorySection.of(report.stories(), report.closing().currency()))
            .section("Challengers", waiting(report.training().proposed()), challengers(report))
            .section("From the gate to service", rollouts(report))
            .section("Monitors", report.monitors().fragment())
            .section("Models that were fitted", fits(report))
            .section("What came in", intake(report), outcomes(report));
    return parity == null ? page : page.section("History and live", agreement(parity));
  }

  private static Fragment challengers(FactoryReport report) {
    Table table =
        new Table(
            "Each was held against the model that served, on payments that neither was fitted on",
            List.of(
                Table.Column.text("Boundary, UTC"),
                Table.Column.text("Challenger"),
                Table.Column.text("Champion"),
                Table.Column.number("AP"),
                Table.Column.number("AP champion"),
                Table.Column.text("Verdict"),
                Table.Column.text("Why")));
    for (FactoryReport.Judgement judged : report.training().judgements()) {
      String[] cells = {
        day(judged.at()),
        Figures.version(judged.challenger()),
        Figures.version(judged.champion()),
        Figures.fixed(judged.challengerAp(), 3),
        Figures.fixed(judged.championAp(), 3),
        judged.passed() ? "passed" : "held",
        judged.reason()
      };
      var _ = judged.passed() ? table.marked(cells) : table.row(cells);
    }
    for (FactoryReport.Skip skip : report.training().skipped()) {
      table.row(day(skip.at()), "–", "–", "–", "–", "nothing trained", skip.reason());
    }
    return table.fragment();
  }

  private static Fragment rollouts(FactoryReport report) {
    if (report.training().rollouts().isEmpty()) {
      return Fragment.paragraph("No challenger that passed came this way.");
    }
    Table table =
        new Table(
            "Who passed scores in shadow, then answers for some, then for all; then it is held against its predecessor, which stays ready to take over again",
            List.of(
                Table.Column.text("When, UTC"),
                Table.Column.text("Version"),
                Table.Column.text("Step"),
                Table.Column.text("Why")));
    for (FactoryReport.Stage stage : report.training().rollouts()) {
      String[] cells = {
        stage.at().substring(0, MINUTE_SHOWN).replace('T', ' '),
        Figures.version(stage.model()),
        stage.step(),
        stage.reason()
      };
      var _ = stage.step().equals("breach") ? table.marked(cells) : table.row(cells);
    }
    return table.fragment();
  }

  private static Fragment waiting(FactoryReport.@Nullable Proposal proposed) {
    return proposed == null
        ? Fragment.EMPTY
        : Fragment.paragraph(
            "Model %s passed on %s and waits for a person: cromford models promote lets it serve."
                .formatted(Figures.version(proposed.model()), day(proposed.at())));
  }

  private static Fragment fits(FactoryReport report) {
    Table table =
        new Table(
            "Versions in the registry, in the order in which they were fitted",
            List.of(
                Table.Column.text("Version"),
                Table.Column.text("Fitted as"),
                Table.Column.text("Learner"),
                Table.Column.text("From, UTC"),
                Table.Column.text("Until, UTC"),
                Table.Column.number("Rows"),
                Table.Column.number("Positives")));
    for (FactoryReport.Run run : report.training().runs()) {
      table.row(
          Figures.version(run.model()),
          run.purpose(),
          run.learner(),
          day(run.from()),
          day(run.until()),
          Figures.whole(run.rows()),
          Figures.whole(run.positives()));
    }
    return table.fragment();
  }

  private static Fragment intake(FactoryReport report) {
    Table table =
        new Table(
            "Records by source; what was accepted, quarantined or there already is all that was read",
            List.of(
                Table.Column.text("Source"),
                Table.Column.number("Read"),
                Table.Column.number("Accepted"),
                Table.Column.number("Quarantined"),
                Table.Column.number("Duplicates")));
    report
        .intake()
        .forEach((source, counts) ->
            table.row(
                source,
                Figures.whole(counts.read()),
                Figures.whole(counts.accepted()),
                Figures.whole(counts.quarantined()),
                Figures.whole(counts.duplicates())));
    return table.fragment();
  }

  private static Fragment outcomes(FactoryReport report) {
    Table table =
        new Table(
            "Outcomes by source; contradictions are observations of which it says otherwise than a source that is trusted more",
            List.of(
                Table.Column.text("Source"),
                Table.Column.text("Kind"),
                Table.Column.number("Corrections"),
                Table.Column.number("Contradictions"),
                Table.Column.number("Waiting for their event")));
    report
        .outcomes()
        .forEach((source, outcomes) ->
            table.row(
                source,
                outcomes.kind(),
                Figures.whole(outcomes.corrections()),
                Figures.whole(outcomes.contradictions()),
                Figures.whole(outcomes.waiting())));
    return table.fragment();
  }

  private static Fragment agreement(Parity parity) {
    return Fragment.paragraph(
        "The features of "
            + Figures.whole(parity.events())
            + " decisions were computed again from the ledger by the history driver; "
            + (parity.mismatches() == 0
                ? "every bit is the one that was served."
                : Figures.whole(parity.mismatches()) + " differ from what was served."));
  }

  private static String day(String time) {
    return time.substring(0, DAY_SHOWN);
  }
}
