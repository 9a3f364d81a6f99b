package io.cromford.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  @Test
  void decodesWhatItEncoded() {
    Cases.check(
        500,
        random -> {
          Schema schema = schema(random);
          Row row = row(schema, random);
          Row back = new Row(schema);
          new RowCodec(schema).decode(new RowCodec(schema).encode(row), back);
          assertThat(back.sameAs(row)).as("%s and %s", row, back).isTrue();
        });
  }

  @Test
  void refusesBytesThatAreCutOff() {
    Schema schema = Schema.of(new Column("name", ColumnType.VARCHAR, false));
    Row row = new Row(schema);
    row.setText(0, "Arkwright");
    var bytes = new RowCodec(schema).encode(row);
    bytes.limit(bytes.limit() - 1);
    assertThatThrownBy(() -> new RowCodec(schema).decode(bytes, new Row(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cut off");
  }

  private static Schema schema(SplittableRandom random) {
    List<ColumnType> types =
        List.of(
            ColumnType.BIGINT,
            ColumnType.DOUBLE,
            ColumnType.BOOLEAN,
            ColumnType.TIMESTAMP,
            ColumnType.VARCHAR,
            ColumnType.decimal(10, 2));
    List<Column> columns = new ArrayList<>();
    int count = random.nextInt(1, Schema.MAX_COLUMNS + 1);
    for (int i = 0; i < count; i++) {
      columns.add(new Column("c" + i, types.get(random.nextInt(types.size())), true));
    }
    return new Schema(columns);
  }

  private static Row row(Schema schema, SplittableRandom random) {
    Row row = new Row(schema);
    for (int i = 0; i < schema.size(); i++) {
      if (random.nextInt(4) == 0) {
        continue;
      }
      if (schema.column(i).type().kind() == ColumnType.Kind.VARCHAR) {
        row.setText(i, "é".repeat(random.nextInt(5)));
      } else {
        row.setSlot(i, random.nextLong());
      }
    }
    return row;
  }
}
