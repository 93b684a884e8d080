package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static ServerEvent.Binary binary(ByteBuffer message) {
    return (ServerEvent.Binary) EventReader.binary(message.array());
  }

  @Test
  void readsAPreview() {
    ServerEvent.Binary event =
        binary(ByteBuffer.allocate(11).putInt(1).putInt(2).put(new byte[] {7, 8, 9}));
    assertThat(event.kind()).isEqualTo(1);
    assertThat(event.picture()).containsExactly(7, 8, 9);
  }

  @Test
  void readsAPreviewWithADescription() {
    byte[] description = "{\"node_id\":\"5\"}".getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(10 + description.length);
    message.putInt(4).putInt(description.length).put(description).put(new byte[] {7, 8});
    assertThat(binary(message).picture()).containsExactly(7, 8);
  }

  @Test
  void aTextIsNoPicture() {
    ServerEvent.Binary event = binary(ByteBuffer.allocate(4).putInt(3));
    assertThatThrownBy(event::picture).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsBytesThatAnnounceNothing() {
    assertThat(EventReader.binary(new byte[] {1, 2, 3}).type()).isEmpty();
    assertThat(EventReader.binary(new byte[0])).isInstanceOf(ServerEvent.Other.class);
  }

  @Test
  void keepsEventsThatAreNotComfyUisOwn() {
    ServerEvent event = EventReader.text("{\"type\":\"pack.changed\",\"data\":{\"id\":7}}");
    assertThat(event.type()).isEqualTo("pack.changed");
    assertThat(((ServerEvent.Other) event).data().path("id").asInt()).isEqualTo(7);
  }

  @Test
  void keepsWhatIsNoJson() {
    assertThat(EventReader.text("hello"))
        .isEqualTo(new ServerEvent.Other("", TextNode.valueOf("hello")));
  }

  @Test
  void readsNumbersThatJsonDoesNotKnow() {
    ServerEvent event =
        EventReader.text(
            "{\"type\":\"progress\",\"data\":{\"value\":1,\"max\":Infinity,\"node\":\"5\"}}");
    assertThat(((ServerEvent.Progress) event).max()).isInfinite();
  }

  @Test
  void aNodeThatIsNullEndsThePrompt() {
    ServerEvent event =
        EventReader.text("{\"type\":\"executing\",\"data\":{\"node\":null,\"prompt_id\":\"p\"}}");
    assertThat(event).isEqualTo(new ServerEvent.Executing("p", null));
  }
}
