package io.cromford.generator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Payments as the lines of a CSV file.
final class PaymentsCsv {
  private static final String HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,"
          + "TX_TIME_SECONDS,TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO\n";
  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_LINE = 128;

  private final Payments payments;
  private final byte[] chunk = new byte[CHUNK];
  private int length;
  private int dayOfDate = -1;
  private byte[] date = {};

  PaymentsCsv(Payments payments) {
    this.payments = payments;
  }

  void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream out = Channels.newOutputStream(channel);
        if (file.toString().endsWith(".gz")) {
          GZIPOutputStream gzip = new FastGzip(out);
          writeLines(gzip);
          gzip.finish();
        } else {
          writeLines(out);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void writeLines(OutputStream out) throws IOException {
    append(HEADER.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < payments.size(); i++) {
      if (length > CHUNK - LONGEST_LINE) {
        flush(out);
      }
      line(i);
    }
    flush(out);
  }

  private void flush(OutputStream out) throws IOException {
    out.write(chunk, 0, length);
    length = 0;
  }

  private void line(int payment) {
    number(payment).character(',').time(payment).character(',');
    number(payments.customer(payment)).character(',');
    number(payments.terminal(payment)).character(',');
    amount(payments.cents(payment)).character(',');
    number(payments.second(payment)).character(',');
    number(payments.day(payment)).character(',');
    character(payments.isFraud(payment) ? '1' : '0').character(',');
    number(payments.scenario(payment)).character('\n');
  }

  private PaymentsCsv time(int payment) {
    if (payments.day(payment) != dayOfDate) {
      dayOfDate = payments.day(payment);
      date = (payments.start().plusDays(dayOfDate) + " ").getBytes(StandardCharsets.US_ASCII);
    }
    append(date);
    int second = payments.second(payment) % 86_400;
    twoDigits(second / 3_600).character(':');
    twoDigits(second / 60 % 60).character(':');
    return twoDigits(second % 60);
  }

  private PaymentsCsv amount(int cents) {
    return number(cents / 100).character('.').twoDigits(cents % 100);
  }

  private PaymentsCsv twoDigits(int value) {
    return character((char) ('0' + value / 10)).character((char) ('0' + value % 10));
  }

  private PaymentsCsv number(int value) {
    int digits = 1;
    for (int rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      chunk[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private PaymentsCsv character(char character) {
    chunk[length++] = (byte) character;
    return this;
  }

  private void append(byte[] bytes) {
    System.arraycopy(bytes, 0, chunk, length, bytes.length);
    length += bytes.length;
  }

  /// Level 3: a third of the time of the default level, a tenth more bytes.
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, CHUNK);
      def = new Deflater(3, true);
    }
  }
}
