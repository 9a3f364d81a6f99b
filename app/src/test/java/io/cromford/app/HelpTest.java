package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Every command says what it does, with an example that its own parser takes.
class HelpTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CALL = Pattern.compile("(?m)^ {4}(?:\\./)?cromford (.+)$");
  private static final Pattern EXAMPLE = Pattern.compile("\nExample: \\./cromford (.*)\n$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static Stream<String> commands() {
    List<String> names = new ArrayList<>();
    collect(Main.commandLine(), "", names);
    return names.stream();
  }

  private static void collect(CommandLine command, String name, List<String> names) {
    command
        .getSubcommands()
        .forEach((word, sub) -> {
          String whole = (name + " " + word).strip();
          names.add(whole);
          collect(sub, whole, names);
        });
  }

  private static String[] words(String call) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(call);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return words.toArray(String[]::new);
  }

  @Test
  void thereAreAllCommands() {
    assertThat(commands())
        .contains("run", "build", "serve", "check", "init", "sql", "export", "doctor")
        .contains("models list", "models show", "models promote", "models rollback")
        .contains("quarantine list", "quarantine show", "quarantine replay")
        .contains("outcomes complete", "alarms list", "alarms ack", "alarms silence")
        .contains("policy list", "policy propose", "policy approve", "policy rollback")
        .contains("work list", "work claim", "work release", "work close", "work note")
        .contains("history", "ledger head", "ledger verify", "bench handbook");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAnExampleThatItTakes(String command) {
    if (command.equals("help")) {
      return;
    }
    String[] asked = words(command + " --help");
    Ran ran = Ran.cromford((Object[]) asked);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    Matcher example = EXAMPLE.matcher(ran.out());
    assertThat(example.find()).as(ran.out()).isTrue();
    String call = example.group(1);
    assertThat(call).startsWith(command);
    Main.commandLine().parseArgs(words(call));
  }

  /// The readers of these texts type what stands there.
  @ParameterizedTest
  @MethodSource("texts")
  void theDocumentsNameCommandsThatThereAre(Path text) throws IOException {
    Matcher call = CALL.matcher(Files.readString(text));
    int calls = 0;
    while (call.find()) {
      String typed = call.group(1).replaceAll("\\s+#.*", "").strip();
      if (!typed.startsWith("test")) {
        Main.commandLine().parseArgs(words(typed));
        calls++;
      }
    }
    assertThat(calls).isPositive();
  }

  private static Stream<Path> texts() {
    return Stream.of(
        HOUSE.resolve("README.md"),
        HOUSE.resolve(
            "serving/src/main/resources/io/cromford/serving/definition/starter/README.md"));
  }
}
