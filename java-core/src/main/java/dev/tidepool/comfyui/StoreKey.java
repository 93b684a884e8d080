package dev.tidepool.comfyui;

import dev.tidepool.hash.FileHasher;
import dev.tidepool.hash.Sha256;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Under which name a ComfyUI lies in the cache: {@code release_v0.30.0} and the like for ComfyUI's
 * own repository, as ComfyDock names them; others begin with what tells them apart.
 *
 * @param version as the manifest says it
 * @param versionType {@code release}, {@code branch} or {@code commit}
 */
record StoreKey(String name, String version, String versionType) {
  private static final Pattern RELEASE = Pattern.compile("v?\\d+\\.\\d+(?:\\.\\d+)*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._=-]");
  private static final int DIGITS = 12;

  static StoreKey of(Source.Git source, boolean upstream) {
    String type =
        RELEASE.matcher(source.ref()).matches()
            ? "release"
            : COMMIT.matcher(source.ref()).matches() ? "commit" : "branch";
    String readable = type + "_" + UNSAFE.matcher(source.ref()).replaceAll("-");
    String name =
        upstream && !type.equals("branch")
            ? readable
            : "git_" + digest(source.url() + "\0" + source.ref()) + "_" + readable;
    return new StoreKey(name, source.ref(), type);
  }

  static StoreKey of(Source source) throws IOException {
    String name =
        source instanceof Source.Archive archive
            ? "archive_"
                + new FileHasher(1).full(archive.file(), read -> {}).sha256().substring(0, DIGITS)
            : "package_" + UNSAFE.matcher(source.text()).replaceAll("-");
    return new StoreKey(name, "", "release");
  }

  private static String digest(String text) {
    return Sha256.of(text).substring(0, DIGITS);
  }
}
