package io.cromford.serving;

import io.cromford.flywheel.AlarmState;
import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.WeekRanges;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.monitor.DayFigures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A factory at a glance: what it is for, what came in, who serves, what it was worth, and what a
/// person is needed for.
///
/// @param subject what it is for
/// @param service who serves, who is on the way, what comes next
/// @param sources in the order of the factory file
/// @param weeks what decisions came to
/// @param volume what it takes of the disk
/// @param needs what a person is needed for, the most pressing first
/// @param alarms that are not over, those that somebody knows of included
public record FactoryOverview(
    Subject subject,
    Service service,
    List<Source> sources,
    Weeks weeks,
    Volume volume,
    List<Need> needs,
    List<Standing> alarms) {
  /// Of a factory of which nothing is known.
  public static final FactoryOverview NONE =
      new FactoryOverview(
          new Subject("", "", "", 0),
          new Service(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Revisions.NONE,
              0),
          List.of(),
          Weeks.NONE,
          new Volume(0, 0, 0, -1, -1),
          List.of(),
          List.of());

  /// Copies the lists.
  public FactoryOverview {
    sources = List.copyOf(sources);
    needs = List.copyOf(needs);
    alarms = List.copyOf(alarms);
  }

  /// What it is for.
  ///
  /// @param purpose what its decisions are used for; empty if the factory file does not say
  /// @param currency of the money that it saves, three letters
  /// @param alertsPerDay how many alerts a day people can look at
  public record Subject(String name, String purpose, String currency, int alertsPerDay) {}

  /// Who serves and what comes next.
  ///
  /// @param champion since when, and why; empty before go-live
  /// @param candidate who is on the way; empty if nobody is
  /// @param brake what stops the flywheel; empty if nothing does
  /// @param next the next training; empty if none is planned
  /// @param seen what somebody who wants that otherwise is held to
  /// @param latencyMicros how long a batch of today took from its submission to the disk, on the
  ///   mean; 0 where none was measured, as in a replay
  public record Service(
      Optional<Promotion> champion,
      Optional<Candidate> candidate,
      Optional<Brake> brake,
      Optional<PlannedJob> next,
      Revisions seen,
      double latencyMicros) {}

  /// What a person saw who looked: each changes whenever something of its kind is done.
  ///
  /// @param service of who serves, is on the way or is proposed
  /// @param brake of whether the flywheel is frozen
  /// @param policies of which policies hold or are proposed
  public record Revisions(String service, String brake, String policies) {
    /// Nothing was done.
    public static final Revisions NONE = new Revisions("0", "0", "0");
  }

  /// A model on its way to serve.
  ///
  /// @param stage `shadow` or `canary`
  /// @param until when the stage ends, by the factory's clock
  public record Candidate(String version, String stage, Instant until) {}

  /// What came of a source.
  ///
  /// @param kind `observation`, `label`, `provisional`, or `other` for outcomes that tell neither
  /// @param accepted records in the ledger
  /// @param quarantined records that broke the contract
  /// @param duplicates records that were there before
  /// @param waiting outcomes in quarantine whose observation nobody knows yet
  /// @param today since midnight of the factory's clock
  public record Source(
      String name,
      String kind,
      long accepted,
      long quarantined,
      long duplicates,
      long waiting,
      DayFigures.Source today) {}

  /// What decisions came to.
  ///
  /// @param open weeks that are not mature, in order
  /// @param closed the last of those that are, in order, at most [#MOST]
  /// @param ranges by week, within what its numbers lie; without a week that was not worked out yet
  public record Weeks(
      List<OpenWeek> open, List<WeekSummary> closed, Map<Integer, WeekRanges> ranges) {
    /// The most closed weeks.
    public static final int MOST = 26;

    /// Before the first decision.
    public static final Weeks NONE = new Weeks(List.of(), List.of(), Map.of());

    /// Copies the lists.
    public Weeks {
      open = List.copyOf(open);
      closed = List.copyOf(closed);
      ranges = Map.copyOf(ranges);
    }
  }

  /// What the ledger takes of the disk.
  ///
  /// @param bytes the ledger's length
  /// @param bytesADay how much it grew a day of the factory's clock over the last week; 0 where
  ///   that is not known
  /// @param snapshotAt up to where in it snapshots of the folds were kept last; 0 for none
  /// @param freeBytes what is free where the state lies; -1 where that is not known
  /// @param sizeBytes of that disk; -1 where that is not known
  public record Volume(
      long bytes, long bytesADay, long snapshotAt, long freeBytes, long sizeBytes) {
    /// In how many days the disk is full if the ledger goes on as it does, at least 0; -1 where
    /// that is not known.
    public double daysUntilFull() {
      return freeBytes < 0 || bytesADay <= 0 ? -1 : (double) freeBytes / bytesADay;
    }

    Volume on(long free, long size) {
      return new Volume(bytes, bytesADay, snapshotAt, free, size);
    }
  }

  /// Something that a person is needed for.
  ///
  /// @param kind `service`, `alarm`, `proposal`, `policy`, `outcomes`, `brake`, `quarantine` or
  ///   `disk`
  /// @param severity `critical`, `warning` or `info`
  /// @param text what, in words
  /// @param since since when, by the factory's clock; empty if that is not known
  /// @param key the alarm's, or the version of the model or the policies that is proposed; empty if
  ///   it is about none
  public record Need(
      String kind, String severity, String text, Optional<Instant> since, String key) {}

  /// An alarm that is not over.
  ///
  /// @param state `open`, `acknowledged` or `silenced`
  /// @param severity `critical` or `warning`
  public record Standing(String key, String state, String severity, String summary) {
    static Standing of(AlarmState alarm, AlarmList alarms) {
      return new Standing(
          alarm.key(),
          alarms.word(alarm),
          alarm.last().severity().word(),
          AlarmList.summary(alarm));
    }
  }

  /// The same with what is known of the disk, and what is to be done about it.
  FactoryOverview on(long free, long size) {
    Volume on = volume.on(free, size);
    return new FactoryOverview(subject, service, sources, weeks, on, Needs.with(needs, on), alarms);
  }

  /// The same with what the weeks' numbers lie within.
  FactoryOverview within(Map<Integer, WeekRanges> ranges) {
    return with(new Weeks(weeks.open, weeks.closed, ranges));
  }

  /// The same with the weeks.
  FactoryOverview with(Weeks known) {
    return new FactoryOverview(subject, service, sources, known, volume, needs, alarms);
  }
}
