package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The example on the handbook's real payments, to its end.
@EnabledIfEnvironmentVariable(named = "CROMFORD_HANDBOOK", matches = ".+")
class HandbookRunIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "card-fraud");
  private static final int ROWS = 1_754_155;
  private static final int COUNTED_WEEKS = 21;

  @TempDir private Path folder;

  @Test
  void learnsWhatItsFirstModelCannotKnow() throws IOException {
    JsonNode report = run(EXAMPLE);
    for (String source : new String[] {"payments", "chargebacks"}) {
      JsonNode intake = report.at("/intake/" + source);
      assertThat(intake.get("read").intValue()).isEqualTo(ROWS);
      assertThat(intake.get("accepted").intValue()).isEqualTo(ROWS);
      assertThat(intake.get("quarantined").intValue()).isZero();
      assertThat(intake.get("duplicates").intValue()).isZero();
    }
    JsonNode live = report.get("live");
    assertThat(live.get("weeks").valueStream().filter(week -> week.get("counted").asBoolean()))
        .hasSize(COUNTED_WEEKS);
    double learning = mean(live, "learning");
    double frozen = mean(live, "frozen");
    assertThat(learning).isGreaterThanOrEqualTo(0.77);
    assertThat(live.at("/difference/low").doubleValue()).isPositive();
    assertThat(learning - frozen >= 0.10 || frozen >= 0.68).isTrue();
    assertAllAgree(report);
    assertThat(report.get("incomplete_days")).isEmpty();
  }

  @Test
  void changesItsModelAtMostOnceWhenThereIsNothingLeftToLearn() throws IOException {
    Path factory = folder.resolve("late");
    Files.createDirectories(factory);
    String text = Files.readString(EXAMPLE.resolve("factory.yaml"));
    String late = text.replace("go-live: 2018-05-06T00:00:00", "go-live: 2018-08-05T00:00:00");
    assertThat(late).isNotEqualTo(text);
    Files.writeString(factory.resolve("factory.yaml"), late);
    Files.copy(EXAMPLE.resolve("features.sql"), factory.resolve("features.sql"));
    JsonNode report = run(factory);
    assertThat(report.at("/training/judgements")).hasSizeGreaterThanOrEqualTo(8);
    assertThat(report.at("/training/promotions")).as("with the first").hasSizeLessThanOrEqualTo(2);
    assertAllAgree(report);
  }

  private static void assertAllAgree(JsonNode report) {
    assertThat(report.at("/parity/events").intValue())
        .isEqualTo(
            report
                .at("/live/weeks")
                .valueStream()
                .mapToInt(week -> week.get("decisions").intValue())
                .sum());
    assertThat(report.at("/parity/mismatches").intValue()).isZero();
  }

  private static double mean(JsonNode live, String who) {
    return live.at("/" + who + "/average_precision/mean").doubleValue();
  }

  private JsonNode run(Path factory) throws IOException {
    Path file = folder.resolve("report.json");
    Ran ran =
        Ran.cromford(
            "run",
            factory,
            "--data",
            System.getenv("CROMFORD_HANDBOOK"),
            "--state",
            folder.resolve("state"),
            "--exit",
            "--port",
            0,
            "--report",
            file);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return JsonMapper.shared().readTree(Files.readString(file));
  }
}
