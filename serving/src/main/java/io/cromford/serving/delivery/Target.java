package io.cromford.serving.delivery;

import io.cromford.serving.AlarmList;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Who is told of alarms, and in which form.
interface Target {
  /// Its name, such as `webhook`: of its file and its metrics.
  String name();

  /// When it is told what.
  DeliveryRule rule();

  /// What is sent to it.
  ///
  /// @param due at least one
  /// @param letter as of [Letter]
  List<Parcel> parcels(List<Due> due, Letter letter);

  /// One request.
  ///
  /// @param due what it says
  /// @param body JSON
  record Parcel(List<Due> due, URI url, Map<String, String> headers, String body) {}

  /// What every letter says.
  ///
  /// @param factory the factory's name
  /// @param alarms gives the link of an alarm
  /// @param sent when it is sent, by the wall's clock
  record Letter(String factory, AlarmList alarms, Instant sent) {}
}
