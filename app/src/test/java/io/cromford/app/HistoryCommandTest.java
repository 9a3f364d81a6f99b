package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class HistoryCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhoServedAndWhyAndWhatTheLedgerWasThen() throws Exception {
    SmallFactory factory = SmallFactory.in(folder);
    factory.edit("features: f", "segments: {large: amount >= 40}\nfeatures: f");
    assertThat(factory.run("check").out()).contains("is known once a challenger was judged");
    Ran run = factory.runToTheEnd();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(factory.run("check").out())
        .containsPattern("on `large`, with [0-9]+ positives, the gate sees a loss of 0\\.[0-9]{3}");
    factory.edit("min-positives: 5", "min-positives: 5000");
    assertThat(factory.run("check").out()).contains("no challenger can pass: the gate judged by ");
    factory.edit("min-positives: 5000", "min-positives: 5");
    assertThat(factory.run("flywheel freeze", "--reason", "an audit").exit()).isZero();

    Ran history = factory.run("history");
    assertThat(history.exit()).as(history.err()).isZero();
    List<String> lines = history.out().lines().toList();
    assertThat(lines.getFirst()).startsWith("served ").contains("by factory: the first model");
    assertThat(history.out())
        .containsPattern("(?m)^trained .* champion: logistic on [0-9,]+ observations")
        .containsPattern("(?m)^(passed|held) .* against [0-9a-f]{12}: ")
        .containsPattern("(?m)^frozen .* by .*: an audit$");
    String head = factory.run("ledger head").out().strip();
    assertThat(lines.getLast()).isEqualTo("ledger head " + head);

    String before = run.out().lines().toList().getLast().replace("ledger head: ", "");
    assertThat(before).isNotEqualTo(head);
    assertThat(factory.run("ledger verify", "--head", before).exit()).isZero();
    String another = before.replaceFirst(":.", before.contains(":0") ? ":1" : ":0");
    assertThat(factory.run("ledger verify", "--head", another).exit()).isNotZero();
  }

  @Test
  void printsADossierOfAVersion() throws Exception {
    SmallFactory factory = SmallFactory.in(folder);
    factory.edit(
        "owner: ",
        "tier: high\n  next-review: 2019-01-31\n  validations: [looked through in June]\n  owner: ");
    assertThat(factory.runToTheEnd().exit()).isZero();
    Ran dossier = factory.run("models dossier", "--model", "champion");
    assertThat(dossier.exit()).as(dossier.err()).isZero();
    assertThat(dossier.out())
        .startsWith("# Model dossier: ")
        .contains("- Risk tier: high", "- Next review: 2019-01-31", "looked through in June")
        .contains("- Learner: logistic", "Nobody overrode anything.", "Unchanged since")
        .containsPattern("promoted [0-9a-f]{12}: by factory: the first model")
        .contains("```sql");
    assertThat(factory.run("models list").out()).contains("  champion", "  last resort");
  }

  @Test
  void saysThatThereIsNone() throws Exception {
    assertThat(SmallFactory.in(folder).run("history").exit()).isEqualTo(3);
  }
}
