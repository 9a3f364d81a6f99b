package io.cromford.app;

import io.cromford.serving.definition.Lengths;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a length of time as the factory file writes it: 30m, 8h, 2d.
final class Length implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Lengths.parse(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "`%s` is no length of time.\nMaybe write it like 8h; the units are ms, s, m, h, d, w."
                    .formatted(text)));
  }
}
