package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.training.Fitted;
import io.cromford.training.Learner;
import io.cromford.training.Parameters;
import io.cromford.training.TrainingSet;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A fit as a process of its own: reads a recipe and rows from a folder and leaves a model there.
///
/// It ends when whoever started it does, however that came about. For [ChildFit].
public final class FitJob {
  private static final String ROWS = "rows.bin";
  private static final String MODEL = "model.json";
  private static final int FORMAT = 1;

  private FitJob() {}

  /// Runs the job in a folder.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) throws IOException {
    ChildCommand.endWithParent();
    Path folder = Path.of(arguments[0]);
    Job job = read(folder.resolve(ROWS));
    Fitted fitted = Learner.of(job.recipe).fit(job.rows);
    Path part = folder.resolve(MODEL + ".part");
    Files.write(part, fitted.bytes());
    Files.move(part, folder.resolve(MODEL), StandardCopyOption.ATOMIC_MOVE);
    System.exit(0);
  }

  private record Job(Parameters recipe, TrainingSet rows) {}

  /// Leaves a job in a folder.
  static void write(Path folder, Parameters recipe, TrainingSet rows) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve(ROWS)), 1 << 16))) {
      out.writeInt(FORMAT);
      out.writeUTF(recipe.learner());
      Map<String, Object> parameters = recipe.toMap();
      out.writeInt(parameters.size());
      for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
        out.writeUTF(parameter.getKey());
        out.writeUTF(parameter.getValue().toString());
      }
      out.writeInt(rows.featureCount());
      for (String name : rows.featureNames()) {
        out.writeUTF(name);
      }
      out.writeInt(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        out.writeLong(rows.id(row));
        out.writeBoolean(rows.positive(row));
        for (int feature = 0; feature < rows.featureCount(); feature++) {
          out.writeFloat(rows.value(row, feature));
        }
      }
    }
  }

  /// The model that a job left.
  ///
  /// @param rows what it was fitted on
  static Fitted result(Path folder, Parameters recipe, TrainingSet rows) throws IOException {
    return Fitted.of(recipe, Files.readAllBytes(folder.resolve(MODEL)), rows);
  }

  private static Job read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != FORMAT) {
        throw new CromfordException(ErrorCode.INPUT_UNREADABLE, file + ": is no fit's rows");
      }
      String learner = in.readUTF();
      Map<String, String> parameters = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        parameters.put(in.readUTF(), in.readUTF());
      }
      List<String> names = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        names.add(in.readUTF());
      }
      TrainingSet.Builder rows = TrainingSet.builder(names);
      float[] values = new float[names.size()];
      for (int left = in.readInt(); left > 0; left--) {
        long id = in.readLong();
        boolean positive = in.readBoolean();
        for (int feature = 0; feature < values.length; feature++) {
          values[feature] = in.readFloat();
        }
        rows.add(new TrainingSet.Facts(id, id, 0, 0, positive), values, 0);
      }
      return new Job(Parameters.of(learner, parameters), rows.build());
    }
  }
}
