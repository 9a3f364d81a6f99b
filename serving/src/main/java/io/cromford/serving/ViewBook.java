package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Problem;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Catalog;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The feature views that a factory has or had, numbered from 0 in the order in which they were
/// opened: a fold over control records.
///
/// A view is opened when somebody changes the query; it is ready once its features are computed at
/// each observation; it is closed when no model that scores was fitted on it. Challengers are
/// fitted on the one that was opened last.
final class ViewBook {
  private final Catalog catalog;
  private final List<Entry> entries = new ArrayList<>();
  private int latest = -1;
  private int filed = -1;

  /// How far a view is.
  enum Stage {
    OPENED,
    READY,
    CLOSED
  }

  private static final class Entry {
    private final String name;
    private final String sql;
    private Stage stage = Stage.OPENED;
    private @Nullable Compilation compiled;

    Entry(String name, String sql) {
      this.name = name;
      this.sql = sql;
    }
  }

  /// @param catalog what queries can name today
  ViewBook(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Takes a control record.
  void take(Control control) {
    if (control instanceof Control.ViewOpened opened) {
      opened(opened);
    } else if (control instanceof Control.ViewReady ready) {
      entry(ready.view()).stage = Stage.READY;
    } else if (control instanceof Control.ViewClosed closed) {
      entry(closed.view()).stage = Stage.CLOSED;
    }
  }

  private void opened(Control.ViewOpened opened) {
    int number = number(opened.view()).orElse(entries.size());
    if (number == entries.size()) {
      entries.add(new Entry(opened.view(), opened.sql()));
    } else if (entries.get(number).stage == Stage.CLOSED) {
      entries.get(number).stage = Stage.OPENED;
    }
    latest = number;
    filed = opened.fromFile() ? number : filed;
  }

  private Entry entry(String name) {
    return entries.get(require(name));
  }

  int size() {
    return entries.size();
  }

  /// The number of a view, by its name.
  Optional<Integer> number(String name) {
    for (int number = 0; number < entries.size(); number++) {
      if (entries.get(number).name.equals(name)) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  private int require(String name) {
    return number(name)
        .orElseThrow(() -> new IllegalArgumentException("view " + name + " was never opened"));
  }

  /// The view that a model was fitted on.
  ///
  /// @throws CromfordException STATE_CONFLICT if it was never opened
  int of(ModelShelf.Fit fit) {
    return number(ModelShelf.sha256(fit.featuresSql()))
        .or(() -> like(fit.featuresSql()))
        .orElseThrow(() ->
            new CromfordException(
                ErrorCode.STATE_CONFLICT,
                "model version %.12s was fitted on other features than this factory ever had: on the view %.12s.\nMaybe put its query into features.sql; it lies with the model."
                    .formatted(fit.version(), ModelShelf.sha256(fit.featuresSql()))));
  }

  /// The view's name: the SHA-256 of its SQL.
  String name(int number) {
    return entries.get(number).name;
  }

  /// The query of a view, by its name.
  String sql(String name) {
    return entry(name).sql;
  }

  Stage stage(int number) {
    return entries.get(number).stage;
  }

  boolean isReady(int number) {
    return stage(number) == Stage.READY;
  }

  /// The view that was opened last; -1 before there is any.
  int latest() {
    return latest;
  }

  /// What the factory's file said when it was last looked at; -1 before it was.
  int filed() {
    return filed;
  }

  /// Whether a view is at a stage.
  boolean isAnyAt(Stage stage) {
    for (Entry entry : entries) {
      if (entry.stage == stage) {
        return true;
      }
    }
    return false;
  }

  /// The views at a stage, by number.
  List<Integer> at(Stage stage) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < entries.size(); number++) {
      if (entries.get(number).stage == stage) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /// What a view computes.
  ///
  /// @throws CromfordException STATE_CONFLICT if today's factory file does not allow it any more
  FeaturePlan plan(int number) {
    Entry entry = entries.get(number);
    return switch (compiled(entry)) {
      case Compilation.Compiled(FeaturePlan plan) -> plan;
      case Compilation.Refused(List<Problem> problems) ->
          throw new CromfordException(
              ErrorCode.STATE_CONFLICT,
              "the view %.12s, which models were fitted on, does not go with the factory file any more:\n%s\nMaybe put back what was changed there."
                  .formatted(
                      entry.name,
                      problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))));
    };
  }

  private Compilation compiled(Entry entry) {
    Compilation compiled = entry.compiled;
    if (compiled == null) {
      compiled = compile(entry.sql);
      entry.compiled = compiled;
    }
    return compiled;
  }

  private Compilation compile(String sql) {
    return FeatureCompiler.compile(sql, "features.sql", catalog);
  }

  private Optional<Integer> like(String sql) {
    return compile(sql) instanceof Compilation.Compiled(FeaturePlan plan)
        ? like(plan)
        : Optional.empty();
  }

  /// The view that computes the same as a query does, whatever the comments and layout of both.
  Optional<Integer> like(FeaturePlan query) {
    Optional<Integer> same = number(ModelShelf.sha256(query.sql()));
    if (same.isPresent()) {
      return same;
    }
    for (int number = 0; number < entries.size(); number++) {
      if (compiled(entries.get(number)) instanceof Compilation.Compiled(FeaturePlan plan)
          && withoutText(plan).equals(withoutText(query))) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  private static FeaturePlan withoutText(FeaturePlan plan) {
    return new FeaturePlan(
        plan.input(),
        plan.outcomeStart(),
        plan.eventTime(),
        plan.windows(),
        plan.aggregates(),
        plan.outputs(),
        "");
  }

  /// The record that opens the view of a query of the factory's file.
  Control.ViewOpened opening(FeaturePlan query, long atMillis, String reason, String by) {
    Optional<Entry> known = like(query).map(entries::get);
    String sql = known.map(entry -> entry.sql).orElse(query.sql());
    return new Control.ViewOpened(ModelShelf.sha256(sql), sql, atMillis, true, reason, by);
  }

  /// The record that opens a view again, or goes back to it.
  Control.ViewOpened reopening(int number, long atMillis, String reason, String by) {
    Entry entry = entries.get(number);
    return new Control.ViewOpened(entry.name, entry.sql, atMillis, false, reason, by);
  }
}
