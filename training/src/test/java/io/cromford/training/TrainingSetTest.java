package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingSetTest {
  private static final int ROWS = 3 * TrainingSet.CHUNK_ROWS + 17;

  @Test
  void keepsRowsAcrossChunks() {
    TrainingSet rows = numbered();
    assertThat(rows.size()).isEqualTo(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertThat(rows.value(row, 1)).isEqualTo(row);
      assertThat(rows.id(row)).isEqualTo(row);
    }
    assertThat(rows.positives()).isEqualTo((ROWS + 4) / 5);
  }

  @Test
  void viewsComposeWithoutCopies() {
    TrainingSet even = numbered().select(row -> row % 2 == 0);
    TrainingSet middle = even.rows(100, 5000).between(1000, 2000);
    assertThat(middle.size()).isEqualTo(500);
    assertThat(middle.id(0)).isEqualTo(1000);
    float[] copy = new float[5];
    middle.copyRow(1, copy, 2);
    assertThat(copy).containsExactly(0, 0, Float.NaN, 1002, 3);
    assertThat(middle.select(_ -> false).size()).isZero();
  }

  @Test
  void narrowsDoubles() {
    TrainingSet rows =
        TrainingSet.builder(List.of("a"))
            .add(new TrainingSet.Facts(1, 2, 3, 4.5, true), new double[] {9, 0.1}, 1)
            .build();
    assertThat(rows.value(0, 0)).isEqualTo(0.1f);
    assertThat(rows.entity(0)).isEqualTo(2);
    assertThat(rows.amount(0)).isEqualTo(4.5);
  }

  @Test
  void refusesRowsOutside() {
    TrainingSet rows = numbered().rows(10, 20);
    assertThatThrownBy(() -> rows.value(10, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.rows(5, 11)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static TrainingSet numbered() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("missing", "row", "three"));
    for (int row = 0; row < ROWS; row++) {
      builder.add(
          new TrainingSet.Facts(row, row % 7, row, row, row % 5 == 0),
          new float[] {Float.NaN, row, 3},
          0);
    }
    return builder.build();
  }
}
