package io.cromford.serving;

import io.cromford.serving.definition.FactoryDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The policies as a person sees them: what holds and by whose word, what the factory file says,
/// what is proposed, and what held before.
///
/// @param revision changes whenever anything of it does
/// @param currency of what things cost, three letters
/// @param now what holds
/// @param proposal what waits for another person; empty if nothing does
/// @param versions each that ever held, the latest first, at most [#MOST]
public record PoliciesView(
    String revision,
    String currency,
    Standing now,
    Optional<Proposal> proposal,
    List<Version> versions) {
  /// The most versions that are listed.
  public static final int MOST = 200;

  /// Of a factory of which nothing is known.
  public static final PoliciesView NONE =
      new PoliciesView(
          "0",
          "",
          new Standing("", Instant.EPOCH, PolicyChange.NONE, PolicyChange.NONE, Optional.empty()),
          Optional.empty(),
          List.of());

  /// Copies the list.
  public PoliciesView {
    versions = List.copyOf(versions);
  }

  /// What holds.
  ///
  /// @param version 64 hexadecimal digits
  /// @param since by the factory's clock
  /// @param values what can be proposed otherwise, as it is
  /// @param file what the factory file says of what holds against it; nothing where it is the same
  /// @param undone what taking back the last approval would set; empty if none holds
  public record Standing(
      String version,
      Instant since,
      PolicyChange values,
      PolicyChange file,
      Optional<PolicyChange> undone) {
    /// What holds, of the things that another speaks of.
    private PolicyChange of(PolicyChange other) {
      return values.without(values.without(other));
    }
  }

  /// What waits for another person.
  ///
  /// @param version the one that would hold
  /// @param from what holds now, of the things that would be otherwise
  /// @param to what they would be
  public record Proposal(
      String version, PolicyChange from, PolicyChange to, Instant at, String reason, String by) {
    static Proposal of(Control.PolicyProposed proposed) {
      return new Proposal(
          proposed.version(),
          proposed.from(),
          proposed.to(),
          Instant.ofEpochMilli(proposed.atMillis()),
          proposed.reason(),
          proposed.by());
    }
  }

  /// A version that held.
  ///
  /// @param at since when
  /// @param values all that can be proposed otherwise, as it was
  /// @param reason what changed and why, in words; empty for the first
  /// @param by who let it hold; null for the factory file
  /// @param proposer who proposed it; null where nobody did
  public record Version(
      String version,
      Instant at,
      PolicyChange values,
      String reason,
      @Nullable String by,
      @Nullable String proposer) {
    static Version of(Control.Configured configured) {
      PolicyApproval approval = configured.approval();
      return new Version(
          configured.version(),
          Instant.ofEpochMilli(configured.atMillis()),
          PolicyChange.all(configured.policies()),
          configured.reason(),
          approval == null ? null : approval.by(),
          approval == null ? null : approval.proposer());
    }
  }

  /// The policies of a ledger, beside a running factory or without one.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static PoliciesView of(Path stateFolder, FactoryDefinition definition) {
    return of(PolicyBook.read(stateFolder, Policies.of(definition)));
  }

  /// What becomes of approved policies where a factory is started by its file as it is now.
  ///
  /// @param kept what goes on to hold against the file, in words; empty if nothing does
  /// @param lapsed what the file says anew in place of what was approved; empty if nothing
  public record AtStart(String kept, String lapsed) {
    /// Reads a ledger, beside a running factory or without one.
    ///
    /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
    public static AtStart of(Path stateFolder, FactoryDefinition definition) {
      Policies wanted = Policies.of(definition);
      PolicyBook book = PolicyBook.read(stateFolder, wanted);
      PolicyChange kept = PolicyChange.between(wanted, book.holdingOver(wanted));
      PolicyChange lapsed = book.over().without(kept);
      return new AtStart(
          kept.isNothing() ? "" : kept.words(kept.asIn(wanted)),
          lapsed.isNothing() ? "" : lapsed.asIn(wanted).words(lapsed));
    }
  }

  static PoliciesView of(PolicyBook book) {
    Policies standing = book.standing();
    return new PoliciesView(
        book.steering().revision(),
        standing.decision().costs().currency(),
        new Standing(
            standing.version(),
            book.since(),
            PolicyChange.all(standing),
            book.over().asIn(book.file()),
            book.undone()),
        book.proposal().map(Proposal::of),
        book.versions().reversed());
  }

  /// What holds by persons' word against the factory file, in words; empty if nothing does.
  public String againstFile() {
    PolicyChange file = now.file();
    return file.isNothing() ? "" : now.of(file).words(file);
  }
}
