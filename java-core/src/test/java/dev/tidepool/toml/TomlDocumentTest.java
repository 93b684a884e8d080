package dev.tidepool.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlDocumentTest {
  @Test
  void everyKindOfValueIsRead() {
    TomlDocument document =
        parse(
            """
            text = "tab\\t \\u00fc \\U0001F600"
            literal = 'C:\\temp'
            several = \"""
            one
            two \\
               three\"""
            number = 1_000
            hex = 0xff
            real = -1.5e3
            yes = true
            when = 1979-05-27 07:32:00Z
            list = [ 1, "two", [3], {a.b = 4} ]
            """);
    assertThat(document.get("text")).isEqualTo("tab\t ü 😀");
    assertThat(document.get("literal")).isEqualTo("C:\\temp");
    assertThat(document.get("several")).isEqualTo("one\ntwo three");
    assertThat(document.get("number")).isEqualTo(1000L);
    assertThat(document.get("hex")).isEqualTo(255L);
    assertThat(document.get("real")).isEqualTo(-1500.0);
    assertThat(document.get("yes")).isEqualTo(true);
    assertThat(document.get("when")).isEqualTo("1979-05-27 07:32:00Z");
    assertThat(document.get("list"))
        .isEqualTo(List.of(1L, "two", List.of(3L), Map.of("a", Map.of("b", 4L))));
    assertThat(document.keys()).startsWith("text", "literal").endsWith("when", "list");
  }

  @Test
  void changedValueKeepsItsComment() {
    assertChange("a = 1   # one\r\nb = 2", List.of("a"), 3, "a = 3   # one\r\nb = 2");
    assertChange("a.b = 1", List.of("a", "b"), "x", "a.b = \"x\"");
    assertChange("a = {b = 1, c = 2}", List.of("a", "c"), 3, "a = {b = 1, c = 3}");
    assertChange("a = { b = 1 }", List.of("a", "c"), 3, "a = { b = 1, c = 3 }");
    assertChange("a = 0x10", List.of("a"), 16, "a = 0x10");
  }

  @Test
  void newEntryComesAfterTheOthersOfItsTable() {
    assertChange(
        "[a]\nb = 1\n\n# about c\n[a.c]\nd = 1\n",
        List.of("a", "e"),
        2,
        "[a]\nb = 1\ne = 2\n\n# about c\n[a.c]\nd = 1\n");
    assertChange("[a.b]\nc = 1\n", List.of("a", "d"), 2, "[a]\nd = 2\n\n[a.b]\nc = 1\n");
    assertChange("[a]\nb.c = 1\n", List.of("a", "b", "d"), 2, "[a]\nb.c = 1\nb.d = 2\n");
    assertChange("# top\n[a]\n", List.of("b"), 2, "b = 2\n\n# top\n[a]\n");
    assertChange("a = 1", List.of("b"), 2, "a = 1\nb = 2\n");
    assertChange("", List.of("b"), 2, "b = 2\n");
    assertChange("\ufeff", List.of("b"), 2, "\ufeffb = 2\n");
  }

  @Test
  void newTableComesAfterItsSiblings() {
    assertChange(
        "[t.n.a]\nx = 1\n[t.n.b]\nx = 2\n[u]\n",
        List.of("t", "n", "c d"),
        Map.of("x", 3),
        "[t.n.a]\nx = 1\n[t.n.b]\nx = 2\n\n[t.n.\"c d\"]\nx = 3\n\n[u]\n");
    assertChange(
        "[t]\nx = 1\r\n\r\n[u]\r\n",
        List.of("t", "m"),
        Map.of("k", Toml.inline(Map.of("a", true))),
        "[t]\nx = 1\r\n\n[t.m]\nk = {a = true}\n\r\n[u]\r\n");
  }

  @Test
  void newTableMayComeBeforeNamedSiblings() {
    String before = "[t]\nx = 1\n\n# all models\n[t.models]\n";
    assertThat(
            parse(before)
                .with(List.of("t", "nodes", "a"), Map.of("v", "1"), "workflows", "models")
                .text())
        .isEqualTo("[t]\nx = 1\n\n[t.nodes.a]\nv = \"1\"\n\n# all models\n[t.models]\n");
  }

  @Test
  void listOnSeveralLinesKeepsItsComments() {
    String before = "d = [\n  # maths\n  \"numpy\", # fast\n  \"torch\"  # big\n]\n";
    assertChange(
        before,
        List.of("d"),
        List.of("numpy", "torch", "zstd"),
        "d = [\n  # maths\n  \"numpy\", # fast\n  \"torch\",  # big\n  \"zstd\",\n]\n");
    assertChange(before, List.of("d"), List.of("torch"), "d = [\n  \"torch\",  # big\n]\n");
    assertChange("d = []\n", List.of("d"), List.of("a", "b"), "d = [\"a\", \"b\"]\n");
    assertChange("d = []\n", List.of("d"), Toml.lines(List.of("a")), "d = [\n    \"a\",\n]\n");
  }

  @Test
  void arrayOfTablesChangesElementByElement() {
    String before = "[[i]]\nname = \"a\" # first\n\n[[i]]\nname = \"b\"\n";
    assertChange(
        before,
        List.of("i"),
        List.of(Map.of("name", "a"), Map.of("name", "c"), Map.of("name", "d")),
        "[[i]]\nname = \"a\" # first\n\n[[i]]\nname = \"c\"\n\n[[i]]\nname = \"d\"\n");
    assertChange(before, List.of("i"), List.of(Map.of("name", "b")), "[[i]]\nname = \"b\"\n");
    assertChange(before, List.of("i"), List.of(), "i = []\n");
  }

  @Test
  void removedTableTakesItsCommentsAlong() {
    String before = "[a]\nx = 1\n\n# about b\n[b]\ny = 1\n# more\n\n[b.c]\n\n# about d\n[d]\n";
    assertThat(parse(before).without(List.of("b")).text())
        .isEqualTo("[a]\nx = 1\n\n# about d\n[d]\n");
    assertThat(parse(before).without(List.of("d")).text())
        .isEqualTo("[a]\nx = 1\n\n# about b\n[b]\ny = 1\n# more\n\n[b.c]\n");
    assertThat(parse(before).without(List.of("a", "x")).text()).startsWith("[a]\n\n# about b");
    assertThat(parse(before).without(List.of("nothing")).text()).isEqualTo(before);
    assertThat(parse("a = {b = 1, c = 2}").without(List.of("a", "b")).text())
        .isEqualTo("a = {c = 2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 1\na = 2",
        "a = 1\n[a]",
        "[a]\n[a]",
        "[a]\nb.c = 1\n[a.b]",
        "[a.b]\n[a]\nb.c = 1",
        "a = [1]\n[[a]]",
        "a = {b = 1}\na.c = 2",
        "[[a]]\n[a]",
        "a = {b = 1, b = 2}",
        "a = {b = 1,}",
        "a = 01",
        "a = 1__0",
        "a = 99999999999999999999",
        "a = .5",
        "a = \"\\q\"",
        "a = \"\\ud800\"",
        "a = \"open",
        "a = '''open",
        "a = 1 b = 2",
        "a",
        "= 1",
        "[a",
        "[]",
        "a = \u0001",
        "# \u0000",
        "a = 1\r",
        "a = 2020-13-01",
        "\ufeff\ufeff"
      })
  void invalidTextIsRefused(String text) {
    TidepoolException error =
        catchThrowableOfType(TidepoolException.class, () -> parse("ok = 1\n" + text));
    assertThat(error).as(text).isNotNull();
    assertThat(error.code()).isEqualTo("toml-invalid");
    assertThat(error.text()).startsWith("test.toml, line ");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(
            catchThrowableOfType(TidepoolException.class, () -> parse("a = " + "[".repeat(9999))))
        .isNotNull();
  }

  private static void assertChange(String before, List<String> path, Object value, String after) {
    assertThat(parse(before).with(path, value).text()).isEqualTo(after);
  }

  private static TomlDocument parse(String text) {
    return TomlDocument.parse(text, "test.toml");
  }
}
