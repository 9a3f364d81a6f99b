package io.cromford.serving;

import io.cromford.core.CromfordException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is known of the folds for whoever looks on, without holding up the owning thread: looks are
/// taken at most for a small share of its time, however many ask, and while that thread is busy the
/// last one is answered. Any thread may ask.
///
/// @param <T> an immutable value
final class Glance<T> {
  private static final long PATIENCE_MILLIS = 250;

  private final Owner owner;
  private final Supplier<T> look;
  private final long sparing;
  private volatile T last;
  private volatile long nextNanos;
  private @Nullable CountDownLatch pending;

  /// A glance whose first look is taken here and now.
  ///
  /// @param look is called on the owning thread
  /// @param sparing a look that took so long is not taken again for this many times as long
  Glance(Owner owner, Supplier<T> look, long sparing) {
    this.owner = owner;
    this.look = look;
    this.sparing = sparing;
    this.last = look.get();
    this.nextNanos = System.nanoTime();
  }

  /// The next who asks gets another look, however little time has passed: something was done that
  /// people look for.
  void renew() {
    nextNanos = System.nanoTime();
  }

  /// The latest that can be had within a quarter of a second.
  T get() {
    if (System.nanoTime() - nextNanos >= 0) {
      try {
        boolean _ = renewal().await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return last;
  }

  /// A look that somebody has asked for, or now does.
  private synchronized CountDownLatch renewal() {
    CountDownLatch waiting = pending;
    if (waiting == null) {
      waiting = new CountDownLatch(1);
      if (owner.offer(new Look(waiting))) {
        pending = waiting;
      } else {
        waiting.countDown();
      }
    }
    return waiting;
  }

  private synchronized void renewed(CountDownLatch waiting) {
    pending = null;
    waiting.countDown();
  }

  private final class Look implements Owner.Task {
    private final CountDownLatch waiting;

    Look(CountDownLatch waiting) {
      this.waiting = waiting;
    }

    /// What fails here is not the folds' fault, and must not have them made again.
    @Override
    public void run() {
      long start = System.nanoTime();
      try {
        last = look.get();
      } catch (RuntimeException e) {
        System.getLogger(Glance.class.getName())
            .log(System.Logger.Level.WARNING, "a look at the folds failed: {0}", Trace.of(e));
      }
      long end = System.nanoTime();
      nextNanos = end + sparing * (end - start);
    }

    @Override
    public void answer(@Nullable CromfordException failure) {
      renewed(waiting);
    }
  }
}
