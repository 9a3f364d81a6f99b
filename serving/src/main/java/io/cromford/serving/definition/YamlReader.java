package io.cromford.serving.definition;

import io.cromford.serving.definition.YamlNode.Entry;
import io.cromford.serving.definition.YamlNode.Mapping;
import io.cromford.serving.definition.YamlNode.Scalar;
import io.cromford.serving.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the YAML that a person writes by hand: one document, no anchors, no deep nesting. So a
/// file's tree is never larger than the file.
final class YamlReader {
  /// The longest file, in characters.
  static final int MAX_LENGTH = 1 << 20;

  /// The deepest nesting; a factory file needs 5.
  static final int MAX_DEPTH = 20;

  private final Problems problems;
  private final Iterator<Event> events;

  private YamlReader(String text, Problems problems) {
    this.problems = problems;
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_LENGTH + 1).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /// Reads a text.
  ///
  /// @return empty if it cannot be read, for the problems given
  static Optional<YamlNode> read(String text, Problems problems) {
    if (text.length() > MAX_LENGTH) {
      problems.add(
          Place.START,
          "the file has %,d characters, more than %,d.".formatted(text.length(), MAX_LENGTH),
          "it is not the factory file?");
      return Optional.empty();
    }
    try {
      return new YamlReader(text, problems).document();
    } catch (Refused refused) {
      problems.add(refused.place, refused.problem, refused.advice);
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(YamlReader::place).orElse(Place.START);
      problems.add(place, "this is not YAML: %s.".formatted(e.getProblem()), advice(e));
    } catch (YamlEngineException e) {
      problems.add(Place.START, "this is not YAML: %s.".formatted(e.getMessage()), "");
    }
    return Optional.empty();
  }

  private static String advice(MarkedYamlEngineException e) {
    String context = e.getContext();
    String line = e.getContextMark().map(mark -> " from line " + (mark.getLine() + 1)).orElse("");
    return context == null
        ? "look for a tab, a missing space after a colon, or a bracket left open."
        : "look at what is there %s%s.".formatted(context, line);
  }

  private Optional<YamlNode> document() throws Refused {
    events.next();
    if (!(events.next() instanceof DocumentStartEvent)) {
      problems.add(Place.START, "the file is empty.", "start with `cromford init DIR`.");
      return Optional.empty();
    }
    YamlNode root = node(events.next(), 0);
    events.next();
    Event end = events.next();
    if (end instanceof DocumentStartEvent) {
      throw new Refused(place(end), "a second document starts here.", "take `---` away.");
    }
    return Optional.of(root);
  }

  private YamlNode node(Event event, int depth) throws Refused {
    if (event instanceof AliasEvent || hasAnchor(event)) {
      throw new Refused(
          place(event), "anchors and aliases are not read here.", "write the value out.");
    }
    if (depth > MAX_DEPTH) {
      throw new Refused(
          place(event),
          "this is nested more than %d deep.".formatted(MAX_DEPTH),
          "a bracket is left open before it?");
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case MappingStartEvent _ -> new Mapping(entries(depth), place(event));
      case SequenceStartEvent _ -> new Sequence(items(depth), place(event));
      default -> throw new IllegalStateException("unexpected " + event);
    };
  }

  private static boolean hasAnchor(Event event) {
    return event instanceof NodeEvent node && node.getAnchor().isPresent();
  }

  private static Scalar scalar(ScalarEvent event) {
    return new Scalar(event.getValue(), event.isPlain(), place(event));
  }

  private List<Entry> entries(int depth) throws Refused {
    List<Entry> entries = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(node(event, depth + 1) instanceof Scalar key)) {
        throw new Refused(place(event), "a key is one word.", "a colon is missing or too many.");
      }
      entries.add(new Entry(key, node(events.next(), depth + 1)));
    }
    return entries;
  }

  private List<YamlNode> items(int depth) throws Refused {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return items;
  }

  private static Place place(Event event) {
    @Nullable Mark mark = event.getStartMark().orElse(null);
    return mark == null ? Place.START : place(mark);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /// YAML, but not what is read here.
  private static final class Refused extends Exception {
    private final Place place;
    private final String problem;
    private final String advice;

    Refused(Place place, String problem, String advice) {
      super(problem);
      this.place = place;
      this.problem = problem;
      this.advice = advice;
    }
  }
}
