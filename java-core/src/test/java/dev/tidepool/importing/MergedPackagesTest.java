package dev.tidepool.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Environment;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.python.PackageIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the Python packages of packs come from that are added to an environment. */
class MergedPackagesTest {
  @Test
  void packagesOfAPackComeFromWhereTheBundleTakesThem(@TempDir Path temp) throws IOException {
    try (ImportWorld world = new ImportWorld(temp);
        PackageIndex far = new PackageIndex().wheel("sea", "0.9")) {
      world.run(new BundleForge(), "fern");
      String lines =
          """

          [tool.uv.sources]
          Sea = { index = "far" }
          sand = { index = "far" }

          [[tool.uv.index]]
          name = "far"
          url = "%s"
          explicit = true
          """
              .formatted(far.address());
      world.run(
          new BundleForge()
              .registryPack("alpha", "1.0.0", "sea>=0.1")
              .project(text -> text + lines),
          world.request("fern", true),
          MergeQuestions.none());
      Environment fern = world.environment("fern");
      assertThat(Files.readString(fern.lock())).contains(far.address(), "version = \"0.9\"");
      assertThat(fern.manifest().sources()).containsExactly("Sea");
    }
  }

  @Test
  void sourcesAreCopiedAsTheyAreAndThoseOfTheEnvironmentStay() {
    Manifest theirs =
        Manifest.parse(
            """
            [tool.uv.sources]
            foo = { git = "https://example.org/a/foo", rev = "0123" }
            Two_Words = [
              { index = "far", marker = "sys_platform == 'linux'" },
              { url = "https://example.org/two.whl", marker = "sys_platform == 'win32'" },
            ]
            mine = { git = "https://example.org/a/mine" }
            other = { git = "https://example.org/a/other" }

            [[tool.uv.index]]
            name = "far"
            url = "https://far.example.org/simple"

            [[tool.uv.index]]
            name = "unused"
            url = "https://unused.example.org/simple"
            """);
    Manifest before =
        Manifest.parse("[tool.uv.sources]\nmine = { git = \"https://example.org/own/mine\" }\n");
    Manifest after =
        ArrivingSources.added(
            before,
            theirs,
            List.of("Foo>=1", "two.words[extra]; python_version > '3'", "mine"),
            name -> false);
    Manifest read = Manifest.parse(after.text());
    assertThat(read.sources()).containsExactlyInAnyOrder("foo", "Two_Words", "mine");
    assertThat(read.source("foo")).isEqualTo(theirs.source("foo"));
    assertThat(read.source("Two_Words")).isEqualTo(theirs.source("Two_Words"));
    assertThat(read.source("mine")).isEqualTo(before.source("mine"));
    assertThat(read.indexes()).containsOnlyKeys("far");
    assertThat(
            ArrivingSources.added(after, theirs, List.of("foo", "two-words"), name -> false).text())
        .isEqualTo(after.text());
    assertThat(ArrivingSources.differing(before, theirs, List.of("foo", "Mine>1")))
        .containsExactly("mine");
    assertThat(
            ArrivingSources.added(before, theirs, List.of("Mine>1"), "mine"::equals).source("mine"))
        .isEqualTo(theirs.source("mine"));
  }

  @Test
  void indexesAreToldApartByTheirAddresses() {
    String index = "\n[[tool.uv.index]]\nname = \"%s\"\nurl = \"https://%s.example.org\"\n";
    String source = "[tool.uv.sources]\nsea = { index = \"%s\" }\n";
    Manifest here = Manifest.parse(source.formatted("near") + index.formatted("near", "one"));
    Manifest same = Manifest.parse(source.formatted("far") + index.formatted("far", "one"));
    Manifest other = Manifest.parse(source.formatted("near") + index.formatted("near", "two"));
    assertThat(ArrivingSources.differing(here, same, List.of("sea"))).isEmpty();
    assertThat(ArrivingSources.differing(here, other, List.of("sea"))).containsExactly("sea");
    Manifest taken = ArrivingSources.added(here, other, List.of("sea"), "sea"::equals);
    assertThat(taken.indexes().get(String.valueOf(taken.source("sea").get(0).get("index"))))
        .isEqualTo("https://two.example.org");
  }
}
