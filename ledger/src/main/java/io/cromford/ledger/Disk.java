package io.cromford.ledger;

import java.io.IOException;
import java.util.List;

/// One folder of files, as little of it as a ledger needs; tests put one in its place that fails.
///
/// A name that was made, renamed or deleted is sure to survive a crash only after [#forceFolder].
public interface Disk {
  /// The names of the files, in no order.
  List<String> names() throws IOException;

  /// Opens a file for reading and writing, and makes it if it is not there.
  DiskFile open(String name) throws IOException;

  /// Opens a file for reading.
  ///
  /// @throws java.nio.file.NoSuchFileException if it is not there
  DiskFile openToRead(String name) throws IOException;

  /// Gives a file another name, in place of a file that had it.
  void rename(String from, String to) throws IOException;

  /// Deletes a file if it is there.
  void delete(String name) throws IOException;

  /// Makes the names durable.
  void forceFolder() throws IOException;

  /// A file's name as a person knows it, for messages.
  String label(String name);
}
