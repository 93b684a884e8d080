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

  /** In the order in which what is found is told. */
  private static final List<Token> TOKENS =
      List.of(
          new Token("a key of AWS", "\\bAKIA[0-9A-Z]{16}\\b", "AKIA"),
          new Token("a key of Google", "\\bAIza[0-9A-Za-z_-]{35}", "AIza"),
          new Token("a key of OpenAI or Anthropic", "\\bsk-[A-Za-z0-9_-]{32,}", "sk-"),
          new Token("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY-----", "-----BEGIN "),
          new Token(
              "a token of GitHub",
              "\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\\b",
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_",
              "github_pat_"),
          new Token("a token of GitLab", "\\bglpat-[A-Za-z0-9_-]{20,}", "glpat-"),
          new Token("a token of Hugging Face", "\\bhf_[A-Za-z0-9]{30,}\\b", "hf_"),
          new Token("a token of Slack", "\\bxox[baprs]-[A-Za-z0-9-]{20,}", "xox"));

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
    String text = new String(json, StandardCharsets.ISO_8859_1);
    if (mayHoldAddress(text) && hasSecretAddress(JsonTree.read(json))) {
      found.add(path + ": " + WITH_TOKEN);
    } else {
      tokens(path, text);
    }
  }

  /**
   * Whether a string of a document may hold an address: as it is, or with slashes or letters as
   * JSON can write them else. Of one that is not in UTF-8 nothing is said.
   */
  private static boolean mayHoldAddress(String json) {
    return json.contains("://")
        || json.contains("\\/")
        || json.contains("\\u")
        || json.indexOf(0) >= 0;
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
    tokens(path, new String(content, StandardCharsets.ISO_8859_1));
  }

  private void tokens(String path, String text) {
    for (Token token : TOKENS) {
      if (token.isIn(text)) {
        found.add(path + ": " + token.name());
        return;
      }
    }
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

  /**
   * A kind of token.
   *
   * @param beginnings one of which each has; looking for those first saves most of the time
   */
  private record Token(String name, Pattern form, List<String> beginnings) {
    Token(String name, String form, String... beginnings) {
      this(name, Pattern.compile(form), List.of(beginnings));
    }

    boolean isIn(String text) {
      for (String beginning : beginnings) {
        if (text.contains(beginning)) {
          return form.matcher(text).find();
        }
      }
      return false;
    }
  }
}
