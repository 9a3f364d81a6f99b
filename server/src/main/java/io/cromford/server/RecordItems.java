package io.cromford.server;

import io.cromford.intake.RawRecord;
import io.cromford.serving.Submission;
import tools.jackson.core.JsonParser;

/// Reads items that are records of one source.
///
/// @param reader the source
record RecordItems(Sources.Reader reader) implements ItemReader {
  @Override
  public void read(byte[] body, JsonParser parser, Batch batch) {
    RawRecord record = new RawRecord(reader.source().schema());
    reader.json().read(parser, record);
    batch.add(new Submission(reader.source().name(), record, null));
  }
}
