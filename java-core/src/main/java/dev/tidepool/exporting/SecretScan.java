package dev.tidepool.exporting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import dev.tidepool.model.SourceUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for what must not leave a machine: files that hold keys and passwords by their names, and
 * keys and tokens that anybody can tell by their form. Collects them, and refuses all at once. For
 * one export.
 */
final class SecretScan {
  private static final long LARGEST = 4L << 20;
  private static final String WITH_TOKEN = "an address with a password or token";
  private static final String WITH_USER = "an address with a user's name or password";

  private static final Set<String> FILES =
      Set.of(
          ".netrc",
          "_netrc",
          ".pypirc",
          ".npmrc",
          ".git-credentials",
          ".htpasswd",
          ".pgpass",
          "id_rsa",
          "id_dsa",
          "id_ecdsa",
          "id_ed25519",
          "credentials.json",
          "secrets.json",
          "secrets.toml",
          "secrets.yaml",
          "secrets.yml");

  private static final List<String> ENDINGS =
      List.of(".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk");

  private static final Set<String> SAMPLES = Set.of(".env.example", ".env.sample", ".env.template");

  /** What stands before the host of an address; {@code git@} is everybody's. */
  private static final Pattern USER_INFO = Pattern.compile("://(?!git@)[^/@\\s\"']+@");

  /** The same in a source, which may put an address together of what it is given. */
  private static final Pattern USER_INFO_IN_SOURCE =
      Pattern.compile("(?i)https?://(?!git@)[^/@\\s\"'?#{}<>$%()\\[\\]\\\\]+@");

  /** An address in a source, up to where the source puts in what it is given. */
  private static final Pattern ADDRESS_IN_SOURCE =
      Pattern.compile("(?i)https?://[^\\s\"'<>()\\[\\]`{}$\\\\]+");

  /** What stands for a secret in examples has no digits, as {@code YOUR_TOKEN}. */
  private static final Pattern VALUE = Pattern.compile("(?=.*[0-9]).{8,}");

  /** An address within a text, up to what cannot be part of one or may be around it. */
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^\\s\"'<>()\\[\\]`]+");

  private static final Map<String, Pattern> TOKENS =
      Map.of(
          "a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
          "a token of Hugging Face", Pattern.compile("\\bhf_[A-Za-z0-9]{30,}\\b"),
          "a token of GitHub",
              Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\\b"),
          "a token of GitLab", Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20,}"),
          "a key of OpenAI or Anthropic", Pattern.compile("\\bsk-[A-Za-z0-9_-]{32,}"),
          "a key of AWS", Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"),
          "a key of Google", Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
          "a token of Slack", Pattern.compile("\\bxox[baprs]-[A-Za-z0-9-]{20,}"));

  private final List<String> found = new ArrayList<>();

  /** Looks at a file by its name and its content. */
  void file(String path, Path file) throws IOException {
    if (isSecret(path.substring(path.lastIndexOf('/') + 1))) {
      found.add(path);
    } else if (Files.size(file) <= LARGEST) {
      source(path, Files.readAllBytes(file));
    }
  }

  private void source(String path, byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    boolean binary = text.indexOf(0) >= 0;
    if (!binary && USER_INFO_IN_SOURCE.matcher(text).find()) {
      found.add(path + ": " + WITH_USER);
    } else if (!binary && hasToken(text)) {
      found.add(path + ": " + WITH_TOKEN);
    } else {
      bytes(path, content);
    }
  }

  private static boolean hasToken(String source) {
    return ADDRESS_IN_SOURCE
        .matcher(source)
        .results()
        .flatMap(address -> SourceUrl.secretParameters(address.group()).stream())
        .anyMatch(value -> VALUE.matcher(value).matches());
  }

  /** Looks at a workflow: for tokens, and for addresses with a password or a token. */
  void workflow(String path, byte[] json) throws IOException {
    if (hasSecretAddress(JsonTree.read(json))) {
      found.add(path + ": " + WITH_TOKEN);
    } else {
      bytes(path, json);
    }
  }

  private static boolean hasSecretAddress(JsonNode node) {
    if (node.isTextual()) {
      return ADDRESS
          .matcher(node.textValue())
          .results()
          .anyMatch(address -> SourceUrl.hasSecret(address.group()));
    }
    for (JsonNode child : node) {
      if (hasSecretAddress(child)) {
        return true;
      }
    }
    return false;
  }

  /** Looks at a content. */
  void bytes(String path, byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    TOKENS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(token -> token.getValue().matcher(text).find())
        .findFirst()
        .ifPresent(token -> found.add(path + ": " + token.getKey()));
  }

  /** Looks for tokens, and for addresses with a user's name or password, such as of an index. */
  void addresses(String path, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (USER_INFO.matcher(text).find()) {
      found.add(path + ": " + WITH_USER);
    } else {
      bytes(path, content);
    }
  }

  /**
   * Refuses when anything was found.
   *
   * @throws TidepoolException {@code export-secrets}, whose hints list what was found, without the
   *     secrets themselves
   */
  void require() {
    if (found.isEmpty()) {
      return;
    }
    List<String> hints = new ArrayList<>(found);
    hints.add(
        "Move secrets elsewhere. Files of a pack that you work on stay out of bundles when the"
            + " pack's .gitignore names them.");
    throw new TidepoolException(
        ErrorKind.FORBIDDEN,
        "export-secrets",
        "Nothing was exported: "
            + (found.size() == 1 ? "a secret" : found.size() + " secrets")
            + " would have gone into the bundle.",
        hints.toArray(String[]::new));
  }

  private static boolean isSecret(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    boolean settings = key.equals(".env") || key.startsWith(".env.");
    return FILES.contains(key)
        || (settings && !SAMPLES.contains(key))
        || ENDINGS.stream().anyMatch(key::endsWith);
  }
}
