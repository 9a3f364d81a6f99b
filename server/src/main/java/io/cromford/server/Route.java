package io.cromford.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What can be asked for. `/openapi.json` describes the same list.
enum Route {
  /// Decides on observations.
  DECIDE("POST", "/v1/decisions"),
  /// Takes outcomes in.
  JUDGE("POST", "/v1/outcomes"),
  /// Takes records of any source in, in one order.
  RECORDS("POST", "/v1/records"),
  /// Rebuilds a decision.
  DECISION("GET", "/v1/decisions/{id}"),
  /// The factory at a glance.
  FACTORY("GET", "/v1/factory"),
  /// How it is, second by second.
  STREAM("GET", "/v1/stream"),
  /// What was done to it.
  HISTORY("GET", "/v1/history"),
  /// What was out of the usual, and what came of it.
  STORY("GET", "/v1/story"),
  /// Searches for decisions.
  SEARCH("POST", "/v1/decisions/search"),
  /// Begins a search through all decisions.
  SEARCH_ALL("POST", "/v1/decisions/searches"),
  /// How such a search stands, and what it found.
  SEARCHED("GET", "/v1/decisions/searches/{id}"),
  /// A decision among others on the same entity.
  DECISION_HISTORY("GET", "/v1/decisions/{id}/history"),
  /// A decision that is made again, and compared.
  DECISION_REBUILT("GET", "/v1/decisions/{id}/rebuilt"),
  /// The alerts of the last days as work.
  WORK("GET", "/v1/work"),
  /// What long work runs beside the serving, and what comes next.
  JOBS("GET", "/v1/jobs"),
  /// What a person should look at.
  ALARMS("GET", "/v1/alarms"),
  /// How the monitors stand.
  MONITORS("GET", "/v1/monitors"),
  /// What the weeks came to.
  WEEKS("GET", "/v1/weeks"),
  /// What a week's decisions got wrong.
  MISSED("GET", "/v1/missed"),
  /// What other numbers of alerts a day would have come to.
  WHAT_IF("GET", "/v1/what-if"),
  /// Which policies hold, and what is proposed.
  POLICIES("GET", "/v1/policies"),
  /// How the model versions stand.
  MODELS("GET", "/v1/models"),
  /// All that is on record of a model version.
  MODEL("GET", "/v1/models/{id}"),
  /// The features, and how their values lie.
  FEATURES("GET", "/v1/features"),
  /// What broke its contract.
  QUARANTINE("GET", "/v1/quarantine"),
  /// One record that broke its contract.
  QUARANTINED("GET", "/v1/quarantine/{id}"),
  /// Whether the process lives.
  LIVE("GET", "/health/live"),
  /// Whether decisions are answered.
  READY("GET", "/health/ready"),
  /// Prometheus.
  METRICS("GET", "/metrics"),
  /// This list.
  OPENAPI("GET", "/openapi.json");

  private static final String ID = "{id}";

  private final String method;
  private final String path;

  Route(String method, String path) {
    this.method = method;
    this.path = path;
  }

  String method() {
    return method;
  }

  /// The path; `{id}` stands for anything without a slash.
  String path() {
    return path;
  }

  /// The routes of a path, whatever their method.
  static List<Route> ofPath(String path) {
    return Arrays.stream(values()).filter(route -> route.matches(path)).toList();
  }

  /// The route of a method among those of a path.
  static Optional<Route> ofMethod(List<Route> routes, String method) {
    return routes.stream().filter(route -> route.method.equals(method)).findFirst();
  }

  private boolean matches(String asked) {
    int prefix = path.indexOf(ID);
    if (prefix < 0) {
      return path.equals(asked);
    }
    String suffix = suffix();
    int end = asked.length() - suffix.length();
    return end > prefix
        && asked.startsWith(path.substring(0, prefix))
        && asked.endsWith(suffix)
        && asked.substring(prefix, end).indexOf('/') < 0;
  }

  private String suffix() {
    return path.substring(path.indexOf(ID) + ID.length());
  }

  /// What stands for `{id}` in a path that matches.
  String id(String asked) {
    return asked.substring(path.indexOf(ID), asked.length() - suffix().length());
  }

  /// The text of a part of a path; empty if it is none.
  static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
