package io.cromford.serving.delivery;

import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An endpoint that takes alarms one by one, as JSON; docs/alarms.md has the form.
///
/// With a secret each body is signed: `X-Cromford-Signature: sha256=` and the HMAC-SHA-256 of its
/// bytes in hexadecimal digits.
final class WebhookTarget implements Target {
  private static final String HMAC = "HmacSHA256";
  private static final String ADVICE = "\nMaybe ";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI url;
  private final @Nullable SecretKeySpec secret;
  private final Duration repeatAfter;

  /// @param secret null for no signature
  WebhookTarget(URI url, @Nullable String secret, Duration repeatAfter) {
    this.url = url;
    this.secret =
        secret == null ? null : new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    this.repeatAfter = repeatAfter;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public DeliveryRule rule() {
    return new DeliveryRule(repeatAfter, true);
  }

  @Override
  public List<Parcel> parcels(List<Due> due, Letter letter) {
    return due.stream().map(one -> parcel(one, letter)).toList();
  }

  private Parcel parcel(Due due, Letter letter) {
    String body = JSON.writeValueAsString(body(due, letter));
    Map<String, String> headers =
        secret == null ? Map.of() : Map.of("X-Cromford-Signature", "sha256=" + sign(secret, body));
    return new Parcel(List.of(due), url, headers, body);
  }

  private static Map<String, Object> body(Due due, Letter letter) {
    AlarmState alarm = due.alarm();
    String[] words = alarm.last().message().split(ADVICE, 2);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("version", 1);
    body.put("id", id(due, letter.factory()));
    body.put("factory", letter.factory());
    body.put("status", due.status());
    body.put("key", alarm.key());
    body.put("severity", alarm.last().severity().word());
    body.put("summary", AlarmList.summary(alarm));
    body.put("message", words[0]);
    body.put("advice", words.length == 2 ? "Maybe " + words[1] : "");
    body.put("runbook", letter.alarms().link(alarm));
    body.put("first", Instant.ofEpochMilli(alarm.firstMillis()).toString());
    body.put("last", Instant.ofEpochMilli(alarm.last().atMillis()).toString());
    body.put("count", alarm.count());
    body.put("acknowledged", alarm.acknowledged().isPresent());
    alarm
        .ended()
        .ifPresent(word -> body.put("ended", Instant.ofEpochMilli(word.atMillis()).toString()));
    body.put("sent", letter.sent().toString());
    return body;
  }

  /// The same for the same news, so that who gets it twice can tell.
  private static String id(Due due, String factory) {
    return "%s/%s/%d/%s/%d"
        .formatted(
            factory, due.alarm().key(), due.alarm().firstMillis(), due.status(), due.times());
  }

  private static String sign(SecretKeySpec secret, String body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
