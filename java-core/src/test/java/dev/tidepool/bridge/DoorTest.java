package dev.tidepool.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoorTest {
  private static final String PIXEL_GIF =
      "4749463839610100010080000000000000000021f90401000000002c00000000010001000002024401003b";

  private final Events events = new Events(100);
  private final LogFeed logFeed = LogFeed.install(events, Logger.getLogger("dev.tidepool"));
  private final Door door = new Door(table(), logFeed);

  @TempDir private Path folder;

  @AfterEach
  void stopListening() {
    door.close();
  }

  @Test
  void answersPingAndVersion() {
    assertThat(door.ping(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(door.version()).isEqualTo(Door.VERSION);
  }

  @Test
  void answersInAsciiAndLosesNoCharacter() throws IOException {
    String answer = call("profile.create", "'name':'Ölbild 🐚'");
    assertThat(answer).isASCII().startsWith("{\"ok\":");
    assertThat(Json.read(answer).at("/ok/name").textValue()).isEqualTo("Ölbild 🐚");
  }

  @Test
  void carriesAProfileThroughItsLife() throws IOException {
    ok("profile.create", "'name':'Cats','id':'cats','created':7");
    assertThat(ok("profile.list", "'x':1").toString())
        .isEqualTo("{\"profiles\":[{\"id\":\"cats\",\"name\":\"Cats\",\"created\":7}]}");
    assertThat(ok("profile.find", "'profile':'CATS'").at("/id").textValue()).isEqualTo("cats");
    assertThat(ok("profile.resolve", "'name':'cats'")).hasToString("{\"id\":\"cats\"}");
    assertThat(ok("profile.resolve", "'id':null")).hasToString("{\"id\":\"default\"}");
    assertThat(ok("profile.rename", "'id':'cats','name':'Dogs'").at("/name").textValue())
        .isEqualTo("Dogs");
    JsonNode export = ok("profile.export", "'id':'cats','file':'" + folder + "/x.zip'");
    assertThat(export.at("/bytes").longValue()).isEqualTo(Files.size(folder.resolve("x.zip")));
    assertThat(ok("profile.import", "'file':'" + folder + "/x.zip'").at("/name").textValue())
        .isEqualTo("Dogs (2)");
    assertThat(ok("profile.duplicate", "'id':'cats','name':'Third'").at("/name").textValue())
        .isEqualTo("Third");
    assertThat(ok("profile.delete", "'id':'cats'").at("/deleted").booleanValue()).isTrue();
    assertThat(ok("profile.delete", "'id':'cats'").at("/deleted").booleanValue()).isFalse();
    assertThat(ok("profile.restore", "'id':'cats'").at("/name").textValue()).isEqualTo("Dogs");
  }

  @Test
  void carriesAPoolThroughItsLife() throws IOException {
    Path image = folder.resolve("pixel");
    Files.write(image, HexFormat.of().parseHex(PIXEL_GIF));
    Path text = Files.writeString(folder.resolve("text"), "no image");
    JsonNode added =
        ok(
            "pool.add",
            "'id':'p','images':[{'name':'a.gif','file':'%s'},{'name':'b.gif','file':'%s'}]"
                .formatted(image, text));
    assertThat(added.at("/added").toString()).isEqualTo("[\"a.gif\"]");
    assertThat(added.at("/refused/0/error/code").textValue()).isEqualTo("image-format-unsupported");
    assertThat(added.at("/pool/active").textValue()).isEqualTo("a.gif");
    assertThat(ok("pool.get", "'id':'p'")).isEqualTo(added.at("/pool"));
    assertThat(ok("pool.label", "'id':'p','name':'a.gif','label':'L'").at("/slots/0/label"))
        .hasToString("\"L\"");
    JsonNode picked = ok("pool.pick", "'id':'p','index':-1,'slot':'a.gif'");
    assertThat(picked).isEqualTo(ok("pool.pick", "'id':'p'"));
    assertThat(picked.at("/name").textValue()).isEqualTo("a.gif");
    assertThat(picked.at("/index").intValue()).isZero();
    assertThat(picked.at("/count").intValue()).isEqualTo(1);
    assertThat(picked.at("/label").textValue()).isEqualTo("L");
    assertThat(picked.at("/file").textValue()).isEqualTo(folder.resolve("p/a.gif").toString());
    assertThat(picked.at("/mask").isNull()).isTrue();
    assertThat(picked.at("/fingerprint").textValue()).isNotBlank();
    assertThat(ok("pool.enable", "'id':'p','names':['a.gif'],'enabled':false").at("/active"))
        .hasToString("null");
    assertThat(ok("pool.image", "'id':'p','name':'a.gif'").toString())
        .isEqualTo("{\"file\":\"" + folder.resolve("p/a.gif") + "\",\"mask\":null}");
    assertThat(ok("pool.remove", "'id':'p','names':['a.gif']").at("/slots")).isEmpty();
  }

  @Test
  void errorCarriesCodeMessageHintsAndStatus() throws IOException {
    JsonNode error = Json.read(call("profile.find", "'profile':'nobody'")).at("/error");
    assertThat(error.at("/code").textValue()).isEqualTo("profile-not-found");
    assertThat(error.at("/message").textValue()).contains("nobody");
    assertThat(error.at("/hints")).isNotEmpty();
    assertThat(error.at("/status").intValue()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"base\":7}",
        "{\"base\":null}",
        "{\"base\":\"relative\"}",
        "{\"base\":\"\\u0000\"}",
        "{}"
      })
  void badArgumentsAreSaidToBeSo(String arguments) throws IOException {
    assertThat(Json.read(door.call("profile.list", arguments)).at("/error/code").textValue())
        .isEqualTo("argument-invalid");
  }

  @Test
  void unknownOperationIsSaidToBeSo() throws IOException {
    assertThat(Json.read(door.call("no.such", "{}")).at("/error/code").textValue())
        .isEqualTo("operation-unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bug", "overflow"})
  void bugIsNamedInTheLogAndNowhereElse(String operation) {
    String answer = door.call(operation, "{}");
    assertThat(answer).contains("internal-error").doesNotContain("java", "Exception", "secret");
    assertThat(events.take(Duration.ZERO).events())
        .singleElement()
        .satisfies(event -> assertThat(event.toString()).contains("operation=" + operation, "at "));
  }

  @Test
  void progressEndsWithItsLastWordEvenWhenTheOperationFails() {
    call("profile.export", "'id':'none','token':'7','file':'" + folder + "/x.zip'");
    assertThat(events.take(Duration.ZERO).events())
        .containsExactly(new Event.Advance("7", 0, 0, true));
  }

  @Test
  void logLinesBelowTheWantedLevelStayInJava() throws IOException {
    door.call("events.take", "{\"level\":\"WARNING\"}");
    Logger.getLogger("dev.tidepool.x").info("quiet");
    Logger.getLogger("dev.tidepool.x").warning("loud");
    assertThat(Json.read(door.call("events.take", "{\"level\":\"INFO\"}")).at("/ok/events"))
        .hasToString(
            "[{\"type\":\"log\",\"level\":\"WARNING\",\"logger\":\"dev.tidepool.x\",\"message\":\"loud\"}]");
  }

  private Operations table() {
    Map<String, Operation> extra = new HashMap<>();
    extra.put(
        "bug",
        arguments -> {
          throw new IllegalStateException("secret");
        });
    extra.put("overflow", arguments -> overflow(arguments));
    return Operations.standard(events, logFeed).and(extra);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static JsonNode overflow(Arguments arguments) {
    return overflow(arguments);
  }

  private JsonNode ok(String operation, String arguments) throws IOException {
    String answer = call(operation, arguments);
    assertThat(answer).startsWith("{\"ok\":");
    return Json.read(answer).at("/ok");
  }

  /** Calls with the base folder and these arguments, in which quotes are single. */
  private String call(String operation, String arguments) {
    return door.call(operation, ("{'base':'" + folder + "'," + arguments + "}").replace('\'', '"'));
  }
}
