package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The feature views that are computed at each observation, by their numbers in the [ViewBook]. For
/// the owning thread.
final class LiveViews implements AutoCloseable {
  private final TreeMap<Integer, View> views = new TreeMap<>();
  private View[] all = new View[0];
  private double[][] features = new double[0][];

  /// Whether there is none.
  boolean isEmpty() {
    return all.length == 0;
  }

  int size() {
    return all.length;
  }

  boolean has(int number) {
    return views.containsKey(number);
  }

  /// A view.
  ///
  /// @throws CromfordException UNAVAILABLE if it is not computed
  View require(int number) {
    View view = views.get(number);
    if (view == null) {
      throw notBuilt();
    }
    return view;
  }

  /// What is said before there is any.
  static CromfordException notBuilt() {
    return new CromfordException(
        ErrorCode.UNAVAILABLE, "the features are not built yet.\nMaybe ask again in a minute.");
  }

  /// Takes a view that has caught up.
  void add(int number, View view) {
    View old = views.put(number, view);
    if (old != null) {
      old.close();
    }
    count();
  }

  /// Lets go of a view; it can be built again.
  void drop(int number) {
    View old = views.remove(number);
    count();
    if (old != null) {
      old.close();
    }
  }

  /// Their numbers, ascending.
  List<Integer> numbers() {
    return List.copyOf(views.keySet());
  }

  /// Shows each view with its number.
  void forEach(BiConsumer<Integer, View> each) {
    views.forEach(each);
  }

  private void count() {
    all = views.values().toArray(View[]::new);
    int last = views.isEmpty() ? 0 : 1 + views.lastKey();
    features = new double[last][0];
    views.forEach((number, view) -> features[number] = view.features());
  }

  /// Sees to it that so many records can be taken without needing more room on the disk.
  ///
  /// @throws CromfordException with STORAGE if there is not enough; nothing has changed then
  void makeRoom(int records) {
    for (View view : all) {
      view.makeRoom(records);
    }
  }

  /// Takes an observation and computes its features in each view.
  ///
  /// @return what training needs to know of it beside them
  ServedFeatures.Facts observe(Row row, long eventMillis) {
    ServedFeatures.@Nullable Facts facts = null;
    for (View view : all) {
      facts = view.observe(row, eventMillis);
    }
    if (facts == null) {
      throw notBuilt();
    }
    return facts;
  }

  /// Takes a label.
  void label(int ordinal, Row judgement) {
    for (View view : all) {
      view.outcome(ordinal, judgement);
    }
  }

  /// The values of the row observed last, shape `[views, features of the view]`, nothing for a view
  /// that is not computed; the arrays are used again.
  double[][] features() {
    return features;
  }

  @Override
  public void close() {
    View[] old = all;
    views.clear();
    count();
    for (View view : old) {
      view.close();
    }
  }
}
