package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each row of docs/bad-input.md names a test, and the test is there.
class BadInputDocTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern NAME = Pattern.compile("`(?:(\\w+(?:Test|IT))\\.)?(\\w+)`");
  private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");
  private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");

  @Test
  void namesTestsThatExistInEveryRow() throws IOException {
    Set<String> methods = methods();
    Set<String> missing = new TreeSet<>();
    String ofSection = "";
    int rows = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/bad-input.md"))) {
      if (!line.startsWith("|")) {
        Matcher named = CLASS.matcher(line);
        ofSection = named.find() ? named.group(1) : line.startsWith("#") ? "" : ofSection;
      } else if (!line.startsWith("|---") && !line.contains("| Test |")) {
        missing.addAll(missing(lastCell(line), ofSection, methods));
        rows++;
      }
    }
    assertThat(missing).isEmpty();
    assertThat(rows).isGreaterThan(70);
  }

  /// The names in a cell that are no tests; a name without a class is of the one named before in
  /// the cell, or of the section's.
  private static List<String> missing(String cell, String ofSection, Set<String> methods) {
    List<String> missing = new ArrayList<>();
    String current = ofSection;
    Matcher names = NAME.matcher(cell);
    boolean any = cell.startsWith("same");
    while (names.find()) {
      any = true;
      String name = names.group(2);
      current = names.group(1) == null ? current : names.group(1);
      String named = current;
      boolean there =
          methods.contains(name)
              || Stream.of(named, ofSection).anyMatch(c -> methods.contains(c + "." + name));
      if (!there) {
        missing.add(current + "." + name);
      }
    }
    return any ? missing : List.of("a test in the row that ends in " + cell);
  }

  private static String lastCell(String line) {
    List<String> cells = List.of(line.split("(?<!\\\\)\\|"));
    return cells.getLast().strip();
  }

  private static Set<String> methods() throws IOException {
    Set<String> methods = new HashSet<>();
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/src/test/java/.*(Test|IT)\\.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        methods.add(name);
        Matcher declared = METHOD.matcher(Files.readString(file));
        while (declared.find()) {
          methods.add(name + "." + declared.group(1));
        }
      }
    }
    return methods;
  }
}
