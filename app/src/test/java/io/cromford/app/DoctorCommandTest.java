package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhatIsThere() {
    Ran ran = Ran.cromford("doctor", folder, "--port", 0);
    assertThat(ran.out())
        .containsPattern("(?m)^has +JDK +\\d+")
        .containsPattern("(?m)^has +XGBoost +loads$")
        .containsPattern("(?m)^has +DuckDB +v\\d.* loads$")
        .containsPattern("(?m)^has +state folder +" + folder + " is writable$")
        .containsPattern("(?m)^(has|lacks) +memory +[\\d.]+ GiB, ");
    assertThat(ran.out().contains("lacks")).isEqualTo(ran.exit() != 0);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhatIsLacking() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran ran = Ran.cromford("doctor", file, "--port", taken.getLocalPort(), "--state", "/proc/x");
      assertThat(ran.exit()).isEqualTo(10);
      assertThat(ran.out())
          .containsPattern(
              "(?m)^lacks +port +%d: .*\\n +Maybe a factory runs already"
                  .formatted(taken.getLocalPort()))
          .containsPattern(
              "(?m)^lacks +state folder +/proc: .*\\n +Maybe name a folder that is yours")
          .endsWith("Something is lacking.\n");
    }
  }
}
