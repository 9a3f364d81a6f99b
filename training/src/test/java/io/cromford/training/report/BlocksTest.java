package io.cromford.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.training.report.LineChart.Point;
import io.cromford.training.report.LineChart.Style;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BlocksTest {
  private static final String HOSTILE = "<b onclick='x'>\"&\u0007";

  @Test
  void letsNoTextActAsMarkup() {
    LineChart chart =
        new LineChart(HOSTILE, HOSTILE, axis(), axis())
            .series(HOSTILE, Style.MAIN, List.of(new Point(0, 1, HOSTILE)))
            .mark(0.5, HOSTILE);
    Page page =
        new Page(HOSTILE, HOSTILE)
            .add(Tiles.of(List.of(new Tiles.Tile(HOSTILE, HOSTILE, HOSTILE))))
            .section(
                HOSTILE,
                chart.wide().fragment(),
                new Table(HOSTILE, List.of(Table.Column.text(HOSTILE))).row(HOSTILE).fragment(),
                BarChart.of(HOSTILE, List.of(new BarChart.Bar(HOSTILE, 1, HOSTILE))),
                Fragment.details(HOSTILE, Fragment.paragraph(HOSTILE)));
    assertThat(page.html())
        .contains("&lt;b onclick=&#39;x&#39;&gt;&quot;&amp; ")
        .doesNotContain("<b ", "onclick='", "\u0007");
  }

  @Test
  void ticksAreRoundAndWithinTheAxis() {
    assertThat(new Axis("x", 0, 1, Figures::tick).ticks(5)).hasSize(6).contains(0.0, 1.0);
    Cases.check(
        200,
        random -> {
          double a = random.nextDouble(-1000, 1000);
          double b = a + Math.exp(random.nextDouble(-8, 8));
          Axis axis = Axis.around("x", List.of(a, b, Double.NaN), Figures::tick);
          assertThat(axis.low()).isLessThanOrEqualTo(a);
          assertThat(axis.high()).isGreaterThanOrEqualTo(b);
          assertThat(axis.ticks(5)).hasSizeBetween(2, 12);
          assertThat(axis.ticks(5)).allMatch(tick -> axis.position(tick) > -1e-6);
          assertThat(axis.ticks(5)).allMatch(tick -> axis.position(tick) < 1 + 1e-6);
        });
    assertThat(Axis.around("x", List.of(Double.NaN), Figures::tick).high()).isEqualTo(1);
    assertThatThrownBy(() -> new Axis("x", 1, 1, Figures::tick))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void breaksALineWhereAValueIsMissing() {
    String svg =
        new LineChart("t", "d", axis(), axis())
            .series(
                "s",
                Style.MAIN,
                List.of(
                    Point.of(0, 0), Point.of(0.2, 1), Point.of(0.4, Double.NaN), Point.of(0.6, 1)))
            .fragment()
            .html();
    assertThat(svg).containsPattern("d=\"M[0-9. ]+L[0-9. ]+M[0-9. ]+\"").doesNotContain("NaN");
  }

  @Test
  void writesNumbersTheSameEverywhere() {
    assertThat(Figures.whole(1_754_155)).isEqualTo("1,754,155");
    assertThat(Figures.signed(0.118, 3)).isEqualTo("+0.118");
    assertThat(Figures.signed(-0.118, 3)).isEqualTo("−0.118");
    assertThat(Figures.percent(0.0084, 2)).isEqualTo("0.84 %");
    assertThat(Figures.fixed(Double.NaN, 2)).isEqualTo("–");
    assertThat(List.of(0.2, 0.0, 0.001, 15.0, 0.30000000000000004).stream().map(Figures::tick))
        .containsExactly("0.2", "0", "0.001", "15", "0.3");
    assertThat(Figures.brief(1234.5)).isEqualTo("1,235");
    assertThat(Figures.day(1_525_564_800_000L)).isEqualTo("2018-05-06");
  }

  @Test
  void writesJsonWithNullForWhatIsNotANumber() {
    String json =
        JsonReport.object(all ->
            all.text("a", HOSTILE)
                .number("b", Double.NaN)
                .values("c", Map.of("d", 1))
                .rows("e", List.of(1, 2), i -> new double[] {i, 0.5})
                .texts("f", List.of("x"))
                .truth("g", true));
    assertThat(json)
        .isEqualTo(
            """
            {
              "a": "<b onclick='x'>\\"&\\u0007",
              "b": null,
              "c": {
                "d": 1
              },
              "e": [ [ 1.0, 0.5 ], [ 2.0, 0.5 ] ],
              "f": [ "x" ],
              "g": true
            }
            """);
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    Table table = new Table("t", List.of(Table.Column.text("a"), Table.Column.number("b")));
    assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells in a table of 2 columns");
  }

  private static Axis axis() {
    return Axis.share("share");
  }
}
