package io.cromford.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/// The versions of the code that a fit depends on: the same rows under the same versions, and on
/// the same JDK and machine, give the same model, byte for byte.
public final class Libraries {
  private static final String VERSIONS = "libraries.properties";

  private Libraries() {}

  /// The versions by name that this was built with: `cromford`, `xgboost`, `liblinear`.
  public static SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    Properties properties = new Properties();
    try (InputStream in = Libraries.class.getResourceAsStream(VERSIONS)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + VERSIONS);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties
        .stringPropertyNames()
        .forEach(name -> versions.put(name, properties.getProperty(name)));
    return versions;
  }
}
