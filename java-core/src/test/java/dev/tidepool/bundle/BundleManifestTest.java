package dev.tidepool.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleManifestTest {
  private static BundleManifest full() {
    return Samples.full()
        .withMembers(
            Samples.fullSources().stream().map(each -> each.digested().orElseThrow()).toList());
  }

  @Test
  void readsWhatItWrote() {
    assertThat(BundleManifest.parse(full().json())).isEqualTo(full());
  }

  @Test
  void passesOverFieldsThatItDoesNotKnow() throws IOException {
    ObjectNode json = (ObjectNode) JsonTree.read(full().json());
    json.put("mood", "good").withObject("/environment").put("weather", 3);
    ((ObjectNode) json.withArray("/packs").get(0)).putArray("friends").add(1);
    assertThat(BundleManifest.parse(JsonTree.write(json))).isEqualTo(full());
  }

  @Test
  void refusesTheManifestOfANewerTidepool() throws IOException {
    ObjectNode json = (ObjectNode) JsonTree.read(full().json());
    byte[] newer = JsonTree.write(json.put("schema", 2));
    assertThatThrownBy(() -> BundleManifest.parse(newer))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("bundle-version-unsupported");
              assertThat(e.text()).contains("2");
              assertThat(e.hints()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/schema, null, schema",
    "/schema, 0, schema",
    "/schema, '\"1\"', schema",
    "/tool, null, tool",
    "/tool, 7, tool",
    "/tool, '\"a\\u0007b\"', tool",
    "/environment, 1, environment",
    "/environment/name, null, environment.name",
    "/comfyui/version, null, comfyui.version",
    "/workflows, 1, workflows",
    "/workflows, '[\"gone.json\"]', workflows",
    "/workflows, '[\"../../x.json\"]', workflows",
    "/packs/0/name, '\"../../x\"', packs.name",
    "/packs/0/name, '\"a/b\"', packs.name",
    "/packs/0/name, '\".git\"', packs.name",
    "/packs/0/name, '\"..\"', packs.name",
    "/packs/0/id, '\"/x\"', packs.id",
    "/packs/0/source, '\"elsewhere\"', packs.source",
    "/packs/0/member, '\"dev_nodes/Other\"', packs.member",
    "/models/0/relative_path, '\"../sd.safetensors\"', models.relative_path",
    "/models/0/relative_path, '\"/etc/sd.safetensors\"', models.relative_path",
    "/models/0/relative_path, '\"checkpoints/other\"', models.relative_path",
    "/models/0/relative_path, '\"sd.safetensors\"', models.relative_path",
    "/models/0/filename, '\"..\"', models.filename",
    "/models/0/size, -1, models.size",
    "/models/0/size, 1.5, models.size",
    "/models/0/size, 1e999999999, models.size",
    "/models/0/size, 299999, models.member",
    "/models/0/sha256, '\"abc\"', models.sha256",
    "/models/0/member, '\"pools/p1.zip\"', models.member",
    "/models/0/member, '\"models/none\"', models.member",
    "/models/0/sources, '[3]', models.sources",
    "/pools/0/id, '\"../p\"', pools.id",
    "/pools/0/member, '\"../p.zip\"', pools.member",
    "/members/0/path, '\"../x\"', members.path",
    "/members/0/path, '\".git/config\"', members.path",
    "/members/1/path, '\"workflows/portrait.json\"', members.path",
    "/members/0/size, null, members.size",
  })
  void namesTheFieldThatIsWrong(String pointer, String value, String field) throws IOException {
    ObjectNode json = (ObjectNode) JsonTree.read(full().json());
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = slash == 0 ? json : json.at(pointer.substring(0, slash));
    JsonNode wrong = JsonTree.read(value.getBytes(StandardCharsets.UTF_8));
    ((ObjectNode) parent).set(pointer.substring(slash + 1), wrong);
    assertThatThrownBy(() -> BundleManifest.parse(JsonTree.write(json)))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("bundle-invalid");
              assertThat(e.text()).contains(field);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints/sub/sd.safetensors", "checkpoints/SUB/sd.safetensors"})
  void refusesTwoModelsForOnePlace(String path) throws IOException {
    ObjectNode json = (ObjectNode) JsonTree.read(full().json());
    ObjectNode second = ((ObjectNode) json.at("/models/0")).deepCopy();
    second.put("relative_path", path).put("sha256", "c".repeat(64)).remove("member");
    json.withArray("/models").add(second);
    assertThatThrownBy(() -> BundleManifest.parse(JsonTree.write(json)))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("bundle-invalid");
              assertThat(e.text()).contains("models.relative_path");
            });
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String text : List.of("", "[]", "{", "nonsense", "[".repeat(5000), "\u0000")) {
      assertThatThrownBy(() -> BundleManifest.parse(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              TidepoolException.class, e -> assertThat(e.code()).isEqualTo("bundle-invalid"));
    }
  }

  @Test
  void neverFailsInAnyOtherWay() {
    Random random = new Random(8);
    byte[] whole = full().json();
    for (int i = 0; i < 3000; i++) {
      byte[] json = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      }
      try {
        BundleManifest.parse(json);
      } catch (TidepoolException e) {
        assertThat(e.code()).as("round %d", i).startsWith("bundle-");
      }
    }
  }
}
