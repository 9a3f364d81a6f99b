package io.cromford.model;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Models as files: the file's name says what kind it is.
///
/// | kind | file | form |
/// |---|---|---|
/// | trees | `trees.json` | XGBoost's JSON model format |
/// | logistic | `logistic.json` | see [LogisticModel#toJson] |
/// | constant | `constant.json` | see [ConstantModel#toJson] |
/// | rules | `rules.json` | see [RuleModel#toJson] |
public final class Models {
  private static final List<String> FILES =
      List.of("trees.json", "logistic.json", "constant.json", "rules.json");

  private Models() {}

  /// Reads the model in a folder.
  ///
  /// @throws CromfordException NOT_FOUND if the folder holds none, INPUT_UNREADABLE if it holds
  ///   several or one that is broken, STORAGE if it cannot be read
  public static Model read(Path folder) {
    List<String> present =
        FILES.stream().filter(file -> Files.isRegularFile(folder.resolve(file))).toList();
    if (present.size() != 1) {
      throw new CromfordException(
          present.isEmpty() ? ErrorCode.NOT_FOUND : ErrorCode.INPUT_UNREADABLE,
          "%s: holds %s.\nMaybe it is not a model's folder: that has one of %s."
              .formatted(folder, present.isEmpty() ? "no model" : present, FILES));
    }
    Path file = folder.resolve(present.getFirst());
    try {
      return parse(present.getFirst(), Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new CromfordException(ErrorCode.STORAGE, "%s: cannot be read".formatted(file), e);
    }
  }

  /// Writes a model into a folder that exists, under [#fileName].
  ///
  /// @throws CromfordException STORAGE if it cannot be written
  public static void write(Model model, Path folder) {
    Path file = folder.resolve(fileName(model));
    try {
      Files.write(file, toBytes(model));
    } catch (IOException e) {
      throw new CromfordException(ErrorCode.STORAGE, "%s: cannot be written".formatted(file), e);
    }
  }

  /// The name of the file that a model is kept in.
  public static String fileName(Model model) {
    return model.kind() + ".json";
  }

  /// The bytes of a model's file.
  public static byte[] toBytes(Model model) {
    return switch (model) {
      case TreeEnsemble trees -> trees.toJson();
      case LogisticModel logistic -> logistic.toJson();
      case ConstantModel constant -> constant.toJson();
      case RuleModel rules -> rules.toJson();
    };
  }

  /// Whether a file of that name holds a model.
  static boolean isModelFile(String fileName) {
    return FILES.contains(fileName);
  }

  /// Reads the bytes of a model's file.
  ///
  /// @param fileName one of the names above
  /// @param place what messages call it
  static Model parse(String fileName, byte[] bytes, String place) {
    return switch (fileName) {
      case "trees.json" -> TreeEnsemble.read(bytes, place);
      case "logistic.json" -> LogisticModel.read(bytes, place);
      case "constant.json" -> ConstantModel.read(bytes, place);
      case "rules.json" -> RuleModel.read(bytes, place);
      default -> throw new IllegalArgumentException(fileName);
    };
  }
}
