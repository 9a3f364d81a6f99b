package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import org.junit.jupiter.api.Test;

class TraceTest {
  @Test
  void showsNoMessagesButOurOwn() {
    Exception cause = new NumberFormatException("For input string: \"4970 1234\"");
    String trace = Trace.of(new CromfordException(ErrorCode.STORAGE, "no room", cause));
    assertThat(trace)
        .startsWith("io.cromford.core.CromfordException STORAGE: no room\n\tat io.cromford.")
        .contains("\ncaused by java.lang.NumberFormatException\n\tat ")
        .doesNotContain("4970");
  }

  @Test
  void endsWhereCausesGoRound() {
    IllegalStateException one = new IllegalStateException();
    one.initCause(new IllegalStateException(one));
    assertThat(Trace.of(one).split("caused by")).hasSize(5);
  }
}
