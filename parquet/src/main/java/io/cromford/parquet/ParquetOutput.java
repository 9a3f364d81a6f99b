package io.cromford.parquet;

import io.cromford.core.Column;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/// A Parquet file being written: row by row, or in batches column by column.
///
/// Rows are gathered until a row group is full, at most 32 MB of numbers and 16 MB of distinct
/// texts, and then encoded and compressed with zstd: memory does not depend on the number of rows.
/// The file appears under its name when [#finish] has returned; until then it lies beside it as
/// `NAME.partial`, and is deleted if [#close] comes first.
///
/// Timestamps are written as milliseconds without a zone, and are UTC. Not for threads.
public final class ParquetOutput implements AutoCloseable {
  private static final int GROUP_BYTES = 32 << 20;
  private static final int LEAST_ROWS = 1 << 12;
  private static final int MOST_ROWS = 1 << 17;
  private static final int TEXT_BYTES = 16 << 20;

  private final Path file;
  private final Path partial;
  private final int groupRows;
  private final ColumnBuffer[] columns;
  private final MessageType schema;
  private final PageEncoder encoder;
  private final Zstandard compressor = new Zstandard();
  private final ParquetFileWriter writer;
  private int rows;
  private int groups;
  private boolean finished;

  private ParquetOutput(Path file, List<Column> columns) throws IOException {
    this.file = file;
    this.partial = file.resolveSibling(file.getFileName() + ".partial");
    int fitting = GROUP_BYTES / (Long.BYTES * columns.size());
    this.groupRows = Math.clamp(fitting, LEAST_ROWS, MOST_ROWS);
    this.columns =
        columns.stream().map(c -> new ColumnBuffer(c, groupRows)).toArray(ColumnBuffer[]::new);
    this.schema = ParquetTypes.message(columns);
    this.encoder = new PageEncoder(groupRows);
    this.writer =
        new ParquetFileWriter(
            new LocalOutputFile(partial),
            schema,
            ParquetFileWriter.Mode.OVERWRITE,
            GROUP_BYTES,
            0,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            true);
    writer.start();
  }

  /// A file of these columns, empty so far.
  ///
  /// @param file what it will be called; a file of that name is replaced at the end
  /// @param columns at least one; a double that is not a number is NULL in a nullable column
  /// @throws CromfordException with the code `STORAGE` if it cannot be written
  public static ParquetOutput create(Path file, List<Column> columns) {
    try {
      return new ParquetOutput(file, columns);
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  /// Adds a row of the same columns.
  ///
  /// @throws CromfordException with the code `STORAGE` if the file cannot be written
  public void write(Row row) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].add(row, i);
    }
    endRows(1);
  }

  /// Adds the slots of a column of a batch, which [#endRows] must end; none is NULL.
  ///
  /// @param slots values as they lie in a [Row]'s slots
  /// @param from where the first lies
  /// @param step from one to the next
  /// @param count at most [#room]
  public void slots(int column, long[] slots, int from, int step, int count) {
    columns[column].add(slots, from, step, count);
  }

  /// Adds the doubles of a column of a batch, which [#endRows] must end.
  ///
  /// @param values NaN for NULL if the column is nullable
  /// @param from where the first lies
  /// @param step from one to the next
  /// @param count at most [#room]
  public void doubles(int column, double[] values, int from, int step, int count) {
    columns[column].add(values, from, step, count);
  }

  /// How many rows the next batch can have, at least 1.
  public int room() {
    return groupRows - rows;
  }

  /// Ends a batch to which every column has added as many values.
  ///
  /// @throws CromfordException with the code `STORAGE` if the file cannot be written
  public void endRows(int count) {
    rows += count;
    long texts = 0;
    for (ColumnBuffer column : columns) {
      if (column.size() != rows) {
        throw new IllegalStateException(
            "column %s has %d values in %d rows".formatted(column.name(), column.size(), rows));
      }
      texts += column.textBytes();
    }
    if (rows == groupRows || texts >= TEXT_BYTES) {
      writeGroup();
    }
  }

  /// Writes what is left, and gives the file its name.
  ///
  /// @throws CromfordException with the code `STORAGE` if it cannot be written
  public void finish() {
    try {
      if (rows > 0) {
        writeGroup();
      }
      writer.end(Map.of());
      writer.close();
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      finished = true;
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  @Override
  public void close() {
    compressor.release();
    if (finished) {
      return;
    }
    try {
      writer.close();
      Files.deleteIfExists(partial);
    } catch (IOException failure) {
      throw storage(file, failure);
    }
  }

  private void writeGroup() {
    try (ColumnChunkPageWriteStore store =
        ColumnChunkPageWriteStore.builder()
            .withCompressorProvider(_ -> compressor)
            .withSchema(schema)
            .withAllocator(HeapByteBufferAllocator.getInstance())
            .withRowGroupOrdinal(groups)
            .build()) {
      for (int i = 0; i < columns.length; i++) {
        encoder.encode(columns[i], store.getPageWriter(schema.getColumns().get(i)));
        columns[i].clear();
      }
      writer.startBlock(rows);
      store.flushToFileWriter(writer);
      writer.endBlock();
    } catch (IOException failure) {
      throw storage(file, failure);
    }
    groups++;
    rows = 0;
  }

  private static CromfordException storage(Path file, IOException failure) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s cannot be written: %s\nMaybe the disk is full, or the folder is not writable."
            .formatted(file, failure.getMessage()),
        failure);
  }
}
