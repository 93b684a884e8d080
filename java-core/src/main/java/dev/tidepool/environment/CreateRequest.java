package dev.tidepool.environment;

import dev.tidepool.comfyui.Source;
import java.util.Optional;

/**
 * What a new environment is to be.
 *
 * @param name see {@code environment-name-invalid}
 * @param python such as {@code 3.11}; nothing for the default
 * @param comfyUiVersion a release, branch or commit; nothing for the newest release
 * @param source where ComfyUI comes from; nothing for its own repository
 * @param torch which PyTorch
 * @param content what it is made of; nothing for a plain ComfyUI from its source
 */
public record CreateRequest(
    String name,
    Optional<String> python,
    Optional<String> comfyUiVersion,
    Optional<Source> source,
    Torch torch,
    Optional<Content> content) {
  /** A plain ComfyUI. */
  public CreateRequest(
      String name,
      Optional<String> python,
      Optional<String> comfyUiVersion,
      Optional<Source> source,
      Torch torch) {
    this(name, python, comfyUiVersion, source, torch, Optional.empty());
  }

  /** In one line, to be compared with what was asked for before. */
  String text() {
    String plain =
        String.join(
            " ",
            "python=" + python.orElse(""),
            "version=" + comfyUiVersion.orElse(""),
            "source=" + source.map(Source::text).orElse(""),
            "torch=" + torch.backend());
    return content.map(more -> plain + " " + more.text()).orElse(plain);
  }
}
