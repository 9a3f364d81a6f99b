package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.serving.Factory;
import org.jspecify.annotations.Nullable;

/// What lies in files and arrives only after their last observation: handed in when the factory's
/// running clock reaches it.
final class LateArrivals implements Runnable {
  private static final System.Logger LOG = System.getLogger(LateArrivals.class.getName());

  private final Factory factory;
  private final ArrivalStream arrivals;
  private @Nullable Arrived next;

  /// @param next the first of them; null if there are none
  LateArrivals(Factory factory, ArrivalStream arrivals, @Nullable Arrived next) {
    this.factory = factory;
    this.arrivals = arrivals;
    this.next = next;
  }

  /// Hands in what is due; what the disk has no room for is tried again the next time.
  @Override
  public void run() {
    try {
      while (next != null && factory.takeIfDue(next)) {
        next = factory.next(arrivals);
      }
    } catch (CromfordException e) {
      if (e.code().category() != ErrorCode.Category.RESOURCE) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "outcomes wait: {0}", e.code());
    }
  }
}
