package io.cromford.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The metrics as their definitions read, without a thought for speed.
final class NaiveMetrics {
  private NaiveMetrics() {}

  /// The share of right pairs, a tie counting half.
  static double rocAuc(Scored rows) {
    double right = 0;
    long pairs = 0;
    for (int a = 0; a < rows.size(); a++) {
      for (int b = 0; b < rows.size(); b++) {
        if (rows.positive(a) && !rows.positive(b)) {
          pairs++;
          right += rows.score(a) > rows.score(b) ? 1 : rows.score(a) == rows.score(b) ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : right / pairs;
  }

  /// For each positive the precision among all rows that score at least as high, averaged.
  static double averagePrecision(Scored rows) {
    double sum = 0;
    int positives = 0;
    for (int a = 0; a < rows.size(); a++) {
      if (rows.positive(a)) {
        int all = 0;
        int hits = 0;
        for (int b = 0; b < rows.size(); b++) {
          if (rows.score(b) >= rows.score(a)) {
            all++;
            hits += rows.positive(b) ? 1 : 0;
          }
        }
        sum += (double) hits / all;
        positives++;
      }
    }
    return positives == 0 ? Double.NaN : sum / positives;
  }

  /// Card precision at k as SOURCE's text reads.
  static double cardPrecision(Scored rows, int k) {
    TreeMap<Long, List<Integer>> byDay = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      byDay.computeIfAbsent(rows.day(row), _ -> new ArrayList<>()).add(row);
    }
    Set<Long> found = new HashSet<>();
    double sum = 0;
    for (List<Integer> day : byDay.values()) {
      sum += dayPrecision(rows, day, found, k);
    }
    return sum / byDay.size();
  }

  private static double dayPrecision(Scored rows, List<Integer> day, Set<Long> found, int k) {
    Map<Long, Float> highest = new HashMap<>();
    Set<Long> frauds = new HashSet<>();
    for (int row : day) {
      if (!found.contains(rows.entity(row))) {
        highest.merge(rows.entity(row), rows.score(row), Math::max);
        if (rows.positive(row)) {
          frauds.add(rows.entity(row));
        }
      }
    }
    List<Long> top =
        highest.keySet().stream()
            .sorted((a, b) -> {
              int order = Float.compare(highest.get(b), highest.get(a));
              return order != 0 ? order : Long.compare(a, b);
            })
            .limit(k)
            .filter(frauds::contains)
            .toList();
    found.addAll(top);
    return (double) top.size() / k;
  }
}
