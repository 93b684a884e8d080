import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeRef;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.manifest.WorkflowModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a manifest with everything in it, for {@code manifest.py} to read with ComfyDock's own code; with a second
 * argument first reads one that ComfyDock wrote, and adds to that.
 */
final class ManifestCheck {
  private ManifestCheck() {}

  public static void main(String[] arguments) throws IOException {
    Manifest begun =
        arguments.length > 1
            ? Manifest.read(Path.of(arguments[1]))
            : Manifest.initial(
                new Manifest.Start(
                    "sea", "3.11", new ComfyUiPin("v0.3.60", Optional.of("release"), Optional.of("abc")), "cpu"));
    Files.writeString(Path.of(arguments[0]), filled(begun).text());
  }

  private static Manifest filled(Manifest begun) {
    NodeEntry pack = NodeEntry.registry("Our Päck", "our-pack", "1.2.3").withDownloadUrl("https://x/node.zip");
    NodeEntry git = NodeEntry.git("git pack", "https://x/git-pack.git", "0".repeat(40)).withDependencySources(List.of("torch"));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("Some \"Node\"", "our-pack");
    map.put("Optional", false);
    return begun
        .withIndex("pytorch-cpu", "https://download.pytorch.org/whl/cpu")
        .withSource("torch", "pytorch-cpu")
        .withConstraints(List.of("torch==2.9.0+cpu"))
        .withDependencies(List.of("aiohttp>=3.11", "einops ; sys_platform == \"linux\""))
        .withNode("our-pack", pack)
        .withGroup(NodeEntry.groupName(pack, "our-pack"), List.of("numpy", "piexif ; python_version < \"4\""))
        .withNode("git pack", git)
        .withNode("mine", NodeEntry.development("mine"))
        .withWorkflow("our/flow", new WorkflowEntry("workflows/our/flow.json", List.of("our-pack"), models(), map))
        .withModel(new ModelEntry("00aa11bb22cc33dd", "m.safetensors", 5_000_000_000L, "loras/m.safetensors", "loras", List.of("https://x/m")));
  }

  private static List<WorkflowModel> models() {
    NodeRef reference = new NodeRef("12", "LoraLoader", 0, "sub\\m \"1\".safetensors");
    return List.of(
        new WorkflowModel(
            "m.safetensors", "loras", "flexible", "resolved", List.of(reference), Optional.of("00aa11bb22cc33dd"), List.of(), Optional.empty()),
        new WorkflowModel(
            "n.safetensors", "vae", "required", "unresolved", List.of(reference), Optional.empty(), List.of("https://x/n"), Optional.of("vae/n.safetensors")));
  }
}
