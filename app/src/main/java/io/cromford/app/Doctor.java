package io.cromford.app;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Looks at the machine.
final class Doctor {
  private static final int JDK = 25;
  private static final long GIB = 1L << 30;
  private static final long LEAST_MEMORY = 4 * GIB;
  private static final long LEAST_DISK = 2 * GIB;
  private static final Instant LEAST_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final Path stateFolder;
  private final int port;

  /// @param stateFolder where a factory's state would lie
  /// @param port where it would listen
  Doctor(Path stateFolder, int port) {
    this.stateFolder = stateFolder;
    this.port = port;
  }

  /// Looks at everything.
  List<Finding> examine() {
    return List.of(
        jdk(),
        maven(),
        memory(),
        cores(),
        disk(),
        port(),
        loads("XGBoost", Doctor::xgboost),
        loads("DuckDB", Doctor::duckDb),
        folder("state folder", existing(stateFolder)),
        folder("temporary", Path.of(System.getProperty("java.io.tmpdir"))),
        clock());
  }

  private static Finding jdk() {
    String found = "%s, %s".formatted(Runtime.version(), System.getProperty("java.vendor"));
    return Runtime.version().feature() >= JDK
        ? Finding.well("JDK", found)
        : new Finding("JDK", found, "install a JDK %d and set JAVA_HOME to it.".formatted(JDK));
  }

  private static Finding maven() {
    try {
      Process process =
          new ProcessBuilder("mvn", "-version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(10, TimeUnit.SECONDS);
      return said.lines()
          .filter(line -> line.contains("Apache Maven"))
          .findFirst()
          .map(line -> Finding.well("Maven", line.replaceAll("\u001B\\[[;\\d]*m", "").strip()))
          .orElse(noMaven("`mvn -version` says nothing"));
    } catch (IOException _) {
      return noMaven("there is no `mvn` on the PATH");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return noMaven("interrupted");
    }
  }

  private static Finding noMaven(String found) {
    return new Finding("Maven", found, "install Maven 3.8 or newer: it builds Cromford.");
  }

  private static Finding memory() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long all = machine.getTotalMemorySize();
    String found =
        "%s, %s of it for Java".formatted(gib(all), gib(Runtime.getRuntime().maxMemory()));
    return all >= LEAST_MEMORY
        ? Finding.well("memory", found)
        : new Finding(
            "memory", found, "use a machine with %s or more.".formatted(gib(LEAST_MEMORY)));
  }

  private static Finding cores() {
    return Finding.well("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  private Finding disk() {
    Path place = existing(stateFolder);
    try {
      long free = Files.getFileStore(place).getUsableSpace();
      String found = "%s free at %s".formatted(gib(free), place);
      return free >= LEAST_DISK
          ? Finding.well("disk", found)
          : new Finding(
              "disk",
              found,
              "make room, or name another folder with --state: %s are wanted."
                  .formatted(gib(LEAST_DISK)));
    } catch (IOException e) {
      return new Finding("disk", e.toString(), "name another folder with --state.");
    }
  }

  private Finding port() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Finding.well("port", "%d is free".formatted(socket.getLocalPort()));
    } catch (IOException e) {
      return new Finding(
          "port",
          "%d: %s".formatted(port, e.getMessage()),
          "a factory runs already; else use --port, 0 for any free one.");
    }
  }

  private static Finding loads(String library, Supplier<String> use) {
    try {
      return Finding.well(library, use.get());
    } catch (RuntimeException | LinkageError e) {
      return new Finding(
          library,
          "its native library does not load: " + e,
          "the machine is of another kind than %s can be had for, or its C library is too old."
              .formatted(library));
    }
  }

  private static String xgboost() {
    try {
      DMatrix one = new DMatrix(new float[] {1}, 1, 1, Float.NaN);
      long rows = one.rowNum();
      one.dispose();
      return rows == 1 ? "loads" : "loads, but counts wrongly";
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  private static String duckDb() {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SELECT version()")) {
      version.next();
      return version.getString(1) + " loads";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Finding folder(String what, Path folder) {
    try {
      Path probe = Files.createTempFile(folder, "cromford-doctor", "");
      Files.delete(probe);
      return Finding.well(what, folder + " is writable");
    } catch (IOException e) {
      return new Finding(what, "%s: %s".formatted(folder, e), "name a folder that is yours.");
    }
  }

  /// A clock that is wrong, or not the one of the disk, makes wrong arrivals.
  private static Finding clock() {
    Instant now = Instant.now();
    try {
      Path probe = Files.createTempFile("cromford-doctor", "");
      Duration skew = Duration.between(Files.getLastModifiedTime(probe).toInstant(), now).abs();
      Files.delete(probe);
      return now.isAfter(LEAST_TIME) && skew.compareTo(SKEW) < 0
          ? Finding.well("clock", now.toString())
          : new Finding("clock", now + ", the disk differs by " + skew, "set the clock by NTP.");
    } catch (IOException e) {
      return new Finding("clock", "%s, not checked: %s".formatted(now, e), "look at the disk.");
    }
  }

  /// The folder itself, or the nearest one above it that is there.
  private static Path existing(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    while (!Files.isDirectory(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
