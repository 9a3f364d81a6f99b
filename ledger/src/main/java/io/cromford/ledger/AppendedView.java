package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;

/// What is committed and what was appended since; for the writer's thread only.
record AppendedView(SegmentsView committed, Batch batch) implements LogView {
  @Override
  public long look() {
    long head = committed.look();
    return batch.isEmpty() ? head : batch.end();
  }

  @Override
  public long frameAt(long position) {
    boolean isBeforeBatch = !batch.isEmpty() && position == committed.look();
    return isBeforeBatch ? batch.start() : committed.frameAt(position);
  }

  @Override
  public long pieceEnd(long position) {
    return position >= batch.start() ? batch.end() : committed.pieceEnd(position);
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    if (position < batch.start()) {
      committed.read(position, target);
      return;
    }
    ByteBuffer source = batch.from(position);
    target.put(source.limit(source.position() + Math.min(target.remaining(), source.remaining())));
  }

  @Override
  public String label(long position) {
    return committed.label(position);
  }

  @Override
  public void close() {
    committed.close();
  }
}
