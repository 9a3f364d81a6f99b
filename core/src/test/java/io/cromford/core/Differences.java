package io.cromford.core;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares two objects field by field, as deep as they go, whatever types are there: a field that
/// was added and is not saved is found.
public final class Differences {
  private static final int MOST = 20;

  private final Set<String> ignored;
  private final Set<String> met;
  private final IdentityHashMap<Object, Object> seen = new IdentityHashMap<>();
  private final List<String> found = new ArrayList<>();

  private Differences(Set<String> ignored, Set<String> met) {
    this.ignored = ignored;
    this.met = met;
  }

  /// What is not the same, as paths of fields.
  ///
  /// @param ignored fields that are no state, as `Type.field`
  /// @param met has those of them that were met added
  public static List<String> between(
      Object one, Object other, Set<String> ignored, Set<String> met) {
    Differences differences = new Differences(ignored, met);
    differences.compare("", one, other);
    return differences.found;
  }

  @SuppressWarnings("ReferenceEquality")
  private void compare(String path, @Nullable Object one, @Nullable Object other) {
    if (one == other || found.size() >= MOST) {
      return;
    }
    if (one == null || other == null || one.getClass() != other.getClass()) {
      differ(path, one, other);
      return;
    }
    if (seen.put(one, other) == other) {
      return;
    }
    if (one.getClass().isArray()) {
      arrays(path, one, other);
    } else if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> with) {
      maps(path, map, with);
    } else if (one instanceof Set<?> set && other instanceof Set<?> with) {
      equal(path, set, with);
    } else if (one instanceof Collection<?> list && other instanceof Collection<?> with) {
      lists(path, list, with);
    } else if (one instanceof Optional<?> maybe && other instanceof Optional<?> with) {
      compare(path, maybe.orElse(null), with.orElse(null));
    } else if (one.getClass().isHidden()) {
      // A lambda has no state of its own.
    } else if (one instanceof Enum<?> || !one.getClass().getName().startsWith("io.cromford")) {
      equal(path, one, other);
    } else {
      fields(path, one, other);
    }
  }

  private void fields(String path, Object one, Object other) {
    for (Class<?> type = one.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        String name = type.getSimpleName() + "." + field.getName();
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        if (ignored.contains(name)) {
          met.add(name);
          continue;
        }
        compare(path + "." + field.getName(), value(field, one), value(field, other));
      }
    }
  }

  private static @Nullable Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void arrays(String path, Object one, Object other) {
    int length = Array.getLength(one);
    if (length != Array.getLength(other)) {
      differ(path + ".length", length, Array.getLength(other));
      return;
    }
    for (int i = 0; i < length; i++) {
      if (one.getClass().getComponentType().isPrimitive()) {
        equal(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
      } else {
        compare(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
      }
    }
  }

  private void maps(String path, Map<?, ?> one, Map<?, ?> other) {
    equal(path + ".keys", one.keySet(), other.keySet());
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      compare(path + "{" + entry.getKey() + "}", entry.getValue(), other.get(entry.getKey()));
    }
  }

  private void lists(String path, Collection<?> one, Collection<?> other) {
    equal(path + ".size", one.size(), other.size());
    Iterator<?> with = other.iterator();
    int i = 0;
    for (Object value : one) {
      if (with.hasNext()) {
        compare(path + "[" + i++ + "]", value, with.next());
      }
    }
  }

  private void equal(String path, Object one, Object other) {
    if (!one.equals(other)) {
      differ(path, one, other);
    }
  }

  private void differ(String path, @Nullable Object one, @Nullable Object other) {
    if (found.size() < MOST) {
      found.add(path + ": " + one + " and " + other);
    }
  }
}
