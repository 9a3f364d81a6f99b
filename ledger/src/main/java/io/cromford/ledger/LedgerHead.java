package io.cromford.ledger;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// The end of the ledger: publish it, and whoever rewrites what lies before it is found out.
///
/// @param position the byte after the last commit; 0 for an empty ledger
/// @param chain the SHA-256 chain over all batches up to there, 64 hexadecimal digits
public record LedgerHead(long position, String chain) {
  private static final Pattern CHAIN = Pattern.compile("[0-9a-f]{64}");

  /// The head of an empty ledger.
  public static final LedgerHead EMPTY = new LedgerHead(0, "0".repeat(64));

  /// Checks the form of the two.
  ///
  /// @throws IllegalArgumentException if the position is negative or the chain is not 64 digits
  public LedgerHead {
    if (position < 0 || position % Frame.ALIGNMENT != 0) {
      throw new IllegalArgumentException("no commit ends at position " + position);
    }
    if (!CHAIN.matcher(chain).matches()) {
      throw new IllegalArgumentException("a chain has 64 hexadecimal digits, not `" + chain + "`");
    }
  }

  static LedgerHead of(long position, byte[] chain) {
    return new LedgerHead(position, HexFormat.of().formatHex(chain));
  }

  byte[] chainBytes() {
    return HexFormat.of().parseHex(chain);
  }
}
