package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.flywheel.ScoreBins;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.monitor.DayFigures;
import io.cromford.flywheel.monitor.FeatureForm;
import io.cromford.flywheel.monitor.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlTest {
  private static final ScoreBins BINS = new ScoreBins(List.of(0.1 + 0.2), List.of(0.5, 0.5));

  private static final DayFigures DAY =
      new DayFigures(
          3,
          DayFigures.Attendance.LIVE,
          Map.of("payments", new DayFigures.Source(5, 1, 2, 0, 0.1 + 0.2)),
          List.of(List.of(0, 1, 4)),
          new DayFigures.Decisions(
              new DayFigures.Scores(5, 1, 0.1 + 0.2),
              5,
              1.0 / 3,
              Map.of("small", DayFigures.Scores.NONE)),
          0);

  @Test
  void readsWhatItWrote() {
    List<Control> records =
        List.of(
            new Control.Trained(
                "ab",
                "champion",
                "xgboost",
                Map.of("depth", "4"),
                0,
                86_400_000,
                10,
                2,
                Map.of("average_precision", 0.1 + 0.2),
                2),
            new Control.Judged(
                7,
                "ab",
                "cd",
                0.7,
                0.6,
                0.05,
                120,
                List.of(new Control.OnSegment("large", 40, 0.1, -0.01, null)),
                true,
                "better"),
            Control.Skipped.loudly(7, "no outcome for two weeks", AlarmKind.OUTCOMES_SILENCE),
            new Control.Alarmed(7, "look", null),
            new Control.Acknowledged("breach/ab", 7, "I look", "ada"),
            new Control.Silenced("breach/*", 7, 8, "a holiday", "ada"),
            new Control.Resolved("breach/ab", 9, "mended", "ada"),
            new Control.Shadowed("ab", "cd", 7, 8, List.of(0.25, 1.0 / 3), BINS, "better"),
            new Control.Canaried("ab", 8, 9, 0.1, "as expected"),
            Control.Withdrawn.of("ab", 8, "it floods"),
            new Control.Withdrawn("ab", 8, "it is too bold", "ada"),
            new Control.Compared(9, "ab", "cd", false, "no worse"),
            new Control.Breached("ab", 9, 10, "it floods"),
            new Control.Promoted("ab", "ab", 7, 8, List.of(0.25, 1.0 / 3), BINS, "better", "ada"),
            new Control.Promoted("cd", "cd", 7, 7, List.of(), null, "back", "factory"),
            new Control.Frozen(7, "an audit", "ada"),
            new Control.Resumed(8, "it is over", "ada"),
            new Control.Proposed("ab", "cd", 7, "better", "ada", List.of("it expired")),
            Control.Proposed.of("ab", "cd", 7, "better"),
            new Control.Overridden("ab", 7, List.of("it was never judged"), "why", "ada"),
            new Control.BoundaryPassed(7),
            new Control.Binned(
                7, "ab", 0, List.of(new FeatureForm("amount", 0, List.of(0.1 + 0.2)))),
            new Control.Watched(7, DAY),
            new Control.Drifted(
                7, "volume/payments", new Finding.Seen(1, 2, 1.5, 1.0 / 3), "fewer"),
            new Control.Settled(8, "volume/payments", true, "that is how it is"),
            new Control.Estimated(8, 1, new WeekEstimate(0.1 + 0.2, Double.NaN, 0.5, 7, 0)));
    for (Control record : records) {
      assertThat(Control.decode(record.encode())).isEqualTo(record);
    }
  }

  @Test
  void refusesARecordItDoesNotKnow() {
    ByteBuffer body = ByteBuffer.wrap("{\"type\":\"dreamt\"}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Control.decode(body))
        .isInstanceOf(CromfordException.class)
        .hasMessageContaining("a control record cannot be read")
        .hasMessageContaining("Maybe a newer Cromford wrote it.");
  }
}
