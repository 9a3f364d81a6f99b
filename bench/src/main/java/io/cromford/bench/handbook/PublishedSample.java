package io.cromford.bench.handbook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// The study's own features of a sample of the payments, where they lie beside the data.
final class PublishedSample {
  private static final String NAME = "features_published_sample.csv.gz";
  private static final int AMOUNT_COLUMN = 4;
  private static final int FIRST_FEATURE_COLUMN = 9;

  /// Their averages are sums of doubles in another order.
  private static final double RELATIVE = 1e-9;

  private PublishedSample() {}

  /// Compares each row of the sample.
  ///
  /// @param file the data file
  /// @return empty if there is no sample beside it
  static Optional<Comparison> compare(Path file, HandbookData data, FeatureTable ours)
      throws IOException {
    Path sample = file.resolveSibling(NAME);
    if (!Files.exists(sample)) {
      return Optional.empty();
    }
    ComparisonTally tally =
        new ComparisonTally(
            ours,
            (_, own, other) -> Math.abs(own - other) <= RELATIVE * Math.max(1, Math.abs(other)));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(sample)), StandardCharsets.US_ASCII))) {
      lines.readLine();
      int row = 0;
      double[] theirs = new double[ours.names().size()];
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",");
        long id = Long.parseLong(fields[0]);
        while (data.id(row) != id) {
          row++;
        }
        theirs[0] = Math.round(100 * Double.parseDouble(fields[AMOUNT_COLUMN])) / 100.0;
        for (int feature = 1; feature < theirs.length; feature++) {
          theirs[feature] = Double.parseDouble(fields[FIRST_FEATURE_COLUMN + feature - 1]);
        }
        tally.add(id, row, theirs);
      }
    }
    return Optional.of(tally.result());
  }
}
