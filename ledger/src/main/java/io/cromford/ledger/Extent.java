package io.cromford.ledger;

/// How far a ledger reaches, published as one; never changed once made.
final class Extent {
  static final Extent EMPTY = new Extent(SegmentTable.EMPTY, 0, Chain.origin());

  private final SegmentTable segments;
  private final long head;
  private final byte[] link;

  Extent(SegmentTable segments, long head, byte[] link) {
    this.segments = segments;
    this.head = head;
    this.link = link.clone();
  }

  SegmentTable segments() {
    return segments;
  }

  /// The byte after the last commit.
  long head() {
    return head;
  }

  /// The chain's link there; not to be changed.
  byte[] link() {
    return link;
  }
}
