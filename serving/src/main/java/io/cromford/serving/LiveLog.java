package io.cromford.serving;

import java.util.Arrays;

/// Every decision so far, as compact columns: what the weekly figures and the closing report are
/// made of.
///
/// Takes 29 bytes of heap a decision.
final class LiveLog {
  private int[] ordinals = new int[1024];
  private float[] scores = new float[1024];
  private float[] frozenScores = new float[1024];
  private byte[] actions = new byte[1024];
  private long[] entities = new long[1024];
  private float[] amounts = new float[1024];
  private short[] models = new short[1024];
  private int size;
  private long alerts;

  void add(DecisionRecord decision, ServedFeatures.Facts facts) {
    if (size == ordinals.length) {
      grow(size + (size >> 1));
    }
    ordinals[size] = Math.toIntExact(decision.ordinal());
    scores[size] = (float) decision.score();
    frozenScores[size] = (float) decision.frozenScore();
    actions[size] = decision.action().code();
    entities[size] = facts.entity();
    amounts[size] = (float) facts.amount();
    models[size] = (short) decision.modelNumber();
    alerts += decision.action() == Action.ALERT ? 1 : 0;
    size++;
  }

  int size() {
    return size;
  }

  long alerts() {
    return alerts;
  }

  int ordinal(int decision) {
    return ordinals[decision];
  }

  float score(int decision) {
    return scores[decision];
  }

  float frozenScore(int decision) {
    return frozenScores[decision];
  }

  Action action(int decision) {
    return Action.of(actions[decision]);
  }

  long entity(int decision) {
    return entities[decision];
  }

  float amount(int decision) {
    return amounts[decision];
  }

  int model(int decision) {
    return models[decision];
  }

  private void grow(int capacity) {
    ordinals = Arrays.copyOf(ordinals, capacity);
    scores = Arrays.copyOf(scores, capacity);
    frozenScores = Arrays.copyOf(frozenScores, capacity);
    actions = Arrays.copyOf(actions, capacity);
    entities = Arrays.copyOf(entities, capacity);
    amounts = Arrays.copyOf(amounts, capacity);
    models = Arrays.copyOf(models, capacity);
  }
}
