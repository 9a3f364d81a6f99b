package io.cromford.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TreeReaderTest {
  private static final String GOOD = TreeText.document(2, "5E-1", List.of(TreeText.stump()));

  @Test
  void readsBothFormsOfTheBaseScore() {
    for (String form : List.of("2.5E-1", "[2.5E-1]", "0.25")) {
      TreeEnsemble ensemble = read(TreeText.document(2, form, List.of()));
      assertThat(ensemble.score(new float[2], 0)).isEqualTo(0.25);
    }
  }

  @Test
  void keepsItsBytes() {
    TreeEnsemble ensemble = read(GOOD);
    assertThat(ensemble.toJson()).isEqualTo(GOOD.getBytes(UTF_8));
    assertThat(ensemble.trees()).isEqualTo(1);
    assertThat(ensemble.features()).isEqualTo(2);
  }

  @Test
  void namesWhatIsBrokenInATree() {
    assertBroken(tree -> tree.left.set(0, 0), "reaches node 0 twice, from node 0");
    assertBroken(tree -> tree.right.set(0, 1), "reaches node 1 twice, from node 0");
    assertBroken(tree -> tree.left.set(0, 3), "child 3 at node 0; there are 3 nodes");
    assertBroken(tree -> tree.left.set(0, -2), "child -2 at node 0");
    assertBroken(tree -> tree.left.set(1, 2), "has one child only at node 1");
    assertBroken(tree -> tree.feature.set(0, 2), "looks at feature 2 at node 0; there are 2");
    assertBroken(tree -> tree.feature.set(0, -1), "looks at feature -1 at node 0");
    assertBroken(tree -> tree.cover.set(2, -1f), "a negative cover, at node 2");
    assertBroken(tree -> tree.value.removeLast(), "arrays differ in length");
    assertBroken(tree -> tree.left.clear(), "arrays differ in length");
  }

  @Test
  void refusesWhatItCannotScore() {
    assertRefused(GOOD.replace("gbtree", "dart"), "the booster `dart`");
    assertRefused(GOOD.replace("binary:logistic", "reg:squarederror"), "`reg:squarederror`");
    assertRefused(GOOD.replace("\"num_class\": \"0\"", "\"num_class\": \"3\""), "several classes");
    assertRefused(GOOD.replace("\"split_type\": []", "\"split_type\": [1]"), "categorical splits");
    assertRefused(GOOD.replace("vector\": \"1\"", "vector\": \"2\""), "leaves with several values");
  }

  @Test
  void refusesWhatIsNotAModel() {
    assertRefused("", "unexpected null");
    assertRefused("[]", "unexpected start_array in line 1, column 1");
    assertRefused("{}", "the booster ``");
    assertRefused(GOOD + " {}", "goes on after its end");
    assertRefused(GOOD.substring(0, GOOD.length() / 2), "trees.json:");
    assertRefused(GOOD.replace("[0.5", "[1e400"), "a number that is not finite");
    assertRefused(GOOD.replace("[0.5", "[NaN"), "is not JSON");
    assertRefused(GOOD.replace("[0.5", "[\"0.5\""), "unexpected value_string");
    assertRefused(GOOD.replace("[1, -1, -1]", "[99999999999, -1, -1]"), "`99999999999`");
    assertRefused(GOOD.replace("[1, -1, -1]", "[1.5, -1, -1]"), "unexpected value_number_float");
    assertRefused(GOOD.replace("[0.5", "[0." + "5".repeat(200)), "is not JSON");
    assertRefused(GOOD.replace("\"num_feature\": \"2\"", "\"num_feature\": \"0\""), "0 features");
    assertRefused(GOOD.replace("5E-1", "[5E-1,5E-1]"), "the base score `[5E-1,5E-1]`");
    assertRefused(GOOD.replace("5E-1", "1.5"), "the base score `1.5`, not a probability");
    assertRefused("[".repeat(100_000), "unexpected start_array");
    assertRefused("{\"a\":" + "[".repeat(100_000), "is not JSON");
    assertRefused(GOOD.replace("\"version\"", "\"learner\": {}, \"version\""), "is not JSON");
  }

  @Test
  void survivesAnyDamage() {
    byte[] good = GOOD.getBytes(UTF_8);
    Cases.check(
        2000,
        random -> {
          byte[] damaged = good.clone();
          for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(good.length)] = (byte) random.nextInt(32, 127);
          }
          try {
            TreeEnsemble ensemble = TreeEnsemble.read(damaged, "trees.json");
            assertThat(ensemble.score(new float[ensemble.features()], 0)).isBetween(0.0, 1.0);
          } catch (CromfordException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE);
          }
        });
  }

  private static void assertBroken(Consumer<TreeText> damage, String message) {
    TreeText tree = TreeText.stump();
    damage.accept(tree);
    String json = TreeText.document(2, "5E-1", List.of(TreeText.stump(), tree));
    assertRefused(json, message);
    assertThatThrownBy(() -> read(json)).hasMessageContaining("tree 1");
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .hasMessageStartingWith("trees.json")
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            CromfordException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE));
  }

  private static TreeEnsemble read(String json) {
    return TreeEnsemble.read(json.getBytes(UTF_8), "trees.json");
  }
}
