package io.cromford.serving.definition;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A small factory that a person makes their own: commented files that pass every check as they
/// are.
public final class Starter {
  private static final List<String> TEMPLATES =
      List.of("factory.yaml", "features.sql", "README.md", "gitignore");

  private Starter() {}

  /// Writes the starter's files and the schema that editors complete from.
  ///
  /// @param folder made if it is not there; files that are there already are never overwritten
  /// @return the files written, in order
  /// @throws CromfordException if one of the files is there already, or cannot be written
  public static List<Path> write(Path folder) {
    Map<Path, String> files = files(folder);
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new CromfordException(
            ErrorCode.STATE_CONFLICT,
            "%s is there already.\nMaybe name an empty folder.".formatted(file));
      }
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "%s is no folder.\nMaybe name another one.".formatted(folder),
          e);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "%s cannot be written: %s.\nMaybe name a folder that is yours."
              .formatted(folder, e.getMessage()),
          e);
    }
    return List.copyOf(files.keySet());
  }

  private static Map<Path, String> files(Path folder) {
    Map<Path, String> files = new TreeMap<>();
    String name = name(folder);
    for (String template : TEMPLATES) {
      String file = template.equals("gitignore") ? ".gitignore" : template;
      files.put(folder.resolve(file), template(template).replace("my-factory", name));
    }
    files.put(folder.resolve(FactorySchema.NAME), FactorySchema.json());
    return files;
  }

  /// The folder's name, as far as it is one for a factory.
  private static String name(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString();
    String cleaned =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
    return cleaned.isEmpty() ? "my-factory" : cleaned;
  }

  private static String template(String name) {
    try (InputStream in = Starter.class.getResourceAsStream("starter/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the template " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the template " + name + " cannot be read", e);
    }
  }
}
