package io.cromford.bench.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.LogisticParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void givesMeanAndPopulationDeviationAndTheFirstFold() {
    Scores scores = new Scores(List.of(new Scores.Fold(.8, .5, .2), new Scores.Fold(.9, .7, .4)));
    assertThat(scores.auc().mean()).isCloseTo(.85, within(1e-12));
    assertThat(scores.averagePrecision().deviation()).isCloseTo(.1, within(1e-12));
    assertThat(scores.cardPrecision().single()).isEqualTo(.2);
  }

  @Test
  void choosesTheFirstOfTheBest() {
    List<Recipe> recipes = List.of(recipe(1), recipe(2), recipe(3));
    Choice choice =
        Choice.among(
            recipes,
            recipe ->
                new Scores(List.of(new Scores.Fold(0, recipe.trainingDays() == 1 ? .1 : .2, 0))));
    assertThat(choice.best().recipe()).isEqualTo(recipe(2));
    assertThat(choice.tried()).hasSize(3);
  }

  private static Recipe recipe(int days) {
    return new Recipe(LogisticParameters.defaults(), days);
  }
}
