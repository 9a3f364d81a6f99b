package io.cromford.serving;

import io.cromford.flywheel.Alarm;
import io.cromford.flywheel.AlarmState;
import io.cromford.serving.FactoryOverview.Need;
import io.cromford.serving.FactoryOverview.Volume;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a person is needed for, in words.
final class Needs {
  private static final String CRITICAL = "critical";
  private static final String WARNING = "warning";
  private static final String INFO = "info";
  private static final List<String> ORDER = List.of(CRITICAL, WARNING, INFO);

  /// A disk that is full within so many days is to be seen to.
  private static final double SOON_DAYS = 14;

  private static final double AT_ONCE_DAYS = 2;

  private Needs() {}

  /// @param models who serves, and what is proposed
  /// @param alarms as they stand
  static List<Need> of(FactoryState state, ModelHistory models, AlarmList alarms) {
    List<Need> needs = new ArrayList<>();
    alarms.book().open().stream()
        .filter(alarm -> alarms.word(alarm).equals("open"))
        .forEach(alarm -> needs.add(need(alarm)));
    models.proposed().ifPresent(proposal -> needs.add(need(proposal)));
    state.policyBook().proposal().ifPresent(proposal -> needs.add(need(proposal)));
    incomplete(state.books()).ifPresent(needs::add);
    models.brake().ifPresent(brake -> needs.add(need(brake)));
    quarantined(state.books()).ifPresent(needs::add);
    return inOrder(needs);
  }

  private static List<Need> inOrder(List<Need> needs) {
    needs.sort(Comparator.comparingInt(need -> ORDER.indexOf(need.severity())));
    return needs;
  }

  private static Need need(AlarmState alarm) {
    return new Need(
        "alarm",
        alarm.last().severity() == Alarm.Severity.CRITICAL ? CRITICAL : WARNING,
        capital(AlarmList.summary(alarm))
            + ": "
            + alarm.last().message().lines().findFirst().orElse(""),
        Optional.of(Instant.ofEpochMilli(alarm.firstMillis())),
        alarm.key());
  }

  private static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static Need need(ModelHistory.Proposal proposal) {
    return new Need(
        "proposal",
        WARNING,
        "Model %.12s waits for a person to promote it, proposed by %s: %s"
            .formatted(proposal.model(), proposal.by(), proposal.reason()),
        Optional.of(proposal.at()),
        proposal.model());
  }

  private static Need need(Control.PolicyProposed proposal) {
    return new Need(
        "policy",
        WARNING,
        "%s waits for another person to approve it, proposed by %s: %s"
            .formatted(proposal.to().words(proposal.from()), proposal.by(), proposal.reason()),
        Optional.of(Instant.ofEpochMilli(proposal.atMillis())),
        proposal.version());
  }

  private static Need need(Brake brake) {
    return new Need(
        "brake",
        INFO,
        "The flywheel is frozen by %s: %s".formatted(brake.by(), brake.reason()),
        Optional.of(brake.since()),
        "");
  }

  private static Optional<Need> incomplete(Books books) {
    List<Long> days = books.maturity().judge(books.clock()).incompleteDays();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    LocalDate first = LocalDate.ofEpochDay(days.getFirst());
    LocalDate last = LocalDate.ofEpochDay(days.getLast());
    return Optional.of(
        new Need(
            "outcomes",
            WARNING,
            days.size() == 1
                ? "%s lacks its outcomes: nothing is learnt of it".formatted(first)
                : "%d days from %s to %s lack their outcomes: nothing is learnt of them"
                    .formatted(days.size(), first, last),
            Optional.of(Instant.ofEpochSecond(first.toEpochDay() * 86_400)),
            ""));
  }

  private static Optional<Need> quarantined(Books books) {
    long records = 0;
    List<String> sources = new ArrayList<>();
    for (SourceBook source : books.sources()) {
      long here = source.counts().quarantined();
      records += here;
      if (here > 0) {
        sources.add(source.name());
      }
    }
    return records == 0
        ? Optional.empty()
        : Optional.of(
            new Need(
                "quarantine",
                INFO,
                String.format(
                    Locale.ROOT,
                    "%,d records of %s broke their contract and lie in quarantine",
                    records,
                    String.join(", ", sources)),
                Optional.empty(),
                ""));
  }

  /// What is needed with a disk that fills up.
  static List<Need> with(List<Need> needs, Volume volume) {
    double days = volume.daysUntilFull();
    if (days < 0 || days > SOON_DAYS) {
      return needs;
    }
    List<Need> more = new ArrayList<>(needs);
    more.add(
        new Need(
            "disk",
            days <= AT_ONCE_DAYS ? CRITICAL : WARNING,
            String.format(
                Locale.ROOT,
                "The disk is full in %.1f days if the ledger goes on as it does",
                days),
            Optional.empty(),
            ""));
    return inOrder(more);
  }
}
