package io.cromford.serving.definition;

import static io.cromford.serving.definition.Shape.Need.OPTIONAL;
import static io.cromford.serving.definition.Shape.Need.REQUIRED;

import io.cromford.serving.definition.Shape.ByForm;
import io.cromford.serving.definition.Shape.Named;
import io.cromford.serving.definition.Shape.Section;
import io.cromford.serving.definition.Shape.Sequence;
import io.cromford.serving.definition.Shape.Word;

/// Every key of a factory file, what it means and what its value looks like.
///
/// This is the one place: the reader checks against it, and the JSON Schema is written from it. To
/// add a key, add it here, read it in [DefinitionBuilder], and write the schema anew.
final class FactoryShape {
  private static final ScalarType PERIOD = ScalarType.DURATION;

  private static final Section CLEANING =
      Section.of(
          key("default", "Stands in for a value that is missing.", ScalarType.TEXT),
          new Shape.Key(
              "map",
              OPTIONAL,
              "Replaces whole values: what is found, and what is put in its place.",
              new Named(ScalarType.TEXT, new Word(ScalarType.TEXT))),
          key("unit", "Multiplies a number: 0.01 turns cents into euros.", ScalarType.FACTOR));

  private static final Word CLEANING_WORD = new Word(ScalarType.choice("trim", "round"));

  private static final Shape CLEANINGS =
      new ByForm(CLEANING_WORD, CLEANING, new Sequence(new ByForm(CLEANING_WORD, CLEANING, null)));

  private static final Shape COLUMN =
      new ByForm(
          new Word(ScalarType.COLUMN_TYPE),
          Section.of(
              required("type", "What its values are.", ScalarType.COLUMN_TYPE),
              key("nullable", "Whether a record may lack it; false.", ScalarType.BOOLEAN)),
          null);

  private static final Section EVENT_TIME =
      Section.of(
          required("column", "The timestamp that says when it happened.", ScalarType.IDENTIFIER),
          key("zone", "The zone of times that name none; UTC.", ScalarType.ZONE),
          key("max-ahead", "How far ahead of the factory's clock a record may be; 5m.", PERIOD),
          key("max-late", "How far behind the clock a record may be; 30d.", PERIOD));

  private static final Section ARRIVAL =
      Section.of(
          required("after", "The event time that it counts from.", ScalarType.REFERENCE),
          required("delay", "How long after that it becomes known.", PERIOD));

  private static final Section READ =
      Section.of(
          key("csv", "Comma-separated files with a header, plain or gzip.", ScalarType.TEXT),
          key("json", "Files with a JSON object a line, plain or gzip.", ScalarType.TEXT),
          key("parquet", "Parquet files.", ScalarType.TEXT),
          key("files", "Files read by what their names end in.", ScalarType.TEXT),
          new Shape.Key(
              "columns",
              OPTIONAL,
              "The name in the file of each column whose name differs.",
              new Named(ScalarType.IDENTIFIER, new Word(ScalarType.TEXT))),
          key(
              "delimiter",
              "The character between the fields of a CSV; a comma.",
              ScalarType.CHARACTER),
          key(
              "quote",
              "The character around fields of a CSV; a double quote.",
              ScalarType.CHARACTER),
          new Shape.Key(
              "timestamps",
              OPTIONAL,
              "How times are written that are not ISO 8601: dd/MM/yyyy HH:mm, epoch-seconds.",
              new Named(ScalarType.IDENTIFIER, new Word(ScalarType.TEXT))));

  private static final Section SOURCE =
      Section.of(
          required(
              "kind",
              "An observation is decided on; an outcome is the truth about one.",
              ScalarType.choice("observation", "outcome")),
          key(
              "of",
              "For an outcome: the id of the observation that it judges.",
              ScalarType.REFERENCE),
          new Shape.Key(
              "schema",
              REQUIRED,
              "The columns and their types.",
              new Named(ScalarType.IDENTIFIER, COLUMN)),
          key(
              "id",
              "The column that identifies the observation; for an outcome, where its name differs.",
              ScalarType.IDENTIFIER),
          section("event-time", "When it happened, and how far from now that may be.", EVENT_TIME),
          section("arrival", "When a record of a file became known.", ARRIVAL),
          new Shape.Key(
              "clean",
              OPTIONAL,
              "What is mended before a record is held against its contract.",
              new Named(ScalarType.IDENTIFIER, CLEANINGS)),
          new Shape.Key(
              "rules",
              OPTIONAL,
              "What a record has to keep, or it goes to quarantine under the rule's name.",
              new Named(ScalarType.NAME, new Word(ScalarType.TEXT))),
          section("read", "The files to read; without it, records only arrive live.", READ));

  private static final Section GENERATE =
      Section.of(
          required("kind", "What is made.", ScalarType.choice("card-payments")),
          key(
              "size",
              "How much: full (1.8 million payments) or small; full.",
              ScalarType.choice("full", "small")),
          key("seed", "Another number gives other data; 7.", ScalarType.whole(0, Long.MAX_VALUE)));

  private static final Section LABEL =
      Section.of(
          required(
              "column",
              "The boolean column of an outcome that is the truth.",
              ScalarType.IDENTIFIER),
          required("maturity", "How long after an observation its truth counts as known.", PERIOD),
          required(
              "when-unknown",
              "What an observation without an outcome counts as in training, once mature.",
              ScalarType.BOOLEAN),
          new Shape.Key(
              "provisional",
              OPTIONAL,
              "Kinds of outcome that count until the label is known, the most trusted first.",
              new Sequence(
                  Section.of(
                      required(
                          "column",
                          "The boolean column of another outcome: an analyst's verdict.",
                          ScalarType.IDENTIFIER),
                      required(
                          "maturity",
                          "How long after an observation it should have come.",
                          PERIOD)))));

  private static final Section TRAINING =
      Section.of(
          required("task", "What is learnt: one of two answers.", ScalarType.choice("binary")),
          new Shape.Key(
              "learners",
              REQUIRED,
              "The kinds of model that compete.",
              new Sequence(new Word(ScalarType.choice("xgboost", "logistic")))),
          required(
              "metric",
              "What the tuner maximises on the validation folds.",
              ScalarType.choice("average-precision", "auc", "card-precision")),
          required("window", "How far back a model learns.", PERIOD),
          key(
              "keep-negatives",
              "The share of negatives that is learnt from, each weighted by its inverse; 1.",
              ScalarType.number(0.001, 1, "0.2")),
          new Shape.Key(
              "validate",
              REQUIRED,
              "How candidates are judged: folds in time order, newest last.",
              Section.of(
                  required("folds-at-most", "The most folds.", ScalarType.whole(1, 100)),
                  required("test", "How long each fold tests.", PERIOD))),
          required("trials", "How many candidates the tuner tries.", ScalarType.whole(1, 10_000)),
          required(
              "seed",
              "Of every random choice in training.",
              ScalarType.whole(0, Integer.MAX_VALUE)));

  private static final Section KNOWN_POSITIVES =
      Section.of(
          required(
              "action",
              "What is done about an entity with a known positive.",
              ScalarType.choice("none", "block")),
          key("for", "How long it stays blocked.", PERIOD));

  private static final Section COSTS =
      Section.of(
          required("investigation", "What looking at an alert costs.", ScalarType.MONEY),
          required(
              "missed",
              "What a positive without an alert costs: an amount, or the column that says it.",
              ScalarType.MONEY_OR_COLUMN));

  private static final Section DECISION =
      Section.of(
          required(
              "entity",
              "The column that alerts are about: at most one a day for each of its values.",
              ScalarType.IDENTIFIER),
          required(
              "alerts-per-day",
              "How many alerts people can look at.",
              ScalarType.whole(1, 1_000_000)),
          key("reasons", "How many features explain an alert; 3.", ScalarType.whole(0, 20)),
          section(
              "known-positives",
              "What is done about an entity known to be positive; nothing.",
              KNOWN_POSITIVES),
          section(
              "explore",
              "Lets a share of what would be stopped through at random, to learn its truth; nothing.",
              Section.of(
                  required(
                      "one-in",
                      "Of so many that would be stopped one is let through; its frauds cost what they cost.",
                      ScalarType.whole(2, 1_000_000)))),
          new Shape.Key("costs", REQUIRED, "What decisions cost, all in one currency.", COSTS));

  private static final Section ENVELOPE =
      Section.of(
          new Shape.Key(
              "learners",
              OPTIONAL,
              "The kinds of model that may take over; any.",
              new Sequence(new Word(ScalarType.choice("xgboost", "logistic")))),
          key(
              "features",
              "The feature view that may: its hash, or `current` for that of the model that serves; any.",
              ScalarType.VIEW),
          new Shape.Key(
              "parameters",
              OPTIONAL,
              "From where to where parameters of a learner may lie, by name.",
              new Named(
                  ScalarType.NAME,
                  Section.of(
                      required("from", "The least it may be.", ScalarType.NUMBER),
                      required("to", "The most it may be.", ScalarType.NUMBER)))),
          key(
              "segment-loss-at-most",
              "The most that may have been lost on a named segment; what the gate lets pass.",
              ScalarType.number(0, 1, "0.02")),
          key("expires", "The first day on which it does not hold; never.", ScalarType.DATE),
          key("approved-by", "Who approved it.", ScalarType.TEXT));

  private static final Section FLYWHEEL =
      Section.of(
          required("retrain-every", "How often a challenger is fitted, from go-live on.", PERIOD),
          section(
              "on-alarm",
              "How it retrains when more positives are missed than were; daily for 28d, judged on 3d.",
              Section.of(
                  required("retrain-every", "How often a challenger is fitted then.", PERIOD),
                  required("test", "How long the days are that it is judged on.", PERIOD),
                  key(
                      "confidence",
                      "The confidence that is needed then, as it is tried more often; 0.99.",
                      ScalarType.number(0.5, 0.9999, "0.99")),
                  key("stage", "How long shadow and canary are at most then; 6h.", PERIOD),
                  key(
                      "losses",
                      "How many challengers in a row that lose end it; 7.",
                      ScalarType.whole(1, 1000)),
                  required("for", "How long this lasts; 0d for not at all.", PERIOD))),
          required(
              "promote",
              "Who lets a challenger take over once it has shown its worth: the factory (auto), "
                  + "a person (propose), or nobody (never).",
              ScalarType.choice("auto", "propose", "never")),
          section(
              "envelope",
              "Within what `promote: auto` holds; what lies outside is proposed to a person; anything.",
              ENVELOPE),
          required(
              "min-positives",
              "The fewest positives a comparison needs.",
              ScalarType.whole(1, 1_000_000_000)),
          required(
              "confidence",
              "Of the one-sided bound of the gain that has to be above 0.",
              ScalarType.number(0.5, 0.9999, "0.95")),
          required(
              "least-gain",
              "The gain of the metric that a promotion is worth.",
              ScalarType.number(0, 1, "0.01")),
          key(
              "segment-loss-at-most",
              "The loss of the metric on a segment that a challenger has to stay below; 0.05.",
              ScalarType.number(0.0001, 1, "0.05")),
          key(
              "work-at-most",
              "How many times the champion's work a score may take; 3.",
              ScalarType.number(1, 1000, "3")),
          key("score-time-at-most", "How long a live score may take on the mean; 1ms.", PERIOD),
          key(
              "shadow",
              "How long a challenger that passed scores beside the champion and answers nothing; 1d.",
              PERIOD),
          section(
              "canary",
              "Then it answers for some entities, before it answers for all.",
              Section.of(
                  required(
                      "share",
                      "The share of the entities, chosen by a hash.",
                      ScalarType.number(0.001, 0.5, "0.1")),
                  required("for", "How long it answers for them.", PERIOD))),
          key(
              "cool-down",
              "How long no challenger takes over after a model was taken back; 7d.",
              PERIOD),
          key(
              "keep-warm",
              "How long the former champion scores on, ready for a rollback; 14d, or a week more than the maturity.",
              PERIOD),
          new Shape.Key(
              "last-resort",
              OPTIONAL,
              "Conditions on features, any of which raises an alert where no model may serve; taken at go-live.",
              new Sequence(new Word(ScalarType.TEXT))));

  private static final Section MONITORS =
      Section.of(
          key(
              "watch",
              "Whether days are counted and held against the past; true.",
              ScalarType.BOOLEAN),
          key(
              "false-alarms-a-month",
              "How many alarms all monitors together may raise by chance; 1.",
              ScalarType.number(0.01, 30, "1")));

  private static final Section SERVE =
      Section.of(
          key("port", "The port; 8080, or 0 for any that is free.", ScalarType.whole(0, 65_535)));

  private static final Section ALARMS =
      Section.of(
          section(
              "webhook",
              "An endpoint that takes alarms one by one, as JSON; docs/alarms.md has their form.",
              Section.of(
                  required("url", "Where they are posted.", ScalarType.URL),
                  key(
                      "secret-env",
                      "The environment variable with the secret that signs them; unsigned without.",
                      ScalarType.ENVIRONMENT_VARIABLE))),
          section(
              "alertmanager",
              "A Prometheus Alertmanager, which hears of each alarm as long as it is open.",
              Section.of(required("url", "Its base URL, without /api.", ScalarType.URL))),
          key(
              "repeat-after",
              "How long until the webhook hears again of what nobody acknowledged; 4h.",
              PERIOD),
          key(
              "runbook",
              "The page with a heading for each alarm; docs/alarms.md.",
              ScalarType.URL));

  /// The whole file.
  static final Section FILE =
      Section.of(
          required("factory", "The factory's name.", ScalarType.NAME),
          section(
              "about",
              "What the factory is for and who answers for it; the start of every model card.",
              Section.of(
                  required("purpose", "What its decisions are used for.", ScalarType.TEXT),
                  required("owner", "Who answers for it.", ScalarType.TEXT),
                  new Shape.Key(
                      "limits",
                      OPTIONAL,
                      "What it must not be used for, or is not good at.",
                      new Sequence(new Word(ScalarType.TEXT))),
                  key("tier", "How much depends on it, in your own words.", ScalarType.TEXT),
                  key("next-review", "When its models are looked at again.", ScalarType.DATE),
                  new Shape.Key(
                      "validations",
                      OPTIONAL,
                      "Independent validations: what, when, by whom.",
                      new Sequence(new Word(ScalarType.TEXT))))),
          new Shape.Key(
              "sources",
              REQUIRED,
              "Where records come from, and what they have to be.",
              new Named(ScalarType.IDENTIFIER, SOURCE)),
          section("generate", "What makes the variable `data` where none is given.", GENERATE),
          new Shape.Key("label", REQUIRED, "The truth to be learnt.", LABEL),
          new Shape.Key(
              "segments",
              OPTIONAL,
              "Parts of the observations that reports and model cards look at by themselves.",
              new Named(ScalarType.NAME, new Word(ScalarType.TEXT))),
          required("features", "The file of the feature query.", ScalarType.TEXT),
          new Shape.Key("training", REQUIRED, "How models are fitted and chosen.", TRAINING),
          key(
              "go-live",
              "What arrives from then on is decided on; without it, what is in the files is history.",
              ScalarType.INSTANT),
          new Shape.Key("decision", REQUIRED, "What is done with a score.", DECISION),
          new Shape.Key("flywheel", REQUIRED, "How the factory keeps itself right.", FLYWHEEL),
          section("monitors", "How the factory watches what it is fed and says.", MONITORS),
          section("serve", "The endpoint, on this machine only.", SERVE),
          section("alarms", "Where alarms go, beside the ledger, the log and /metrics.", ALARMS));

  private FactoryShape() {}

  private static Shape.Key required(String name, String description, ScalarType type) {
    return new Shape.Key(name, REQUIRED, description, new Word(type));
  }

  private static Shape.Key key(String name, String description, ScalarType type) {
    return new Shape.Key(name, OPTIONAL, description, new Word(type));
  }

  private static Shape.Key section(String name, String description, Section section) {
    return new Shape.Key(name, OPTIONAL, description, section);
  }
}
