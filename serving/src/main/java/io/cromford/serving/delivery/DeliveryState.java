package io.cromford.serving.delivery;

import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a target was told, and how that went: all that a restart needs to lose nothing and to say
/// nothing twice.
///
/// @param format 1
/// @param sinceMillis the factory time before which nobody is told of what ended: it ended before
///   anybody listened, or while files were replayed
/// @param told of the alarms that are in the book
/// @param health how it goes
public record DeliveryState(int format, long sinceMillis, List<Told> told, Health health) {
  static final int FORMAT = 1;

  /// Copies the list.
  public DeliveryState {
    told = List.copyOf(told);
  }

  /// How deliveries go.
  ///
  /// @param failures in a row; 0 if the last one went well
  /// @param lastFailure what went wrong last, without the address; empty if nothing ever did
  /// @param lastFailureMillis when, by the wall's clock; 0 if never
  /// @param lastSuccessMillis when something was delivered last; 0 if never
  public record Health(
      long failures, String lastFailure, long lastFailureMillis, long lastSuccessMillis) {
    /// Nothing was tried yet.
    public static final Health UNTRIED = new Health(0, "", 0, 0);

    Health failed(String why, long wallMillis) {
      return new Health(failures + 1, why, wallMillis, lastSuccessMillis);
    }

    Health succeeded(long wallMillis) {
      return new Health(0, lastFailure, lastFailureMillis, wallMillis);
    }
  }

  /// Of a target that was never told anything.
  static DeliveryState first(long sinceMillis) {
    return new DeliveryState(FORMAT, sinceMillis, List.of(), Health.UNTRIED);
  }

  Optional<Told> of(AlarmState alarm) {
    return told.stream().filter(one -> one.isOf(alarm)).findFirst();
  }

  DeliveryState since(long factoryMillis) {
    return new DeliveryState(format, Math.max(sinceMillis, factoryMillis), told, health);
  }

  DeliveryState with(Health other) {
    return new DeliveryState(format, sinceMillis, told, other);
  }

  /// After a target was told.
  DeliveryState told(List<Due> dues, long wallMillis) {
    List<Told> all = new ArrayList<>(told);
    for (Due due : dues) {
      all.removeIf(one -> one.isOf(due.alarm()));
      all.add(Told.of(due, wallMillis));
    }
    return new DeliveryState(format, sinceMillis, all, health.succeeded(wallMillis));
  }

  /// Without what is in the book no more, and without times that a clock set back left in the
  /// future: an alarm would be said again only when they come.
  DeliveryState pruned(AlarmList alarms, long wallMillis) {
    List<Told> kept =
        told.stream()
            .filter(one -> alarms.all().anyMatch(one::isOf))
            .map(one ->
                new Told(
                    one.key(),
                    one.firstMillis(),
                    one.over(),
                    Math.min(one.atMillis(), wallMillis),
                    one.times()))
            .toList();
    return new DeliveryState(format, sinceMillis, kept, health);
  }
}
