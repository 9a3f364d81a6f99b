package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.server.AdminAccess;
import io.cromford.serving.Factory;
import io.cromford.serving.FactoryControl;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where a factory and its state lie: the arguments of every command that is about one.
final class FactoryPlace {
  @Parameters(
      index = "0",
      paramLabel = "FACTORY",
      description = "the folder with factory.yaml and features.sql")
  private Path folder = Path.of(".");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "where the ledger and the models lie (default: state/ in the factory's folder)")
  private @Nullable Path state;

  Path folder() {
    return folder;
  }

  Path state() {
    return state != null ? state : folder.resolve("state");
  }

  Path ledger() {
    return state().resolve("ledger");
  }

  /// Checks for a command that reads no files, so that none has to be given.
  CheckedFactory checkWithoutFiles() {
    return Check.check(folder, Map.of("data", "none.csv")).orThrow();
  }

  Factory open(CheckedFactory factory, Progress progress) {
    return Factory.open(factory, state(), progress);
  }

  /// Tells the factory to do something: the process that runs it if there is one, else a factory
  /// that is opened for it.
  ///
  /// @param prepare what such a factory needs first
  /// @throws CromfordException NOT_FOUND if there is no ledger; LOCKED if a process has it open
  ///   that cannot be told
  <T> T tell(Progress progress, Consumer<Factory> prepare, Function<FactoryControl, T> what) {
    CheckedFactory checked = checkWithoutFiles();
    requireLedger();
    try (Factory factory = open(checked, progress)) {
      prepare.accept(factory);
      return what.apply(factory);
    } catch (CromfordException e) {
      AdminAccess access =
          e.code() == ErrorCode.LOCKED ? AdminAccess.find(state()).orElse(null) : null;
      if (access == null) {
        throw e;
      }
      return what.apply(new RemoteControl(access));
    }
  }

  /// Tells the factory to do something that needs no features and answers nothing.
  ///
  /// @throws CromfordException as [#tell(Progress, Consumer, Function)]
  void tell(Consumer<FactoryControl> what) {
    tell(
        Terminal.standard(),
        _ -> {},
        control -> {
          what.accept(control);
          return true;
        });
  }

  /// Asks the factory something that needs no features: the process that runs it if there is one,
  /// else a factory that is opened for it.
  ///
  /// @throws CromfordException as [#tell(Progress, Consumer, Function)]
  <T> T ask(Progress progress, Function<Factory, T> here, Function<RemoteControl, T> there) {
    return tell(
        progress,
        _ -> {},
        control ->
            switch (control) {
              case RemoteControl remote -> there.apply(remote);
              case Factory factory -> here.apply(factory);
              default -> throw new IllegalStateException("neither here nor there");
            });
  }

  private void requireLedger() {
    if (!Files.isDirectory(ledger())) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "there is no ledger folder %s.\nMaybe the factory has not run yet.".formatted(ledger()));
    }
  }
}
