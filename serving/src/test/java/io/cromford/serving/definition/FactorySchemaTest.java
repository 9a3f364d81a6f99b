package io.cromford.serving.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import io.cromford.core.Problem;
import io.cromford.serving.definition.YamlNode.Entry;
import io.cromford.serving.definition.YamlNode.Mapping;
import io.cromford.serving.definition.YamlNode.Scalar;
import io.cromford.serving.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What an editor says by the schema and what the reader says by itself, held against each other.
class FactorySchemaTest {
  private static final Map<String, YamlNode> SCHEMA =
      JsonSchemaCheck.object(parse(FactorySchema.json()));

  private static final List<String> WORDS =
      List.of(
          "7d",
          "1",
          "0",
          "-1",
          "0.95",
          "true",
          "round",
          "EUR",
          "5 EUR",
          "UTC",
          "ts",
          "a.b",
          "decimal(10,2)",
          "bigint",
          "2018-05-06",
          "x y",
          "X",
          "8 MiB",
          ";",
          "auto",
          "99999999999");

  @Test
  void isPublishedAsItIsMade() {
    assertThat(FactoryTexts.ROOT.resolve(FactorySchema.NAME))
        .as("the published file is not what FactorySchema.json() makes")
        .hasContent(FactorySchema.json());
  }

  @Test
  void describesEveryKey() {
    assertDescribed(FactoryShape.FILE);
  }

  @Test
  void acceptsTheExample() {
    assertThat(JsonSchemaCheck.accepts(SCHEMA, parse(FactoryTexts.example()))).isTrue();
  }

  /// The example with a key renamed, a value replaced, dropped or put elsewhere, again and again.
  @Test
  void acceptsWhatTheReaderAccepts() {
    YamlNode example = parse(FactoryTexts.example());
    int[] verdicts = new int[2];
    Cases.check(
        1_000,
        random -> {
          YamlNode changed = changed(example, random);
          List<Problem> problems = readersProblems(changed);
          verdicts[problems.isEmpty() ? 1 : 0]++;
          assertThat(JsonSchemaCheck.accepts(SCHEMA, changed))
              .as("the reader says %s", problems)
              .isEqualTo(problems.isEmpty());
        });
    assertThat(verdicts[0]).isGreaterThan(200);
    assertThat(verdicts[1]).isGreaterThan(50);
  }

  private static List<Problem> readersProblems(YamlNode node) {
    Problems problems = new Problems("changed");
    Variables variables = new Variables(Map.of("data", "payments.csv"), problems);
    new ShapeCheck(variables, problems).check(FactoryShape.FILE, node, "");
    return problems.inOrder();
  }

  private static YamlNode changed(YamlNode node, SplittableRandom random) {
    if (random.nextInt(6) == 0) {
      return otherNode(node, random);
    }
    return switch (node) {
      case Scalar scalar -> new Scalar(word(random), random.nextBoolean(), scalar.place());
      case Mapping(List<Entry> entries, Place place) ->
          new Mapping(changedEntries(entries, random), place);
      case Sequence(List<YamlNode> items, Place place) -> {
        List<YamlNode> changed = new ArrayList<>(items);
        int at = random.nextInt(items.size());
        changed.set(at, changed(items.get(at), random));
        yield new Sequence(changed, place);
      }
    };
  }

  private static YamlNode otherNode(YamlNode node, SplittableRandom random) {
    Scalar word = new Scalar(word(random), true, node.place());
    return switch (random.nextInt(3)) {
      case 0 -> word;
      case 1 -> new Sequence(random.nextBoolean() ? List.of() : List.of(word), node.place());
      default ->
          new Mapping(
              random.nextBoolean() ? List.of() : List.of(new Entry(word, word)), node.place());
    };
  }

  private static List<Entry> changedEntries(List<Entry> entries, SplittableRandom random) {
    List<Entry> changed = new ArrayList<>(entries);
    int at = random.nextInt(entries.size());
    Entry entry = entries.get(at);
    switch (random.nextInt(8)) {
      case 0 -> changed.remove(at);
      case 1 -> changed.set(at, new Entry(renamed(entry.key()), entry.value()));
      case 2 ->
          changed.set(
              at, new Entry(entry.key(), entries.get(random.nextInt(entries.size())).value()));
      default -> changed.set(at, new Entry(entry.key(), changed(entry.value(), random)));
    }
    return changed;
  }

  private static Scalar renamed(Scalar key) {
    return new Scalar(key.text() + "_x", key.plain(), key.place());
  }

  private static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static YamlNode parse(String text) {
    return YamlReader.read(text, new Problems("text")).orElseThrow();
  }

  private static void assertDescribed(Shape shape) {
    switch (shape) {
      case Shape.Word _ -> {}
      case Shape.Section(var keys) -> {
        for (Shape.Key key : keys) {
          assertThat(key.description()).as(key.name()).endsWith(".").hasSizeBetween(10, 200);
          assertDescribed(key.shape());
        }
      }
      case Shape.Named named -> assertDescribed(named.values());
      case Shape.Sequence(Shape items) -> assertDescribed(items);
      case Shape.ByForm form -> {
        if (form.section() != null) {
          assertDescribed(form.section());
        }
      }
    }
  }
}
