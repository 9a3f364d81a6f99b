package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesCommandTest {
  @TempDir private Path folder;

  @Test
  void takesAPersonsWordIntoTheLedger() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    assertThat(factory.run("build", "--data", factory.data()).exit()).isZero();
    Ran ran =
        factory.run("outcomes complete", "--until", "2018-05-01", "--reason", "a quiet month");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("days before 2018-05-01 count as complete\n");
    Ran asked = factory.run("sql", "SELECT count(*) AS n FROM events");
    assertThat(asked.exit()).as(asked.err()).isZero();
  }

  @Test
  void wantsADayAndAReason() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    assertThat(factory.run("outcomes complete", "--until", "soon", "--reason", "why").err())
        .contains("soon");
    assertThat(factory.run("outcomes complete", "--until", "2018-05-01").err())
        .contains("--reason");
  }
}
