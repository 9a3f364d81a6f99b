package io.cromford.serving.definition;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Problem;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Catalog;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import io.cromford.model.RuleModel;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks a factory's file and its feature query together, before anything runs.
public final class Check {
  private Check() {}

  /// Checks a factory.
  ///
  /// @param folder the factory's folder
  /// @param variables as of [FactoryFile#read]
  /// @throws CromfordException if there is no factory file or it cannot be read at all
  public static CheckResult check(Path folder, Map<String, String> variables) {
    FactoryFile.Findings file = FactoryFile.check(folder, variables);
    List<Problem> problems = new ArrayList<>(file.problems());
    Compilation compilation = compile(folder, file.features(), file.catalog(), problems);
    if (compilation instanceof Compilation.Refused(var refused)) {
      problems.addAll(refused);
    }
    if (compilation instanceof Compilation.Compiled(var compiled)) {
      problems.addAll(unfit(file.lastResort(), compiled));
    }
    FactoryDefinition definition = file.definition();
    return problems.isEmpty()
            && definition != null
            && compilation instanceof Compilation.Compiled(var plan)
        ? new CheckResult.Passed(new CheckedFactory(folder, definition, plan))
        : new CheckResult.Failed(problems);
  }

  /// Compiles a feature query for a checked factory.
  ///
  /// @throws CromfordException with all problems if it does not hold
  public static FeaturePlan features(FactoryDefinition definition, String sql) {
    return switch (FeatureCompiler.compile(sql, "features.sql", catalog(definition))) {
      case Compilation.Compiled(FeaturePlan plan) -> plan;
      case Compilation.Refused(List<Problem> problems) -> throw CromfordException.of(problems);
    };
  }

  /// What the feature query of a checked factory can name.
  public static Catalog catalog(FactoryDefinition definition) {
    return CatalogReader.of(definition);
  }

  /// What is wrong with conditions on features.
  private static List<Problem> unfit(List<Value.Leaf> conditions, FeaturePlan plan) {
    List<String> names = plan.features().stream().map(output -> output.name()).toList();
    Problems problems = new Problems(FactoryFile.NAME);
    for (Value.Leaf condition : conditions) {
      String text = String.valueOf(condition.value());
      if (RuleModel.Condition.parse(text, names).isEmpty()) {
        problems.add(
            condition.place(),
            "`%s` does not compare a feature with a number.".formatted(text),
            "write it like `%s >= 200`; the features are %s."
                .formatted(names.getFirst(), String.join(", ", names)));
      }
    }
    return problems.inOrder();
  }

  private static @Nullable Compilation compile(
      Path folder, @Nullable String features, @Nullable Catalog catalog, List<Problem> problems) {
    if (features == null) {
      return null;
    }
    String sql = text(folder.resolve(features), features, problems);
    return sql == null || catalog == null ? null : FeatureCompiler.compile(sql, features, catalog);
  }

  private static @Nullable String text(Path file, String name, List<Problem> problems) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      problems.add(
          new Problem(
              name,
              0,
              0,
              "there is no such file in the factory's folder.",
              "write the query there."));
    } catch (CharacterCodingException _) {
      problems.add(new Problem(name, 0, 0, "it is not UTF-8 text.", "save it as UTF-8."));
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
    return null;
  }
}
