package dev.tidepool.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResolverTest {
  @TempDir Path folder;

  @Test
  void answerIsKeptBeforeTheNextQuestion() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models/checkpoints"));
    Files.write(models.resolve("sea-fp16.safetensors"), new byte[1]);
    Path flow = folder.resolve("flow.json");
    Files.writeString(
        flow,
        """
        {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sea.safetensors"}},
         "2": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sea.ckpt"}}}
        """);
    Loaders loaders = Loaders.builtIn();
    ModelTree files = ModelTree.below(folder.resolve("models"), loaders.relativeFolders());
    Resolver resolver =
        new Resolver(
            new ModelPaths(loaders, files),
            new Offering(loaders, files, Contents.unknown()),
            Contents.unknown(),
            List.of());
    ModelReferences references =
        ModelReferences.of(Workflow.read(flow, loaders::widgetNames), loaders);
    List<Decision> kept = new ArrayList<>();
    assertThatThrownBy(
            () -> resolver.resolve(flow, references, new KilledAtTheSecond(), kept::addAll))
        .hasMessage("killed");
    assertThat(kept)
        .containsExactly(
            new Decision(
                flow.toString(),
                "",
                "1",
                "",
                "ckpt_name",
                "sea.safetensors",
                "sea-fp16.safetensors",
                ""));
  }

  private static final class KilledAtTheSecond implements Asking {
    private boolean asked;

    @Override
    public Optional<String> choose(ModelReference reference, List<Offer> offers) {
      if (asked) {
        throw new IllegalStateException("killed");
      }
      asked = true;
      return Optional.of(offers.get(0).value());
    }
  }
}
