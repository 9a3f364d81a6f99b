package io.cromford.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/// The versions of what a fit depends on beside its rows: the same rows under the same versions
/// give the same model, byte for byte.
public final class Libraries {
  private static final String VERSIONS = "libraries.properties";

  private Libraries() {}

  /// The versions by name: `cromford`, `xgboost`, `liblinear` as they were built with, and the
  /// `jdk`, `os` and `arch` that run them.
  public static SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    built().forEach((name, version) -> versions.put(String.valueOf(name), String.valueOf(version)));
    versions.put("jdk", Runtime.version().toString());
    versions.put("os", System.getProperty("os.name", ""));
    versions.put("arch", System.getProperty("os.arch", ""));
    return versions;
  }

  private static Properties built() {
    Properties properties = new Properties();
    try (InputStream in = Libraries.class.getResourceAsStream(VERSIONS)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + VERSIONS);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
