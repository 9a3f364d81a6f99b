package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house keeps its own rules: its map names what is there, and the pure part stays pure.
///
/// That imports point down only is held by the modules themselves: Maven refuses a cycle, and a
/// station does not see those below it.
class HouseTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*)`");
  private static final Pattern STATION = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");

  /// Stations whose code reads no clock, randomness, file, socket, thread or logger ...
  private static final List<String> PURE =
      List.of("core", "features", "model", "training", "flywheel");

  /// ... but for the few classes at their rim.
  private static final Set<String> RIM =
      Set.of(
          "ViewLog", // the engine's log of rows, paged to a file
          "PagedLog",
          "FeatureEngine", // makes the folder of that log
          "Operators",
          "Models", // reads a model's file
          "Registry",
          "ModelVersion",
          "SideBySide"); // waits for fits on an executor that it is given

  private static final Pattern IMPURE =
      Pattern.compile(
          "java\\.nio\\.file|java\\.io\\.File|java\\.net\\.|currentTimeMillis|nanoTime|\\.now\\(\\)"
              + "|Math\\.random|new Random\\(|SecureRandom|Thread\\b|Executors\\."
              + "|System\\.Logger|System\\.getenv|System\\.getProperty|System\\.(out|err)\\b");

  @Test
  void itsMapNamesTypesThatExist() throws IOException {
    Set<String> known =
        sources(HOUSE).map(HouseTest::type).collect(Collectors.toCollection(TreeSet::new));
    String map = Files.readString(HOUSE.resolve("ARCHITECTURE.md"));
    List<String> named = found(TYPE, map);
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named).isSubsetOf(known);
    assertThat(map.lines().count()).as("lines of ARCHITECTURE.md").isLessThanOrEqualTo(150);
  }

  @Test
  void itsMapNamesEachStation() throws IOException {
    String map = Files.readString(HOUSE.resolve("ARCHITECTURE.md"));
    List<String> modules =
        found(
            Pattern.compile("<module>([a-z]+)</module>"),
            Files.readString(HOUSE.resolve("pom.xml")));
    assertThat(found(STATION, map)).containsExactlyInAnyOrderElementsOf(modules);
  }

  @Test
  void itsPurePartReadsNoClockFileOrThread() {
    List<String> impure = new ArrayList<>();
    for (String station : PURE) {
      sources(HOUSE.resolve(station))
          .filter(file -> !RIM.contains(type(file)))
          .forEach(file -> impure.addAll(impurities(file)));
    }
    assertThat(impure).isEmpty();
  }

  private static List<String> impurities(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.strip().startsWith("//"))
          .filter(line -> IMPURE.matcher(line).find())
          .map(line -> HOUSE.relativize(file) + ": " + line.strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The main sources below a folder.
  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult m) -> m.group(1)).distinct().toList();
  }
}
