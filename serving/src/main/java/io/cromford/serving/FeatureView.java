package io.cromford.serving;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A feature view that a factory has or had.
///
/// @param name the SHA-256 of its query
/// @param stage `opened` while it catches up, `ready` while it is computed at each observation,
///   `closed` when it is not any more
/// @param since when that began, by the factory's clock
/// @param isLatest whether challengers are fitted on it
/// @param opened why and by whom it was opened last
/// @param sql its query
public record FeatureView(
    String name, String stage, Instant since, boolean isLatest, Reason opened, String sql) {
  /// Why something was done.
  ///
  /// @param text in words
  /// @param by who did it
  public record Reason(String text, String by) {}

  /// The views of a factory, in the order in which they were first opened; read beside a running
  /// factory or without one.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static List<FeatureView> of(Path stateFolder) {
    Map<String, FeatureView> views = new LinkedHashMap<>();
    Control.forEach(stateFolder, (_, control) -> take(control, views));
    return List.copyOf(views.values());
  }

  private static void take(Control control, Map<String, FeatureView> views) {
    if (control instanceof Control.ViewOpened opened) {
      views.replaceAll((_, view) -> view.withLatest(false));
      views.merge(opened.view(), of(opened), FeatureView::reopened);
    } else if (control instanceof Control.ViewReady ready) {
      views.computeIfPresent(
          ready.view(), (_, view) -> view.at(ViewBook.Stage.READY, ready.atMillis()));
    } else if (control instanceof Control.ViewClosed closed) {
      views.computeIfPresent(
          closed.view(), (_, view) -> view.at(ViewBook.Stage.CLOSED, closed.atMillis()));
    }
  }

  private static FeatureView of(Control.ViewOpened opened) {
    return new FeatureView(
        opened.view(),
        "opened",
        Instant.ofEpochMilli(opened.atMillis()),
        true,
        new Reason(opened.reason(), opened.by()),
        opened.sql());
  }

  /// One that is ready stays so.
  private FeatureView reopened(FeatureView anew) {
    return stage.equals("ready")
        ? new FeatureView(name, stage, since, true, anew.opened, sql)
        : anew;
  }

  private FeatureView withLatest(boolean latest) {
    return new FeatureView(name, stage, since, latest, opened, sql);
  }

  private FeatureView at(ViewBook.Stage next, long atMillis) {
    return new FeatureView(
        name,
        next.name().toLowerCase(Locale.ROOT),
        Instant.ofEpochMilli(atMillis),
        isLatest,
        opened,
        sql);
  }
}
