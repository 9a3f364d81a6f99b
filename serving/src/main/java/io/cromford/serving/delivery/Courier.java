package io.cromford.serving.delivery;

import io.cromford.serving.AlarmList;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Tells one target of the alarms: looks where they stand, sends what it was not told, and keeps in
/// a file what it was. At least once: what was sent when the process died is sent again, with the
/// same id. One thread calls [#pass]; any may ask for [#health] and what is [#pending].
final class Courier {
  private static final System.Logger LOG = System.getLogger(Courier.class.getName());

  private final String factory;
  private final Target target;
  private final DeliveryFile file;
  private final Supplier<AlarmList> alarms;
  private final Wire wire;
  private final Times times;
  private final AtomicLong failures = new AtomicLong();
  private volatile DeliveryState state;
  private volatile int pending;
  private boolean isNew;
  private boolean isSaved = true;
  private long nextTryNanos;
  private long seenMillis = Long.MIN_VALUE;
  private long seenNanos;

  /// What time it is, and chance.
  ///
  /// @param wall the wall's clock
  /// @param nanos runs evenly, from anywhere
  /// @param chance in [0, 1)
  record Times(Supplier<Instant> wall, Supplier<Long> nanos, Supplier<Double> chance) {}

  Courier(
      String factory,
      Target target,
      DeliveryFile file,
      Supplier<AlarmList> alarms,
      Wire wire,
      Times times) {
    this.factory = factory;
    this.target = target;
    this.file = file;
    this.alarms = alarms;
    this.wire = wire;
    this.times = times;
    Optional<DeliveryState> saved = file.read();
    this.isNew = saved.isEmpty();
    this.state = saved.orElseGet(() -> DeliveryState.first(0));
    this.nextTryNanos = times.nanos().get();
  }

  Target target() {
    return target;
  }

  /// How it goes.
  DeliveryState.Health health() {
    return state.health();
  }

  /// What the target has not been told yet.
  int pending() {
    return pending;
  }

  /// Deliveries that failed since the process started.
  long failures() {
    return failures.get();
  }

  /// Looks once, and sends what is due. While files are replayed nobody is told anything.
  ///
  /// @throws InterruptedException if the thread is
  void pass() throws InterruptedException {
    AlarmList now = look();
    long factoryMillis = now.atMillis() + (times.nanos().get() - seenNanos) / 1_000_000;
    if (now.isReplaying() || isNew) {
      listenFrom(now.atMillis());
    }
    if (now.isReplaying()) {
      return;
    }
    long wallMillis = times.wall().get().toEpochMilli();
    DeliveryState before = state;
    state = before.pruned(now, wallMillis);
    isSaved &= state.equals(before);
    List<Due> due = target.rule().due(now, state, factoryMillis, wallMillis);
    pending = due.size();
    if (!due.isEmpty() && times.nanos().get() - nextTryNanos >= 0) {
      send(due, now);
    }
    if (!isSaved) {
      save();
    }
  }

  /// The alarms; between two of the factory's commits its clock runs on from the first.
  private AlarmList look() {
    AlarmList now = alarms.get();
    if (now.atMillis() != seenMillis) {
      seenMillis = now.atMillis();
      seenNanos = times.nanos().get();
    }
    return now;
  }

  /// What ends before a moment is not told. Kept once a day of the factory's, since a replay is
  /// quick.
  private void listenFrom(long factoryMillis) {
    long before = state.sinceMillis();
    state = state.since(factoryMillis);
    if (isNew || state.sinceMillis() - before >= Duration.ofDays(1).toMillis()) {
      save();
    }
    isNew = false;
    isSaved &= state.sinceMillis() == before;
  }

  private void send(List<Due> due, AlarmList now) throws InterruptedException {
    Target.Letter letter = new Target.Letter(factory, now, times.wall().get());
    boolean well = true;
    int waiting = due.size();
    for (Target.Parcel parcel : target.parcels(due, letter)) {
      Optional<Wire.Failure> failure = wire.send(parcel);
      isSaved = false;
      if (failure.isEmpty()) {
        state = state.told(parcel.due(), times.wall().get().toEpochMilli());
        waiting -= parcel.due().size();
        pending = waiting;
        save();
        continue;
      }
      well = false;
      failed(failure.get());
      if (!failure.get().goesOn()) {
        break;
      }
    }
    if (!well) {
      Duration wait = Backoff.after(Math.max(1, state.health().failures()), times.chance().get());
      nextTryNanos = times.nanos().get() + wait.toNanos();
    }
  }

  /// Said once in a row of failures.
  private void failed(Wire.Failure failure) {
    failures.incrementAndGet();
    if (state.health().failures() == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "alarms cannot be delivered to the {0}: {1}; it is tried again",
          target.name(),
          failure.why());
    }
    state = state.with(state.health().failed(failure.why(), times.wall().get().toEpochMilli()));
  }

  /// What cannot be written is tried again with the next pass.
  void save() {
    try {
      file.write(state);
      isSaved = true;
    } catch (IOException e) {
      isSaved = false;
      LOG.log(
          System.Logger.Level.WARNING,
          "what the {0} was told is not on disk yet: {1}",
          target.name(),
          e.getClass().getSimpleName());
    }
  }
}
