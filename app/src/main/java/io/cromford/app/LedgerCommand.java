package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerHead;
import io.cromford.ledger.Verification;
import io.cromford.serving.LedgerAudit;
import io.cromford.serving.ScratchFolder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford ledger`: whether the ledger is what was written.
@Command(
    name = "ledger",
    description = "Tells how far a factory's ledger reaches, and checks it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford ledger verify examples/card-fraud"})
final class LedgerCommand {
  @Command(
      name = "head",
      description = {
        "Prints how far the ledger reaches and the hash of all of it, at once.",
        "Keep it where the ledger's owner cannot reach it: `ledger verify --head` then tells whether"
            + " anything before it was edited, cut off or made anew."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford ledger head examples/card-fraud"})
  int head(@Mixin FactoryPlace place) {
    System.out.println(text(Ledger.headOf(place.ledger())));
    return 0;
  }

  @Command(
      name = "verify",
      description = {
        "Walks the whole ledger, and prints its head; --head holds it against an earlier one.",
        "--decisions makes every decision again from events, outcomes and models, and compares."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford ledger verify examples/card-fraud"})
  int verify(
      @Mixin FactoryPlace place,
      @Option(
              names = "--head",
              paramLabel = "POSITION:CHAIN",
              description = "a head that was published earlier")
          @Nullable String head,
      @Option(names = "--decisions", description = "make every decision again, and compare")
          boolean decisions) {
    LedgerHead published = head == null ? LedgerHead.EMPTY : parse(head);
    return switch (Ledger.verify(place.ledger(), published)) {
      case Verification.Intact intact -> {
        intact
            .records()
            .forEach((kind, count) -> System.out.printf(Locale.ROOT, "%-14s %,d%n", kind, count));
        System.out.printf(
            Locale.ROOT, "intact: %,d bytes, head %s%n", intact.bytes(), text(intact.head()));
        if (decisions) {
          audit(place);
        }
        yield 0;
      }
      case Verification.Damaged damaged ->
          throw new CromfordException(
              ErrorCode.LEDGER_CORRUPT,
              "%s: at position %d: %s.\nMaybe restore the ledger from a backup."
                  .formatted(damaged.file(), damaged.position(), damaged.what()));
    };
  }

  private static void audit(FactoryPlace place) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      LedgerAudit audit =
          LedgerAudit.of(
              place.checkWithoutFiles(), place.state(), scratch.path(), Terminal.standard());
      if (audit.differ() > 0) {
        throw new CromfordException(
            ErrorCode.LEDGER_CORRUPT,
            "%,d of %,d decisions are not what is decided on the same records, the first at position %d.\nMaybe a model was exchanged, or a newer Cromford decides otherwise; `cromford explain` tells what differs."
                .formatted(audit.differ(), audit.decisions(), audit.first()));
      }
    }
  }

  /// As `--head` takes it.
  static String text(LedgerHead head) {
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
          "`%s` is no head: %s.\nMaybe copy it from an earlier `cromford ledger head`."
              .formatted(text, e.getMessage()),
          e);
    }
  }
}
