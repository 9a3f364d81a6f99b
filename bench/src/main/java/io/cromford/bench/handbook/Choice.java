package io.cromford.bench.handbook;

import java.util.ArrayList;
import java.util.List;

/// The best of some recipes by average precision on the validation folds, and what each reached
/// there.
///
/// @param best of equals, the first
/// @param tried all, in order
record Choice(Tried best, List<Tried> tried) {
  /// A recipe and its mean average precision on the validation folds.
  record Tried(Recipe recipe, double averagePrecision) {}

  Choice {
    tried = List.copyOf(tried);
  }

  /// Judges recipes.
  interface Judge {
    Scores onValidation(Recipe recipe);
  }

  static Choice among(List<Recipe> recipes, Judge judge) {
    List<Tried> tried = new ArrayList<>();
    for (Recipe recipe : recipes) {
      tried.add(new Tried(recipe, judge.onValidation(recipe).averagePrecision().mean()));
    }
    Tried best = tried.getFirst();
    for (Tried one : tried) {
      best = one.averagePrecision() > best.averagePrecision() ? one : best;
    }
    return new Choice(best, tried);
  }
}
