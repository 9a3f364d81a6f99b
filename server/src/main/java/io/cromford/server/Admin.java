package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.FactoryControl;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What whoever holds a token may tell the factory over the endpoint, under `/admin/`.
///
/// | request | what it does |
/// |---|---|
/// | `POST /admin/models/promote` | `{"version", "reason", "by"}`: makes a model the champion |
/// | `POST /admin/models/propose` | `{"version", "reason", "by"}`: another person is asked to |
/// | `POST /admin/models/reject` | `{"version", "reason", "by"}`: no to a model |
/// | `POST /admin/models/rollback` | `{"reason", "by"}`: the former champion again |
/// | `POST /admin/policies/propose` | `{"alerts_per_day", "investigation", "reason", "by"}`: another person is asked to let them hold |
/// | `POST /admin/policies/approve` | `{"version", "reason", "by"}`: they do |
/// | `POST /admin/policies/withdraw` | `{"version", "reason", "by"}`: no to what is proposed |
/// | `POST /admin/policies/rollback` | `{"reason", "by"}`: as it was before the last approval |
/// | `POST /admin/features/propose` | `{"sql" or "version", "reason", "by"}`: a query is computed too |
/// | `POST /admin/features/withdraw` | `{"reason", "by"}`: the champion's features again |
/// | `POST /admin/jobs/cancel` | `{"job", "reason", "by"}`: long work ends |
/// | `POST /admin/outcomes/complete` | `{"until", "reason", "by"}`: all outcomes of earlier days are there |
/// | `POST /admin/flywheel/freeze` | `{"reason", "by"}`: nothing is trained or promoted by itself |
/// | `POST /admin/flywheel/resume` | `{"reason", "by"}`: the flywheel goes on |
/// | `POST /admin/alarms/ack` | `{"key", "reason", "by"}`: somebody looks after an alarm |
/// | `POST /admin/alarms/silence` | `{"key", "for", "reason", "by"}`: nobody is told for a while, such as `PT8H` |
/// | `POST /admin/alarms/resolve` | `{"key", "reason", "by"}`: an alarm is over |
/// | `POST /admin/work/claim` | `{"ids", "by"}`: a person looks after alerts from here on |
/// | `POST /admin/work/release` | `{"ids", "by", "note"}`: they do no more; of another's work with a note |
/// | `POST /admin/work/close` | `{"ids", "by", "code", "note"}`: they are done with it |
/// | `POST /admin/work/reopen` | `{"ids", "by", "note"}`: it is to be worked on again |
/// | `POST /admin/work/note` | `{"ids", "by", "note"}`: they write something down |
/// | `POST /admin/work/seen` | `{"ids", "by"}`: they were shown the score |
/// | `POST /admin/quarantine/repair` | `{"number", "values", "reason", "by"}`: a record in quarantine is mended |
/// | `POST /admin/quarantine/replay` | `{"source", "rule", "reason", "by"}`: records are held against their contracts again |
/// | `POST /admin/sql` | `{"sql", "anew"}`: asks anything, read only, see [Questions] |
///
/// [AdminRoute] has the list, `/openapi.json` describes each.
///
/// The token goes as `Authorization: Bearer …`. It is made anew at each start and lies in a file
/// that only the factory's owner can read, see [AdminAccess].
///
/// @param control the factory
/// @param questions who answers SQL
/// @param token 64 hexadecimal digits
public record Admin(FactoryControl control, Questions questions, String token) {
  private static final int TOKEN_BYTES = 32;
  private static final String SCHEME = "Bearer ";

  /// With a new token, and nobody who answers SQL.
  public static Admin of(FactoryControl control) {
    return of(
        control,
        (_, _) -> {
          throw new CromfordException(
              ErrorCode.UNAVAILABLE, "nobody answers SQL here.\nMaybe use `cromford sql`.");
        });
  }

  /// With a new token.
  public static Admin of(FactoryControl control, Questions questions) {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return new Admin(control, questions, HexFormat.of().formatHex(token));
  }

  /// What goes into the `Authorization` header.
  static String header(String token) {
    return SCHEME + token;
  }

  /// Whether an `Authorization` header has the token; takes the same time however much of it is
  /// right.
  boolean admits(String header) {
    return MessageDigest.isEqual(
        header(token).getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
  }

  /// Without the token, so that it is not logged.
  @Override
  public String toString() {
    return "Admin";
  }
}
