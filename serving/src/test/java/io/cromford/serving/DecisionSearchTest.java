package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Progress;
import io.cromford.serving.DecisionSearch.Page;
import io.cromford.serving.DecisionSearch.Scores;
import io.cromford.serving.DecisionSearch.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionSearchTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Factory factory;

  @BeforeAll
  static void liveALife() {
    factory = withVerdicts(shared).write(Workshop.payments(1)).open();
    Workshop.run(factory);
    factory.goOn();
  }

  @AfterAll
  static void close() {
    factory.close();
  }

  /// A factory whose analysts say what they think over the wire alone.
  static Workshop withVerdicts(Path folder) {
    return new Workshop(folder)
        .withFactory(
            "label: {column: fraud, maturity: 2d, when-unknown: false}\n",
            """
              verdicts:
                kind: outcome
                of: payments.tx_id
                schema:
                  tx_id: bigint
                  confirmed: {type: boolean, nullable: true}
                  analyst: {type: varchar, nullable: true}
                arrival: {after: payments.ts, delay: 4h}
            label:
              column: fraud
              maturity: 2d
              when-unknown: false
              provisional: [{column: confirmed, maturity: 1d}]
            """);
  }

  private static DecisionSearch search(Map<String, String> where, int limit, OptionalInt cursor) {
    return new DecisionSearch(where, Set.of(), Scores.ALL, Times.ALL, new Page(limit, cursor));
  }

  /// All pages of a search.
  private static List<DecisionLine> all(DecisionSearch search) {
    List<DecisionLine> lines = new ArrayList<>();
    OptionalInt cursor = OptionalInt.empty();
    do {
      DecisionPage page =
          factory.search(
              new DecisionSearch(
                  search.columns(),
                  search.actions(),
                  search.scores(),
                  search.times(),
                  new Page(search.page().limit(), cursor)));
      lines.addAll(page.lines());
      assertThat(page.lines()).hasSizeLessThanOrEqualTo(search.page().limit());
      cursor = page.next();
    } while (cursor.isPresent());
    return lines;
  }

  private static List<String> ids(List<DecisionLine> lines) {
    return lines.stream().map(DecisionLine::id).toList();
  }

  /// Whatever is asked for, page by page it is what a look at all decisions finds.
  @Test
  void findsWhatALookAtAllDecisionsFinds() {
    List<DecisionLine> all = all(search(Map.of(), 200, OptionalInt.empty()));
    assertThat(all).hasSize((int) factory.status().decisions());
    assertThat(all).isSortedAccordingTo(Comparator.comparing(DecisionLine::at).reversed());
    String card = all.get(3).stake().entity();
    assertSame(
        search(Map.of("entity", card), 7, OptionalInt.empty()),
        all,
        line -> line.stake().entity().equals(card));
    assertSame(
        search(Map.of("customer_id", card), 200, OptionalInt.empty()),
        all,
        line -> line.stake().entity().equals(card));
    assertSame(
        search(Map.of("terminal_id", "5"), 200, OptionalInt.empty()),
        all,
        line -> line.event().contains(new DecisionView.Field("terminal_id", "5")));
    Page page = new Page(20, OptionalInt.empty());
    assertSame(
        new DecisionSearch(Map.of(), Set.of(Action.ALERT), Scores.ALL, Times.ALL, page),
        all,
        line -> line.decision().orElseThrow().action() == Action.ALERT);
    assertSame(
        new DecisionSearch(Map.of(), Set.of(), new Scores(0.05, 0.2), Times.ALL, page),
        all,
        line ->
            line.decision().orElseThrow().score() >= 0.05
                && line.decision().orElseThrow().score() <= 0.2);
    Instant from = all.get(400).at();
    Instant until = all.get(100).at();
    assertSame(
        new DecisionSearch(
            Map.of(), Set.of(), Scores.ALL, new Times(Optional.of(from), Optional.of(until)), page),
        all,
        line -> !line.at().isBefore(from) && line.at().isBefore(until));
    String id = all.get(5).id();
    assertSame(search(Map.of("id", id), 5, OptionalInt.empty()), all, l -> l.id().equals(id));
  }

  private static void assertSame(
      DecisionSearch search, List<DecisionLine> all, Predicate<DecisionLine> wanted) {
    List<DecisionLine> expected = all.stream().filter(wanted).toList();
    assertThat(expected).isNotEmpty();
    assertThat(ids(all(search))).isEqualTo(ids(expected));
  }

  /// What a job finds is what its pages would have been, from its cursor on.
  @Test
  void findsTheSameBesideTheServing() {
    List<DecisionLine> all = all(search(Map.of(), 200, OptionalInt.empty()));
    String card = all.get(3).stake().entity();
    List<DecisionLine> cards =
        all.stream().filter(line -> line.stake().entity().equals(card)).toList();
    DecisionPage first = factory.search(search(Map.of("entity", card), 3, OptionalInt.empty()));
    SearchJob done = whole(search(Map.of("entity", card), 3, first.next()));
    assertThat(ids(done.page().orElseThrow().lines()))
        .isEqualTo(ids(cards.subList(3, cards.size())));
    assertThat(done.page().orElseThrow().next()).isEmpty();
    assertThat(done.rowsDone()).isEqualTo(done.rows()).isPositive();
    DecisionPage most = whole(search(Map.of(), 1, OptionalInt.empty())).page().orElseThrow();
    assertThat(ids(most.lines())).isEqualTo(ids(all.subList(0, most.lines().size())));
    assertThat(most.next().isPresent()).isEqualTo(most.lines().size() == SearchJob.MOST_FOUND);
    assertThatThrownBy(() -> factory.searchAll(search(Map.of("x", "1"), 5, OptionalInt.empty())))
        .hasMessageContaining("no column `x`");
  }

  private static SearchJob whole(DecisionSearch search) {
    SearchJob job = factory.searchAll(search);
    while (job.state() == SearchJob.State.RUNNING) {
      Thread.onSpinWait();
      job = factory.searched(job.id());
    }
    assertThat(job.state()).isEqualTo(SearchJob.State.DONE);
    return job;
  }

  @Test
  void saysWhatCannotBeLookedFor() {
    assertRefused(Map.of("custmer_id", "1"), "Maybe you meant `customer_id`");
    assertRefused(Map.of("amount", "1"), "only columns of the types bigint and varchar");
    assertRefused(Map.of("customer_id", "x"), "no whole number");
    assertThat(factory.search(search(Map.of("id", "-5"), 5, OptionalInt.empty())))
        .isEqualTo(DecisionPage.NONE);
    assertThat(factory.search(search(Map.of(), 5, OptionalInt.of(0)))).isEqualTo(DecisionPage.NONE);
  }

  private static void assertRefused(Map<String, String> where, String said) {
    assertThatThrownBy(() -> factory.search(search(where, 5, OptionalInt.empty())))
        .hasMessageContaining(said);
  }

  @Test
  void showsADecisionAmongOthersOfItsCard() {
    List<DecisionLine> all = all(search(Map.of(), 200, OptionalInt.empty()));
    String id = all.get(50).id();
    DecisionHistory history = factory.historyOf(id).orElseThrow();
    String card = all.get(50).stake().entity();
    assertThat(history.lines()).allMatch(line -> line.stake().entity().equals(card));
    assertThat(history.lines())
        .isSortedAccordingTo(Comparator.comparing(DecisionLine::at).reversed());
    assertThat(ids(history.lines())).contains(id);
    assertThat(history.isWhole()).isTrue();
    assertThat(history.usual())
        .extracting(DecisionHistory.Usual::feature)
        .containsExactly("amount", "customer_count", "customer_mean", "terminal_frauds");
    List<Double> earlier =
        history.lines().stream()
            .dropWhile(line -> !line.id().equals(id))
            .skip(1)
            .map(line -> Double.parseDouble(line.event().get(4).json()))
            .sorted()
            .toList();
    DecisionHistory.Usual amount = history.usual().getFirst();
    assertThat(history.usual())
        .as("every feature of the answering model has a word")
        .allMatch(usual -> Double.isFinite(usual.contribution()))
        .anyMatch(usual -> usual.contribution() != 0);
    assertThat(amount.count()).isEqualTo(earlier.size());
    assertThat(amount.low()).isEqualTo(earlier.getFirst());
    assertThat(amount.high()).isEqualTo(earlier.getLast());
    assertThat(amount.median()).isBetween(amount.low(), amount.high());
    assertThat(factory.historyOf("-5")).isEmpty();
  }

  @Test
  void makesDecisionsAgainBesideTheServing() {
    List<DecisionLine> all = all(search(Map.of(), 200, OptionalInt.empty()));
    for (DecisionLine line : List.of(all.getFirst(), all.get(50), all.getLast())) {
      DecisionAudit.Rebuilt rebuilt = factory.rebuild(line.id());
      assertThat(rebuilt.agrees()).as("%s", rebuilt.comparisons()).isTrue();
      assertThat(rebuilt.view().features())
          .isEqualTo(factory.find(line.id()).orElseThrow().features());
    }
    assertThatThrownBy(() -> factory.rebuild("9002")).hasMessageContaining("no observation");
  }

  @Test
  void saysWhyThereIsNoDecision() {
    String now = Instant.ofEpochMilli(factory.status().clockMillis()).toString();
    Submission bad =
        Workshop.live(factory, "payments", "9001", now.replace("Z", ""), "7", "3", "-1.00");
    assertThat(Workshop.submit(factory, List.of(bad)).getFirst())
        .isInstanceOf(Result.Refused.class);
    assertThat(factory.find("9001")).isEmpty();
    assertThat(factory.whyNone("9001"))
        .contains("lies in quarantine since", "`amount-not-negative`", "cromford quarantine show");
    assertThat(factory.whyNone("0")).contains("taken in at 2018-04-01", "nothing was decided yet");
    assertThat(factory.whyNone("9002")).contains("no observation with this id", "Maybe");
    assertThat(factory.whyNone("<script>")).contains("no observation with this id");
  }

  @Test
  void tellsThePoliciesOfTheTime() {
    Workshop workshop = withVerdicts(folder).write(Workshop.payments(1));
    String before;
    String id;
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      id = factory.search(search(Map.of(), 1, OptionalInt.empty())).lines().getFirst().id();
      before = factory.find(id).orElseThrow().standing().policies();
      assertThat(before).hasSize(64);
    }
    workshop.withFactory("alerts-per-day: 2", "alerts-per-day: 3");
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.goOn();
      workshop.pass(Duration.ofMinutes(1));
      String now = Instant.ofEpochMilli(factory.status().clockMillis()).toString();
      Submission more =
          Workshop.live(factory, "payments", "9001", now.replace("Z", ""), "7", "3", "10.00");
      assertThat(Workshop.submit(factory, List.of(more)).getFirst())
          .isInstanceOf(Result.Decided.class);
      assertThat(factory.find(id).orElseThrow().standing().policies()).isEqualTo(before);
      assertThat(factory.find("9001").orElseThrow().standing().policies())
          .hasSize(64)
          .isNotEqualTo(before);
    }
  }
}
