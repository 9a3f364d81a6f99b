package io.cromford.serving.definition;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts values in the place of `${name}` and `${name:default}`.
final class Variables {
  private static final Pattern USE = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?(\\}?)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final Map<String, String> values;
  private final Problems problems;

  Variables(Map<String, String> values, Problems problems) {
    this.values = Map.copyOf(values);
    this.problems = problems;
  }

  String replace(String text, Place place) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher uses = USE.matcher(text);
    StringBuilder replaced = new StringBuilder();
    while (uses.find()) {
      uses.appendReplacement(replaced, Matcher.quoteReplacement(value(uses, place)));
    }
    return uses.appendTail(replaced).toString();
  }

  /// The value; the use itself, after a problem, where there is none.
  private String value(Matcher use, Place place) {
    String name = use.group(1);
    if (!NAME.matcher(name).matches() || use.group(3).isEmpty()) {
      problems.add(
          place,
          "`%s` is not a variable.".formatted(use.group()),
          "write it like `${data}`, or `${data:payments.csv}` with a default.");
      return use.group();
    }
    String value = values.getOrDefault(name, use.group(2));
    if (value != null) {
      return value;
    }
    problems.add(
        place,
        "the variable `%s` has no value.".formatted(name),
        name.equals("data")
            ? "give it: --data FILE; or write a default, `${data:payments.csv}`."
            : "write a default: `${%s:…}`.".formatted(name));
    return use.group();
  }
}
