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
