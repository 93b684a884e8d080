package dev.tidepool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the order of the packages, and what each of them may touch. */
class ArchitectureTest {
  /** From the bottom to the top: a package knows only those before it. */
  private static final List<String> ORDER =
      List.of(
          "error",
          "io",
          "toml",
          "workspace",
          "hash",
          "image",
          "weights",
          "pool",
          "profile",
          "process",
          "http",
          "download",
          "store",
          "git",
          "python",
          "comfyui",
          "manifest",
          "loader",
          "workflow",
          "model",
          "origin",
          "resolution",
          "history",
          "nodepack",
          "environment",
          "node",
          "version",
          "bundle",
          "exporting",
          "importing",
          "adoption",
          "doctor",
          "bridge",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tidepool");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(packages()).isNotEmpty().allSatisfy(name -> assertThat(ORDER).contains(name));
  }

  @ParameterizedTest
  @FieldSource("ORDER")
  void packageKnowsOnlyThoseBelowIt(String name) {
    String[] above =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(ArchitectureTest::subtree)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(subtree(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void commandLineDoesNotGoThroughTheBridge() {
    noClasses()
        .that()
        .resideInAPackage(subtree("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(subtree("bridge"))
        .check(CLASSES);
  }

  @Test
  void bridgeStartsNoProgramsAndFetchesNothing() {
    noClasses()
        .that()
        .resideInAPackage(subtree("bridge"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(subtree("process"), subtree("python"), subtree("comfyui"))
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.tidepool.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "picocli.., cli",
    "jep.., bridge",
    "net.lingala.zip4j.., profile",
    "org.eclipse.jgit.., git history",
    "org.tomlj.., toml",
    "java.net.http.., http loader",
    "java.sql.., model",
    "org.sqlite.., model",
    "org.snakeyaml.., model",
    "software.amazon.awssdk.., store",
    "org.apache.commons.compress.., comfyui nodepack bundle"
  })
  void libraryStaysInItsPackages(String library, String homes) {
    String[] subtrees =
        Arrays.stream(homes.split(" ")).map(ArchitectureTest::subtree).toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(subtrees)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(packages())
        .allSatisfy(
            name ->
                assertThat(
                        CLASSES
                            .getPackage("dev.tidepool." + name)
                            .isAnnotatedWith(NullMarked.class))
                    .as(name)
                    .isTrue());
  }

  @Test
  void noClassIsADrawerForOddsAndEnds() {
    noClasses().should().haveSimpleNameContaining("Util").check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Helper").check(CLASSES);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(field -> field.getRawType().isArray()))
        .isEmpty();
  }

  @Test
  void onlyTheCommandLinesMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.tidepool.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.tidepool.cli.Interruption")
        .should()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  private static String subtree(String name) {
    return "dev.tidepool." + name + "..";
  }

  private static Set<String> packages() {
    Set<String> names = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      names.add(type.getPackageName().replaceFirst("^dev\\.tidepool\\.", ""));
    }
    return names;
  }
}
