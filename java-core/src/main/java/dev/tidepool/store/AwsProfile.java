package dev.tidepool.store;

import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A profile of AWS's tools, as far as its values stand in it as they are: {@code
 * aws_access_key_id}, {@code aws_secret_access_key}, {@code aws_session_token}, {@code region},
 * {@code endpoint_url}. Profiles that ask another service for keys (SSO, roles, processes) are not
 * followed.
 *
 * <pre>
 * ~/.aws/credentials   [studio]            ~/.aws/config   [profile studio]
 *                      aws_access_key_id = …               region = eu-west-1
 * </pre>
 */
final class AwsProfile {
  private static final String CHOICE = "AWS_PROFILE";
  private static final String USUAL = "default";
  private static final long LARGEST = 1 << 20;

  private final Map<String, String> values;

  private AwsProfile(Map<String, String> values) {
    this.values = values;
  }

  /** Whether one is asked for by name, which goes before keys in variables. */
  static boolean isChosen(Map<String, String> variables) {
    return !variables.getOrDefault(CHOICE, "").isBlank();
  }

  /** The profile that {@code AWS_PROFILE} names, else the one named {@code default}. */
  static AwsProfile of(Map<String, String> variables) {
    String name = isChosen(variables) ? variables.getOrDefault(CHOICE, "").strip() : USUAL;
    Map<String, String> values = new HashMap<>();
    String section = name.equals(USUAL) ? USUAL : "profile " + name;
    boolean found = read(file(variables, "AWS_CONFIG_FILE", "config"), section, values);
    found |= read(file(variables, "AWS_SHARED_CREDENTIALS_FILE", "credentials"), name, values);
    if (!found && isChosen(variables)) {
      throw S3Settings.invalid(
          "There is no profile " + name + " in ~/.aws, as AWS_PROFILE names it.",
          "aws configure list-profiles shows those that are there.");
    }
    return new AwsProfile(values);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  private static Path file(Map<String, String> variables, String variable, String name) {
    String named = variables.getOrDefault(variable, "");
    return named.isEmpty()
        ? Path.of(variables.getOrDefault("HOME", ""), ".aws", name)
        : Path.of(named);
  }

  /** Whether the file has the section. */
  private static boolean read(Path file, String section, Map<String, String> values) {
    boolean[] found = {false};
    boolean inside = false;
    for (String line : lines(file).split("\\R")) {
      String text = line.strip();
      if (text.startsWith("[")) {
        inside = text.replaceAll("^\\[\\s*|\\s*\\].*$", "").equals(section);
        found[0] |= inside;
      } else if (inside && !Character.isWhitespace((line + " ").charAt(0))) {
        int equals = text.indexOf('=');
        if (equals > 0 && !text.startsWith("#") && !text.startsWith(";")) {
          values.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        }
      }
    }
    return found[0];
  }

  private static String lines(Path file) {
    return StorageFailures.translate(
        "read " + file,
        () -> {
          try {
            return Files.size(file) > LARGEST
                ? ""
                : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
          } catch (NoSuchFileException | NotDirectoryException e) {
            return "";
          } catch (IOException e) {
            throw e;
          }
        });
  }
}
