package io.cromford.app;

import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import io.cromford.serving.definition.AlarmsDefinition;
import io.cromford.serving.delivery.DeliveryFile;
import io.cromford.serving.delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford alarms`: what a person should look at, and what they say of it.
@Command(
    name = "alarms",
    description = "Lists alarms; acknowledges, silences and resolves them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford alarms list examples/card-fraud"})
final class AlarmsCommand {
  @Command(
      name = "list",
      description = {
        "Lists the open alarms with what to do about them, those that ended lately, and how it goes",
        "with those who are told."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford alarms list examples/card-fraud"})
  int list(@Mixin FactoryPlace place) {
    AlarmsDefinition targets = place.checkWithoutFiles().definition().serve().alarms();
    AlarmList alarms = AlarmList.of(targets, place.state());
    if (alarms.book().open().isEmpty()) {
      System.out.println("no alarm is open");
    }
    alarms.book().open().forEach(alarm -> print(alarm, alarms));
    alarms.book().ended().reversed().forEach(AlarmsCommand::printEnded);
    if (!targets.isDelivered()) {
      System.out.println("nobody is told: the factory file has no `alarms` with a target");
    }
    if (targets.webhook() != null) {
      printHealth(place, "webhook");
    }
    if (targets.alertmanager() != null) {
      printHealth(place, "alertmanager");
    }
    return 0;
  }

  private static void print(AlarmState alarm, AlarmList alarms) {
    System.out.printf(
        Locale.ROOT,
        "%-12s  %s  %s, since %s, raised %,d times, last %s%n    %s%n    what to do: %s%n",
        alarms.word(alarm),
        alarm.key(),
        alarm.last().severity().word(),
        Instant.ofEpochMilli(alarm.firstMillis()),
        alarm.count(),
        Instant.ofEpochMilli(alarm.last().atMillis()),
        alarm.last().message().replace("\n", "\n    "),
        alarms.link(alarm));
    alarm.acknowledged().ifPresent(word -> print("acknowledged", word));
    alarms
        .silence(alarm)
        .ifPresent(silence ->
            print("silenced until " + Instant.ofEpochMilli(silence.untilMillis()), silence.word()));
  }

  private static void print(String what, AlarmState.Word word) {
    System.out.printf("    %s, by %s: %s%n", what, word.by(), word.reason());
  }

  private static void printEnded(AlarmState alarm) {
    AlarmState.Word word = alarm.ended().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%-12s  %s  from %s until %s, raised %,d times, by %s: %s%n",
        "ended",
        alarm.key(),
        Instant.ofEpochMilli(alarm.firstMillis()),
        Instant.ofEpochMilli(word.atMillis()),
        alarm.count(),
        word.by(),
        word.reason());
  }

  private static void printHealth(FactoryPlace place, String target) {
    DeliveryState.Health health =
        new DeliveryFile(place.state(), target)
            .read()
            .map(DeliveryState::health)
            .orElse(DeliveryState.Health.UNTRIED);
    System.out.printf(
        Locale.ROOT,
        "%s: %s%s%n",
        target,
        health.lastSuccessMillis() == 0
            ? "was told nothing yet"
            : "told last " + Instant.ofEpochMilli(health.lastSuccessMillis()),
        health.failures() == 0
            ? ""
            : "; failed %,d times in a row, last %s: %s"
                .formatted(
                    health.failures(),
                    Instant.ofEpochMilli(health.lastFailureMillis()),
                    health.lastFailure()));
  }

  @Command(
      name = "ack",
      description = "Says that you look after an open alarm: nobody is told of it again.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford alarms ack examples/card-fraud missed-frauds"
            + " --reason \"the desk looks at them\""
      })
  int acknowledge(
      @Mixin FactoryPlace place,
      @Parameters(index = "1", paramLabel = "KEY", description = "the alarm's key") String key,
      @Mixin Reason reason) {
    place.tell(control -> control.acknowledge(key, reason.text(), Reason.user()));
    System.out.printf("%s is acknowledged%n", key);
    return 0;
  }

  @Command(
      name = "silence",
      description = {
        "Tells nobody of some alarms for a while; they are raised and listed all the same.",
        "A silence of 0s takes back an earlier one of the same key."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford alarms silence my-factory \"outcomes/*\" --for 2d"
            + " --reason \"the bank is closed\""
      })
  int silence(
      @Mixin FactoryPlace place,
      @Parameters(
              index = "1",
              paramLabel = "KEY",
              description = "the alarm's key, or the start of keys with a * behind it")
          String keys,
      @Option(
              names = "--for",
              required = true,
              paramLabel = "LENGTH",
              converter = Length.class,
              description = "how long by the factory's clock, as 30m, 8h or 2d")
          Duration length,
      @Mixin Reason reason) {
    place.tell(control -> control.silence(keys, length, reason.text(), Reason.user()));
    System.out.printf("%s is silenced%n", keys);
    return 0;
  }

  @Command(
      name = "resolve",
      description = "Says that an open alarm is over, where no later event says so by itself.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford alarms resolve my-factory outcomes/left-out"
            + " --reason \"the days are lost\""
      })
  int resolve(
      @Mixin FactoryPlace place,
      @Parameters(index = "1", paramLabel = "KEY", description = "the alarm's key") String key,
      @Mixin Reason reason) {
    place.tell(control -> control.resolve(key, reason.text(), Reason.user()));
    System.out.printf("%s is resolved%n", key);
    return 0;
  }
}
