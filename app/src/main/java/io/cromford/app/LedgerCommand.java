package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.Verification;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford ledger`: whether the ledger is what was written.
@Command(
    name = "ledger",
    description = "Checks a factory's ledger.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford ledger verify examples/card-fraud"})
final class LedgerCommand {
  @Command(
      name = "verify",
      description =
          "Walks the whole ledger, and prints its head; --head holds it against an earlier one.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford ledger verify examples/card-fraud"})
  int verify(
      @Mixin FactoryPlace place,
      @Option(
              names = "--head",
              paramLabel = "POSITION:CHAIN",
              description = "a head that was published earlier")
          @Nullable String head) {
    LedgerHead published = head == null ? LedgerHead.EMPTY : parse(head);
    return switch (Ledger.verify(place.state().resolve("ledger"), published)) {
      case Verification.Intact intact -> {
        intact
            .records()
            .forEach((kind, count) -> System.out.printf(Locale.ROOT, "%-14s %,d%n", kind, count));
        System.out.printf(
            Locale.ROOT, "intact: %,d bytes, head %s%n", intact.bytes(), text(intact.head()));
        yield 0;
      }
      case Verification.Damaged damaged ->
          throw new CromfordException(
              ErrorCode.LEDGER_CORRUPT,
              "%s: at position %d: %s.\nMaybe restore the ledger from a backup."
                  .formatted(damaged.file(), damaged.position(), damaged.what()));
    };
  }

  private static String text(LedgerHead head) {
    return head.position() + ":" + head.chain();
  }

  private static LedgerHead parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new LedgerHead(
          Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "`%s` is no head: %s.\nMaybe copy it from an earlier `cromford ledger verify`."
              .formatted(text, e.getMessage()),
          e);
    }
  }
}
