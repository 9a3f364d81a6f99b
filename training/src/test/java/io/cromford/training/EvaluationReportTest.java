package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

final class EvaluationReportTest {
  private static final String HOSTILE = "Cards <script>alert(1)</script> & \"co\"";

  @Test
  void saysTheSameEachTime() {
    EvaluationReport first = report();
    EvaluationReport second = report();
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.html()).isEqualTo(first.html());
  }

  @Test
  void measuresEveryMetricAgainstTheBaseline() {
    EvaluationReport report = report();
    assertThat(report.results())
        .extracting(result -> result.metric().key())
        .containsExactly(
            "average_precision",
            "auc",
            "card_precision_10",
            "money_saved",
            "precision",
            "recall",
            "log_loss",
            "brier",
            "calibration_error");
    assertThat(report.results())
        .allSatisfy(result -> assertThat(result.interval().contains(result.value())).isTrue());
    assertThat(report.result("auc").baseline()).isEqualTo(0.5);
    assertThat(report.result("average_precision").interval().low())
        .isGreaterThan(report.result("average_precision").baselineInterval().high());
    assertThat(report.pictures().importance().features().getFirst().name()).isEqualTo("signal");
  }

  @Test
  void writesJsonThatCanBeRead() throws IOException {
    String json = report().json();
    int depth = 0;
    try (JsonParser parser =
        JsonFactory.builder().build().createParser(ObjectReadContext.empty(), json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    }
    assertThat(depth).isZero();
    assertThat(json).contains("\"key\": \"average_precision\"", "\"folds_reason\"", "\"trials\"");
  }

  @Test
  void standsAloneAndEscapesWhatItShows(@TempDir Path folder) throws IOException {
    String html = report().html();
    assertThat(html)
        .contains("Cards &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;")
        .contains("prefers-color-scheme: dark", "role=\"img\"")
        .doesNotContain("<script", "http://", "https://", "NaN", "Infinity");
    Path file = Files.writeString(folder.resolve("report.html"), html);
    assertThat(Files.size(file)).isLessThan(200_000);
  }

  static EvaluationReport report() {
    TrainingSet rows = MadePayments.draw(4, 8000, 40);
    Folds folds =
        Folds.of(
            new Folds.Span(0, 40 * Scored.DAY_MILLIS),
            new Folds.Layout(Duration.ofDays(14), Duration.ofDays(7), Duration.ofDays(7), 3));
    Tuner.Budget budget =
        new Tuner.Budget(
            List.of(
                XGBoostSpace.of(XGBoostParameters.defaults(7).withShape(20, 3, 0.2)),
                LogisticSpace.of(LogisticParameters.defaults())),
            3,
            new Metric.AveragePrecision(),
            11);
    Tuning tuning = new Tuner(budget, Runnable::run, _ -> {}).tune(rows, folds);
    Parameters best = tuning.best().parameters();
    List<Scored> scored = Tuner.validate(best, rows, folds, Runnable::run);
    List<Scored> baseline = Tuner.validate(new ConstantParameters(), rows, folds, Runnable::run);
    return EvaluationReport.of(
        new EvaluationReport.Subject(
            HOSTILE, Learner.of(best).fit(rows), new Folds.Span(0, 40 * Scored.DAY_MILLIS)),
        folds,
        tuning,
        new EvaluationReport.Validation(
            scored,
            baseline,
            folds.folds().getFirst().test().of(rows),
            Stream.of(new Segment(0, "large", "amount >= 40"), new Segment(1, "none", "amount < 0"))
                .map(segment ->
                    EvaluationReport.Validation.Part.of(segment, rows, folds, scored, baseline))
                .toList()),
        new EvaluationReport.Reading(10, new Costs(5, new Costs.Missed.Amount(), "EUR"), 7));
  }

  @Test
  void looksAtEachSegmentByItself() {
    EvaluationReport report = report();
    Segment.Result large = report.segments().get(0);
    assertThat(large.rows()).isBetween(1, report.pictures().rows() - 1);
    assertThat(large.averagePrecision().value())
        .as("frauds are larger, so it is easier to be right among the large")
        .isGreaterThan(report.result("average_precision").value());
    assertThat(large.averagePrecision().interval().low())
        .isLessThan(large.averagePrecision().value());
    Segment.Result none = report.segments().get(1);
    assertThat(none.rows()).isZero();
    assertThat(none.averagePrecision().value()).isNaN();
    assertThat(report.json()).contains("\"condition\": \"amount >= 40\"");
    assertThat(report.html()).contains("On parts of the payments", "amount &gt;= 40");
  }
}
