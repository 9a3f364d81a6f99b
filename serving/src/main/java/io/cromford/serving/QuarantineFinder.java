package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.intake.Contract;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord;
import io.cromford.intake.RecordJson;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.QuarantineView.Entry;
import io.cromford.serving.QuarantinedRow.Field;
import io.cromford.serving.QuarantinedRow.Problem;
import io.cromford.serving.definition.FactoryDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Shows what lies in quarantine beside the serving: the owning thread is asked how many there are
/// and where a page of them stands, and of the ledger that page alone is read, by whoever asks. Any
/// thread may call.
final class QuarantineFinder {
  private final FactoryDefinition definition;
  private final Owner owner;
  private final Folds folds;

  QuarantineFinder(FactoryDefinition definition, Owner owner, Folds folds) {
    this.definition = definition;
    this.owner = owner;
    this.folds = folds;
  }

  private record Basis(long records, List<QuarantineView.Rule> rules, QuarantineBook.Page page) {}

  private record Stand(boolean isHere, OptionalLong leftAt) {}

  /// A page of the quarantine.
  QuarantineView page(QuarantineView.Asked asked) {
    Basis basis =
        owner.look(() -> {
          folds.require();
          QuarantineBook book = folds.books().quarantine();
          return new Basis(book.count(), book.rules(), asked.of(book));
        });
    try (LedgerReader reader = folds.ledger().reader()) {
      return QuarantineView.of(basis.records, basis.rules, basis.page, reader::read);
    }
  }

  /// A record by its number, also one that has left since.
  ///
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is none
  QuarantinedRow open(long number) {
    Stand stand =
        owner.look(() -> {
          folds.require();
          QuarantineBook book = folds.books().quarantine();
          return new Stand(book.holds(number), book.leftAt(number));
        });
    try (LedgerReader reader = folds.ledger().reader()) {
      QuarantineTrail trail = new QuarantineTrail(reader);
      Entry entry = trail.find(number);
      return held(entry, trail.of(entry.record(), stand.isHere, stand.leftAt));
    }
  }

  /// Held against the contract of today.
  private QuarantinedRow held(Entry entry, QuarantinedRow.Trail trail) {
    SourceDefinition source = source(entry.record().source());
    Schema schema = source.schema();
    Contract contract = new Contract(source);
    RawRecord raw = new RawRecord(schema);
    boolean _ = new RecordJson(schema).read(entry.record().record(), raw);
    List<Refused> found = contract.checkEach(raw, new Row(schema));
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.column(i);
      fields.add(
          new Field(
              column.name(),
              column.type().toString(),
              column.nullable(),
              Optional.ofNullable(raw.text(i)),
              problem(found, column.name())));
    }
    List<Problem> whole =
        found.stream().filter(one -> schema.find(one.column()).isEmpty()).map(Problem::of).toList();
    return new QuarantinedRow(entry, fields, raw.extras(), whole, trail);
  }

  private SourceDefinition source(String name) {
    return definition.data().sources().stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Problem> problem(List<Refused> found, String column) {
    return found.stream()
        .filter(refused -> refused.column().equals(column))
        .map(Problem::of)
        .findFirst();
  }
}
