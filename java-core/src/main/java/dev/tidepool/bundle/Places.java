package dev.tidepool.bundle;

import java.util.Set;

/** Where things lie in a bundle. */
final class Places {
  static final String WORKFLOWS = "workflows/";

  /** The name that ComfyDock gives the folder with the source of development packs. */
  static final String DEVELOPMENT = "dev_nodes/";

  static final String MODELS = "models/";
  static final String POOLS = "pools/";

  private static final Set<String> FILES =
      Set.of(
          BundleManifest.MEMBER,
          BundleSignature.MEMBER,
          "pyproject.toml",
          "uv.lock",
          ".python-version",
          ".comfydock_ignore",
          "comfydock.lock");

  private Places() {}

  /** Whether a member lies where bundles have something; others are never unpacked. */
  static boolean isKnown(String path) {
    return FILES.contains(path)
        || (path.startsWith(WORKFLOWS) && path.endsWith(".json"))
        || (path.startsWith(DEVELOPMENT) && path.indexOf('/', DEVELOPMENT.length()) > 0)
        || path.startsWith(MODELS)
        || (path.startsWith(POOLS) && path.endsWith(".zip"));
  }
}
