package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.Truth;
import io.cromford.serving.definition.LabelDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each source of outcomes says of each observation, and which of them is believed.
///
/// The label is trusted most, then the provisional kinds in the order of the factory file; a source
/// that tells none of them is kept and believed in nothing. Within a source the latest arrival
/// corrects what came before; one that has no value takes back what was said. Across sources
/// nothing is replaced: each keeps its word, and the most trusted that has spoken is in force.
///
/// Per observation a byte, and 8 bytes for each source of outcomes.
final class OutcomeBook {
  /// Trusted in nothing.
  static final int NOT_TRUSTED = 0;

  private static final int BITS = 2;
  private static final int MASK = 3;
  private static final byte NEGATIVE = 1;
  private static final byte POSITIVE = 2;
  private static final byte TAKEN_BACK = 3;

  private final List<Voice> voices;
  private byte[] words = new byte[1024];

  /// One source.
  private static final class Voice {
    private final SourceBook source;
    private final int trust;
    private final int column;
    private final int shift;
    private long[] positions = new long[0];
    private long corrections;
    private long contradictions;

    /// @param shift where its word lies in an observation's byte; -1 if it tells nothing
    Voice(SourceBook source, int trust, int column, int shift) {
      this.source = source;
      this.trust = trust;
      this.column = column;
      this.shift = shift;
    }

    /// A position is never 0: the ledger begins with a header.
    long position(int ordinal) {
      return ordinal < positions.length && positions[ordinal] > 0 ? positions[ordinal] : -1;
    }

    void spoke(int ordinal, long position) {
      if (ordinal >= positions.length) {
        int grown = Math.max(1024, positions.length + (positions.length >> 1));
        positions = Arrays.copyOf(positions, Math.max(ordinal + 1, grown));
      }
      corrections += positions[ordinal] > 0 ? 1 : 0;
      positions[ordinal] = position;
    }
  }

  /// What became of one source's outcomes.
  ///
  /// @param trust how much it is trusted: above 0 if it tells the label or a provisional kind
  /// @param corrections outcomes that replaced an earlier one of the same source
  /// @param contradictions observations of which it says otherwise than a source that is trusted
  ///   more
  record Tally(int trust, long corrections, long contradictions) {}

  /// @param sources all sources; those of observations are passed over
  OutcomeBook(List<SourceBook> sources, LabelDefinition label) {
    List<Voice> all = new ArrayList<>();
    for (SourceBook source : sources) {
      if (!source.definition().isObservation()) {
        all.add(voice(source, label));
      }
    }
    all.sort(Comparator.comparingInt((Voice voice) -> voice.trust).reversed());
    this.voices = List.copyOf(all);
  }

  void save(SnapshotWriter out) {
    out.section("outcomes");
    out.bytes(words);
    out.each(
        voices,
        voice -> {
          out.text(voice.source.name());
          out.longs(voice.positions);
          out.number(voice.corrections);
          out.number(voice.contradictions);
        });
  }

  /// Takes on what was saved of the same sources.
  void restore(SnapshotReader in) {
    in.section("outcomes");
    words = in.bytes();
    in.times(() -> {
      String name = in.text();
      Voice voice =
          voices.stream().filter(v -> v.source.name().equals(name)).findFirst().orElseThrow();
      voice.positions = in.longs();
      voice.corrections = in.number();
      voice.contradictions = in.number();
    });
  }

  private static Voice voice(SourceBook source, LabelDefinition label) {
    List<LabelDefinition.Provisional> provisional = label.provisional();
    if (source.name().equals(label.source())) {
      return new Voice(source, provisional.size() + 1, column(source, label.column()), 0);
    }
    for (int i = 0; i < provisional.size(); i++) {
      if (source.name().equals(provisional.get(i).source())) {
        int column = column(source, provisional.get(i).column());
        return new Voice(source, provisional.size() - i, column, BITS * (i + 1));
      }
    }
    return new Voice(source, NOT_TRUSTED, -1, -1);
  }

  private static int column(SourceBook source, String column) {
    return source.definition().schema().indexOf(column);
  }

  /// Sees to it that so many observations have room.
  void makeRoom(int observations) {
    if (observations > words.length) {
      words = Arrays.copyOf(words, Math.max(observations, words.length + (words.length >> 1)));
    }
  }

  /// Takes an outcome.
  ///
  /// @return what it says, if it is the first word of the label's source on this observation
  Optional<Boolean> take(SourceBook source, Row row, int ordinal, long position) {
    Voice voice = voice(source);
    voice.spoke(ordinal, position);
    if (voice.trust == NOT_TRUSTED) {
      return Optional.empty();
    }
    byte before = word(voice, ordinal);
    byte word = said(row, voice.column, before);
    countContradictions(ordinal, -1);
    words[ordinal] = (byte) ((words[ordinal] & ~(MASK << voice.shift)) | (word << voice.shift));
    countContradictions(ordinal, 1);
    boolean isFirst = isLabel(voice) && before == 0 && word != 0;
    return isFirst ? Optional.of(word == POSITIVE) : Optional.empty();
  }

  /// No value says nothing, or takes back what was said.
  private static byte said(Row row, int column, byte before) {
    if (row.isNull(column)) {
      return before == 0 ? 0 : TAKEN_BACK;
    }
    return row.slot(column) != 0 ? POSITIVE : NEGATIVE;
  }

  private void countContradictions(int ordinal, int change) {
    byte believed = 0;
    for (Voice voice : voices) {
      byte word = voice.trust == NOT_TRUSTED ? 0 : word(voice, ordinal);
      if (word == NEGATIVE || word == POSITIVE) {
        voice.contradictions += believed != 0 && word != believed ? change : 0;
        believed = believed == 0 ? word : believed;
      }
    }
  }

  /// What is known of an observation.
  Truth truth(int ordinal) {
    return truth(words[ordinal]);
  }

  /// What is known by a byte of [#words]. The kinds lie in it in the order of their trust, the
  /// label in its lowest bits.
  static Truth truth(byte words) {
    return truth(words, 0);
  }

  /// What is known without the label, by a byte of [#words].
  static Truth verdict(byte words) {
    return truth(words, BITS);
  }

  private static Truth truth(byte words, int from) {
    for (int shift = from; shift < Byte.SIZE; shift += BITS) {
      int word = (words >> shift) & MASK;
      if (word == NEGATIVE || word == POSITIVE) {
        return Truth.of(word == POSITIVE, shift == 0);
      }
    }
    return Truth.UNKNOWN;
  }

  /// Whether a provisional kind has spoken, by a byte of [#words].
  static boolean isAnswered(byte words) {
    return (words & ~MASK) != 0;
  }

  /// A copy of what is said of the first observations, a byte each.
  byte[] words(int observations) {
    return Arrays.copyOf(words, observations);
  }

  /// What the label itself says, whatever others say.
  Truth label(int ordinal) {
    Truth truth = truth(ordinal);
    return truth.isDefinitive() ? truth : Truth.UNKNOWN;
  }

  /// The position of a source's latest outcome; -1 if it has said nothing.
  long position(SourceBook source, int ordinal) {
    return voice(source).position(ordinal);
  }

  /// The position of the outcome that is in force: that of the most trusted source that has spoken;
  /// -1 if none has.
  long inForce(int ordinal) {
    Voice believed = believed(ordinal);
    if (believed != null) {
      return believed.position(ordinal);
    }
    return voices.stream().mapToLong(voice -> voice.position(ordinal)).max().orElse(-1);
  }

  /// The sources of outcomes, the most trusted first.
  List<SourceBook> sources() {
    return voices.stream().map(voice -> voice.source).toList();
  }

  /// How much a source is trusted; [#NOT_TRUSTED] if it tells nothing of the truth.
  int trust(SourceBook source) {
    return voice(source).trust;
  }

  /// Whether a source tells the label itself.
  boolean isLabel(SourceBook source) {
    return !source.definition().isObservation() && isLabel(voice(source));
  }

  /// What a source tells: `label`, `provisional`, or `other`.
  String kind(SourceBook source) {
    if (isLabel(source)) {
      return "label";
    }
    return trust(source) == NOT_TRUSTED ? "other" : "provisional";
  }

  Tally tally(SourceBook source) {
    Voice voice = voice(source);
    return new Tally(voice.trust, voice.corrections, voice.contradictions);
  }

  /// What a row of a source says; empty if it says nothing.
  Optional<Boolean> says(SourceBook source, Row row) {
    Voice voice = voice(source);
    return voice.trust == NOT_TRUSTED || row.isNull(voice.column)
        ? Optional.empty()
        : Optional.of(row.slot(voice.column) != 0);
  }

  private static boolean isLabel(Voice voice) {
    return voice.shift == 0;
  }

  private @Nullable Voice believed(int ordinal) {
    for (Voice voice : voices) {
      if (voice.trust != NOT_TRUSTED) {
        byte word = word(voice, ordinal);
        if (word == NEGATIVE || word == POSITIVE) {
          return voice;
        }
      }
    }
    return null;
  }

  private byte word(Voice voice, int ordinal) {
    return (byte) ((words[ordinal] >> voice.shift) & MASK);
  }

  private Voice voice(SourceBook source) {
    for (Voice voice : voices) {
      if (voice.source == source) {
        return voice;
      }
    }
    throw new IllegalArgumentException("source `%s` has no outcomes".formatted(source.name()));
  }
}
