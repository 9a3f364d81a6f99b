package io.cromford.serving.definition;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Problem;
import io.cromford.features.sql.Catalog;
import io.cromford.serving.definition.Value.Fields;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads `factory.yaml`, checked as a whole: every problem is reported at once, with its place and
/// advice.
///
/// Words may use variables: `${data}`, or `${data:payments.csv}` with a default. Two are known to
/// every file: `data`, what the factory reads (where it is not given and the file has a `generate`
/// section, that section's file stands for it), and `state`, the folder of the factory's state.
/// Relative paths start from the factory's folder.
public final class FactoryFile {
  /// The name of the file in a factory's folder.
  public static final String NAME = "factory.yaml";

  private final Path folder;
  private final Map<String, String> variables;
  private final Problems problems = new Problems(NAME);

  private FactoryFile(Path folder, Map<String, String> variables) {
    this.folder = folder;
    this.variables = new HashMap<>(variables);
    this.variables.putIfAbsent("state", folder.resolve("state").toAbsolutePath().toString());
  }

  /// Reads the file of a factory.
  ///
  /// @param folder the factory's folder
  /// @param variables name → value; a path is given absolute, or it starts from the folder
  /// @throws CromfordException if there is no such file or it cannot be read at all
  public static FactoryReading read(Path folder, Map<String, String> variables) {
    Findings findings = check(folder, variables);
    return findings.definition() == null
        ? new FactoryReading.Invalid(findings.problems())
        : new FactoryReading.Valid(findings.definition());
  }

  /// What came of a file, as far as it holds.
  ///
  /// @param definition null if there are problems
  /// @param catalog what a query can name; null if that much does not hold
  /// @param features the feature query's file; null if the file does not say
  /// @param lastResort conditions on features
  record Findings(
      @Nullable FactoryDefinition definition,
      List<Problem> problems,
      @Nullable Catalog catalog,
      @Nullable String features,
      List<Value.Leaf> lastResort) {}

  static Findings check(Path folder, Map<String, String> variables) {
    return new FactoryFile(folder, variables).check(text(folder.resolve(NAME)));
  }

  private Findings check(String text) {
    YamlNode root = YamlReader.read(text, problems).orElse(null);
    if (root == null) {
      return new Findings(null, problems.inOrder(), null, null, List.of());
    }
    Path generated = generatedFile(root);
    if (generated != null) {
      variables.put("data", generated.toAbsolutePath().toString());
    }
    Fields file =
        new ShapeCheck(new Variables(variables, problems), problems)
            .check(FactoryShape.FILE, root, "")
            .filter(Fields.class::isInstance)
            .map(Fields.class::cast)
            .orElse(Fields.NONE);
    return check(file, generated);
  }

  private Findings check(Fields file, @Nullable Path generated) {
    SourcesReader sources = new SourcesReader(file, folder, problems);
    RestChecks rest = new RestChecks(file, sources, problems);
    rest.check();
    FactoryDefinition definition =
        problems.isEmpty() ? build(file, sources, rest, generated) : null;
    return new Findings(
        problems.isEmpty() ? definition : null,
        problems.inOrder(),
        CatalogReader.read(file, sources, rest).orElse(null),
        file.get("features", String.class).orElse(null),
        file.fields("flywheel").map(flywheel -> flywheel.leaves("last-resort")).orElse(List.of()));
  }

  private FactoryDefinition build(
      Fields file, SourcesReader sources, RestChecks rest, @Nullable Path generated) {
    DefinitionBuilder builder = new DefinitionBuilder(file, folder);
    GenerateDefinition generate =
        generated == null
            ? null
            : file.fields("generate")
                .map(section -> DefinitionBuilder.generate(section, generated))
                .orElse(null);
    List<String> labelSources = rest.label().sources();
    return builder.build(
        new DataDefinition(
            sources.definitions(), builder.label(labelSources), sources.segments(), generate));
  }

  /// Where generated data goes; its name says what it was made from, so that a changed seed makes
  /// another file. Null where data was given or nothing makes it.
  private @Nullable Path generatedFile(YamlNode root) {
    if (variables.containsKey("data") || !(root instanceof YamlNode.Mapping mapping)) {
      return null;
    }
    return mapping.entries().stream()
        .filter(entry -> entry.key().text().equals("generate"))
        .map(YamlNode.Entry::value)
        .findFirst()
        .flatMap(this::generated)
        .orElse(null);
  }

  private Optional<Path> generated(YamlNode section) {
    Problems unsaid = new Problems(NAME);
    Shape shape = FactoryShape.FILE.find("generate").orElseThrow().shape();
    return new ShapeCheck(new Variables(variables, unsaid), unsaid)
        .check(shape, section, "generate")
        .filter(_ -> unsaid.isEmpty())
        .map(value -> DefinitionBuilder.generate((Fields) value, folder))
        .map(this::generatedName);
  }

  private Path generatedName(GenerateDefinition generate) {
    String name =
        "%s-%s-%d.csv"
            .formatted(generate.kind(), generate.size(), generate.seed())
            .toLowerCase(Locale.ROOT)
            .replace('_', '-');
    return Path.of(variables.getOrDefault("state", "state")).resolve("generated").resolve(name);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > 4L * YamlReader.MAX_LENGTH) {
        throw new CromfordException(
            ErrorCode.DEFINITION_INVALID,
            "%s has %,d bytes.\nMaybe it is not the factory file?"
                .formatted(file, Files.size(file)));
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "there is no %s.\nMaybe make a factory with `cromford init %s`, or name another folder."
              .formatted(file, file.getParent()),
          e);
    } catch (CharacterCodingException e) {
      throw new CromfordException(
          ErrorCode.DEFINITION_INVALID,
          "%s is not UTF-8 text.\nMaybe save it as UTF-8.".formatted(file),
          e);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
