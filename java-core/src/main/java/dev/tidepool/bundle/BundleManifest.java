package dev.tidepool.bundle;

import dev.tidepool.manifest.ComfyUiPin;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle says of itself in {@code manifest.json}.
 *
 * <pre>{@code
 * {"schema": 1, "tool": "tidepool 0.1.0",
 *  "environment": {"name": "portraits", "version": "v3", "commit": "5d1c…"},
 *  "python": "3.11", "torch_backend": "cpu",
 *  "comfyui": {"version": "v0.30.0", "version_type": "release", "commit": null},
 *  "workflows": ["portrait.json"],
 *  "packs": [{"id": "rgthree-comfy", "name": "rgthree-comfy", "source": "registry", …}],
 *  "models": [{"filename": "sd.safetensors", "relative_path": "checkpoints/sd.safetensors", …}],
 *  "pools": [{"id": "b5…", "name": "Sea", "member": "pools/b5….zip"}],
 *  "members": [{"path": "pyproject.toml", "size": 812, "sha256": "…"}, …]}
 * }</pre>
 *
 * Of one that was read, every name and path is a safe one, and what it says of members fits
 * together; addresses and versions are as whoever made it wrote them. Immutable.
 *
 * @param tool what wrote it
 * @param python such as {@code 3.11}
 * @param torchBackend such as {@code cpu} or {@code cu130}
 * @param workflows their paths below {@code workflows/}, with {@code .json}
 * @param members every other file in the bundle but the signature, by name
 */
public record BundleManifest(
    String tool,
    BundleOrigin environment,
    Optional<String> python,
    Optional<String> torchBackend,
    ComfyUiPin comfyUi,
    List<String> workflows,
    List<BundledPack> packs,
    List<BundledModel> models,
    List<BundledPool> pools,
    List<BundleMember> members) {
  /** The member that holds it. */
  public static final String MEMBER = "manifest.json";

  /** Copies the lists. */
  public BundleManifest {
    workflows = List.copyOf(workflows);
    packs = List.copyOf(packs);
    models = List.copyOf(models);
    pools = List.copyOf(pools);
    members = List.copyOf(members);
  }

  /**
   * Reads a manifest that anybody may have written. Fields that are not known are passed over.
   *
   * @throws dev.tidepool.error.TidepoolException {@code bundle-invalid}, with the field that is
   *     wrong; {@code bundle-version-unsupported} when a newer Tidepool wrote it
   */
  public static BundleManifest parse(byte[] json) {
    return ManifestReading.parse(json);
  }

  /** The manifest as JSON; the same manifest gives the same bytes. */
  public byte[] json() {
    return ManifestWriting.json(this);
  }

  /** The same with other members. */
  BundleManifest withMembers(List<BundleMember> all) {
    return new BundleManifest(
        tool, environment, python, torchBackend, comfyUi, workflows, packs, models, pools, all);
  }
}
