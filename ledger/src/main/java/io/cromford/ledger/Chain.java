package io.cromford.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The chain of batches: each link is the SHA-256 of the link before, the batch's bytes and the
/// numbers of its commit.
final class Chain {
  static final int BYTES = 32;

  private final MessageDigest digest = sha256();
  private byte[] link;

  /// A chain that goes on from a link.
  Chain(byte[] link) {
    this.link = link.clone();
    begin();
  }

  /// The link of an empty ledger.
  static byte[] origin() {
    return new byte[BYTES];
  }

  /// The last link.
  byte[] link() {
    return link.clone();
  }

  /// Takes bytes of the batch, in order.
  void add(ByteBuffer bytes, int at, int length) {
    digest.update(bytes.array(), bytes.arrayOffset() + at, length);
  }

  /// The link that the bytes taken so far would make; the chain starts the batch over.
  byte[] propose() {
    byte[] proposed = digest.digest();
    begin();
    return proposed;
  }

  /// Goes on from a link.
  void accept(byte[] next) {
    link = next.clone();
    begin();
  }

  private void begin() {
    digest.reset();
    digest.update(link);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
