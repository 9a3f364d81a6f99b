package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes of a log as one reader sees them. Belongs to one thread.
interface LogView extends AutoCloseable {
  /// Looks how far the log reaches by now; the other methods keep to that until the next look.
  ///
  /// @return the byte up to which there are whole frames
  long look();

  /// Where the next frame lies, at a position or, if that is a segment's start, behind its header.
  long frameAt(long position);

  /// Up to where the bytes of a position lie in one piece; at most to where the last look reached.
  long pieceEnd(long position);

  /// Reads bytes that lie in one piece until the target is full or they end.
  void read(long position, ByteBuffer target) throws IOException;

  /// The file a position lies in, for messages.
  String label(long position);

  @Override
  void close();
}
