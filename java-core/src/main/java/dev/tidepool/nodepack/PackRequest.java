package dev.tidepool.nodepack;

import dev.tidepool.error.TidepoolException;
import java.util.Optional;

/**
 * A node pack as a user names it. The three forms:
 *
 * <pre>
 * comfyui-impact-pack@8.15.3                     of the registry, a version or the newest
 * https://github.com/ltdrdata/ComfyUI-Impact-Pack@main   a git repository, at a ref or its default branch
 * my-pack                                        a folder that the user works on (--dev)
 * </pre>
 */
public sealed interface PackRequest {
  /** The request as a user would type it, without passwords. */
  String text();

  /** A pack of the registry. */
  record Registered(String id, Optional<String> version) implements PackRequest {
    @Override
    public String text() {
      return id + version.map(v -> "@" + v).orElse("");
    }
  }

  /**
   * A git repository.
   *
   * @param ref a branch, a tag or a commit; the default branch when there is none
   */
  record Repository(String url, Optional<String> ref) implements PackRequest {
    @Override
    public String text() {
      return dev.tidepool.process.Secrets.hidden(url) + ref.map(r -> "@" + r).orElse("");
    }
  }

  /**
   * A folder that the user works on.
   *
   * @param folder as it was typed: a path, or the name of a folder in {@code custom_nodes}
   */
  record Development(String folder) implements PackRequest {
    @Override
    public String text() {
      return folder;
    }
  }

  /**
   * Reads what was typed.
   *
   * @param development whether it names a folder that the user works on
   * @throws TidepoolException {@code node-request-invalid}
   */
  static PackRequest parse(String text, boolean development) {
    return new RequestReader(text).read(development);
  }
}
