package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.generator.CardPayments;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.GenerateDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// Which payments are made where none are given.
///
/// @param fast fewer days: a first look in minutes
/// @param attack whether fraudsters find new ways some weeks after go-live
record Generated(boolean fast, boolean attack) {
  /// As the factory file says.
  static final Generated AS_DECLARED = new Generated(false, false);

  private static final int FAST_DAYS = 70;
  private static final int FAST_DAYS_OF_AN_ATTACK = 98;
  private static final Duration QUIET = Duration.ofDays(21);

  /// Where they go: another file for other payments.
  Path file(GenerateDefinition generate, Path state) {
    String name = (fast ? "fast" : "") + (attack ? "attack" : "");
    return name.isEmpty() ? generate.file() : state.resolve("generated").resolve(name + ".csv");
  }

  /// What they are made from.
  ///
  /// @throws CromfordException USAGE if there is no moment for an attack
  CardPayments.Parameters parameters(FactoryDefinition factory, GenerateDefinition generate) {
    CardPayments.Parameters all =
        switch (generate.size()) {
          case FULL -> CardPayments.Parameters.full(generate.seed());
          case SMALL -> CardPayments.Parameters.small(generate.seed());
        };
    CardPayments.Parameters some =
        fast ? all.withDays(attack ? FAST_DAYS_OF_AN_ATTACK : FAST_DAYS) : all;
    return attack ? some.attackedFrom(attackDay(factory, some)) : some;
  }

  /// The first day of the attack; absent if there is none.
  Optional<LocalDate> attackFrom(FactoryDefinition factory) {
    GenerateDefinition generate = factory.data().generate();
    return attack && generate != null
        ? Optional.of(parameters(factory, generate))
            .map(payments -> payments.start().plusDays(payments.attack().day()))
        : Optional.empty();
  }

  private static int attackDay(FactoryDefinition factory, CardPayments.Parameters payments) {
    Instant goLive = factory.learning().goLive();
    Instant start = payments.start().atStartOfDay().toInstant(ZoneOffset.UTC);
    long day =
        goLive == null ? payments.days() : Duration.between(start, goLive.plus(QUIET)).toDays();
    if (day < 0 || day >= payments.days()) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "--attack begins %d days after `go-live`, and the payments do not reach so far.\nMaybe leave `go-live` at %s."
              .formatted(QUIET.toDays(), payments.start().plusDays(35)));
    }
    return (int) day;
  }
}
