package io.cromford.app;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// No package depends on one that depends on it, directly or by way of others: Maven holds that for
/// the stations, this for the packages inside them.
class PackageCyclesTest {
  @Test
  void packagesDependOneWay() {
    JavaClasses house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cromford");
    assertThat(house).hasSizeGreaterThan(400);
    slices().matching("io.cromford.(**)").should().beFreeOfCycles().check(house);
  }
}
