package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.WeekSample;
import io.cromford.flywheel.WeekSample.Wrong;
import io.cromford.model.Model;
import io.cromford.serving.DecisionView.Field;
import io.cromford.serving.MissedView.Case;
import io.cromford.serving.MissedView.Pull;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a week's decisions got wrong and why, for whoever asks: some twenty decisions are read on
/// the owning thread, and explained on the caller's.
final class MissedInsight {
  private static final int MOST_CASES = 10;
  private static final int MOST_PULLS = 3;

  private final Folds folds;
  private final Owner owner;
  private final ModelShelf shelf;
  private final String currency;

  MissedInsight(Folds folds, Owner owner, ModelShelf shelf, String currency) {
    this.folds = folds;
    this.owner = owner;
    this.shelf = shelf;
    this.currency = currency;
  }

  /// Looks at a week.
  ///
  /// @param sample absent where there is none
  /// @param number the week that was asked for; 0 for none
  /// @throws CromfordException NOT_FOUND if that week has no decisions, or they are not kept
  MissedView of(Optional<WeekSample> sample, int number) {
    if (sample.isEmpty() && number > 0) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "there are no decisions of week %d.\nMaybe it is still to come, or too long ago: GET /v1/weeks lists them."
              .formatted(number));
    }
    return sample.map(this::of).orElse(MissedView.NONE);
  }

  private MissedView of(WeekSample week) {
    return new MissedView(
        new MissedView.Week(
            week.number(), week.fromMillis(), week.untilMillis(), week.isClosed(), currency),
        week.missed(),
        cases(week.missed(MOST_CASES)),
        week.disturbed(),
        cases(week.falseAlerts(MOST_CASES)));
  }

  /// What is read of a decision.
  private record Read(Wrong wrong, DecisionView view) {}

  private List<Case> cases(List<Wrong> wrong) {
    List<Read> read =
        owner.look(() -> {
          folds.require();
          Archive archive = new Archive(folds.ledger(), folds.state(), folds.requireViews());
          List<Read> all = new ArrayList<>();
          for (Wrong one : wrong) {
            read(archive, one).ifPresent(all::add);
          }
          return all;
        });
    return read.stream().map(this::explained).toList();
  }

  private Optional<Read> read(Archive archive, Wrong wrong) {
    return archive.view(Math.toIntExact(wrong.ordinal())).map(view -> new Read(wrong, view));
  }

  private static float[] values(List<Field> features) {
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      String json = features.get(i).json();
      values[i] = json.equals("null") ? Float.NaN : (float) Double.parseDouble(json);
    }
    return values;
  }

  private Case explained(Read read) {
    List<Pull> pulls = pulls(read.view);
    return new Case(
        read.view.decision(),
        read.wrong.atMillis(),
        read.wrong.amount(),
        loudest(pulls, 1),
        loudest(pulls, -1),
        read.view.event());
  }

  /// None where the features' view is not computed any more.
  private List<Pull> pulls(DecisionView view) {
    Model model = shelf.model(view.decision().model());
    List<Field> features = view.features();
    if (features.size() != model.features()) {
      return List.of();
    }
    double[] contributions = model.contributions(values(features));
    return IntStream.range(0, features.size())
        .mapToObj(i -> new Pull(features.get(i).name(), features.get(i).json(), contributions[i]))
        .toList();
  }

  private static List<Pull> loudest(List<Pull> pulls, int sign) {
    return pulls.stream()
        .filter(pull -> sign * pull.contribution() > 0)
        .sorted(Comparator.comparingDouble((Pull pull) -> -sign * pull.contribution()))
        .limit(MOST_PULLS)
        .toList();
  }
}
