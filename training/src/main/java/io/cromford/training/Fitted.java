package io.cromford.training;

import io.cromford.model.Model;

/// A fitted model with its bytes and where it came from.
public final class Fitted {
  private final Parameters parameters;
  private final Model model;
  private final byte[] bytes;
  private final int rows;
  private final int positives;

  Fitted(Parameters parameters, Model model, byte[] bytes, TrainingSet used) {
    this.parameters = parameters;
    this.model = model;
    this.bytes = bytes;
    this.rows = used.size();
    this.positives = used.positives();
  }

  /// What it was fitted with.
  public Parameters parameters() {
    return parameters;
  }

  /// The model, ready to score.
  public Model model() {
    return model;
  }

  /// The model's file: JSON in the form of its kind. A fresh copy.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The rows it was fitted on, after negatives were left out.
  public int rows() {
    return rows;
  }

  /// The positive rows among them.
  public int positives() {
    return positives;
  }
}
