package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the gate has been able to see so far: how many positives it judged by, and how small a loss
/// on a segment it would have seen. A fold over a factory's judgements.
///
/// @param judgements how many challengers were judged
/// @param mostPositives the most positives that one was judged by
/// @param segments in the order of their names
public record GatePower(int judgements, int mostPositives, List<OnSegment> segments) {
  /// Copies the list.
  public GatePower {
    segments = List.copyOf(segments);
  }

  /// What it could see on a segment, in the median of its judgements.
  ///
  /// @param positives how many it judged by
  /// @param detectable the smallest loss of average precision that it would have seen, with a power
  ///   of 80 %; NaN if it never had a positive
  public record OnSegment(String segment, int positives, double detectable) {}

  /// Reads it beside a running factory or without one; a factory that never ran has judged nothing.
  public static GatePower of(Path stateFolder) {
    List<Control.Judged> judged = new ArrayList<>();
    try {
      Control.forEach(
          stateFolder,
          (_, control) -> {
            if (control instanceof Control.Judged one) {
              judged.add(one);
            }
          });
    } catch (CromfordException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    }
    return of(judged);
  }

  static GatePower of(List<Control.Judged> judged) {
    Map<String, List<Control.OnSegment>> bySegment = new TreeMap<>();
    for (Control.Judged one : judged) {
      one.segments()
          .forEach(on -> bySegment.computeIfAbsent(on.segment(), _ -> new ArrayList<>()).add(on));
    }
    return new GatePower(
        judged.size(),
        judged.stream().mapToInt(Control.Judged::positives).max().orElse(0),
        bySegment.entrySet().stream()
            .map(entry -> onSegment(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static OnSegment onSegment(String segment, List<Control.OnSegment> all) {
    double[] losses =
        all.stream()
            .flatMap(on -> Stream.ofNullable(on.detectable()))
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int[] positives = all.stream().mapToInt(Control.OnSegment::positives).sorted().toArray();
    return new OnSegment(
        segment,
        positives[positives.length / 2],
        losses.length == 0 ? Double.NaN : losses[losses.length / 2]);
  }
}
