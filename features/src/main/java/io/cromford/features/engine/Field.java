package io.cromford.features.engine;

/// Where a value that aggregates read lies in a row's record: a whole word, one bit, or nowhere
/// because it is always 1.
///
/// @param outcome whether it lies in the outcome's part
/// @param word index of the word in the record
/// @param bit number of the bit, or -1 for the whole word
record Field(boolean outcome, int word, int bit) {
  /// The bit that is always set.
  static final Field ALWAYS = new Field(false, -1, 0);

  /// The value: a word, or 0 or 1.
  ///
  /// @param at where the record starts
  long get(long[] words, int at) {
    if (word < 0) {
      return 1;
    }
    long value = words[at + word];
    return bit < 0 ? value : value >>> bit & 1;
  }

  /// Whether it is a single bit.
  boolean isBit() {
    return bit >= 0;
  }
}
