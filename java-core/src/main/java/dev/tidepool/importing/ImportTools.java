package dev.tidepool.importing;

import dev.tidepool.download.Downloads;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Torch;
import dev.tidepool.history.Identity;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.python.PythonTools;
import dev.tidepool.workspace.Workspace;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an import takes from outside.
 *
 * @param downloads get models
 * @param rule which addresses of a bundle may be asked
 * @param torch which PyTorch, when the bundle locks none
 * @param who commits
 * @param variables those that a ComfyUI's {@code extra_model_paths.yaml} may name
 */
public record ImportTools(
    Workspace workspace,
    Environments environments,
    Packs packs,
    PythonTools python,
    Downloads downloads,
    PublicAddresses rule,
    Torch torch,
    Identity who,
    Supplier<Loaders> loaders,
    StoreLocks locks,
    Map<String, String> variables,
    Clock clock) {
  /** Copies the variables. */
  public ImportTools {
    variables = Map.copyOf(variables);
  }
}
