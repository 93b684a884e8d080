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
import java.util.Set;

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

  /** Whether one is asked for by name. */
  static boolean isChosen(Map<String, String> variables) {
    return !variables.getOrDefault(CHOICE, "").isBlank();
  }

  /** The profile that {@code AWS_PROFILE} names, else the one named {@code default}. */
  static AwsProfile of(Map<String, String> variables) {
    String name = isChosen(variables) ? variables.getOrDefault(CHOICE, "").strip() : USUAL;
    Map<String, String> values = new HashMap<>();
    boolean chosen = isChosen(variables);
    Set<String> sections =
        name.equals(USUAL) ? Set.of(USUAL, "profile " + USUAL) : Set.of("profile " + name);
    Path config = file(variables, "AWS_CONFIG_FILE", "config");
    Path credentials = file(variables, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
    boolean found = read(lines(config, chosen), sections, values);
    found |= read(lines(credentials, chosen), Set.of(name), values);
    if (!found && chosen) {
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
    return named.isEmpty() ? Path.of(home(variables), ".aws", name) : Path.of(named);
  }

  private static String home(Map<String, String> variables) {
    String home = variables.getOrDefault("HOME", "");
    return home.isEmpty() ? System.getProperty("user.home", "") : home;
  }

  /** Whether a file has one of the sections. */
  private static boolean read(String lines, Set<String> sections, Map<String, String> values) {
    boolean[] found = {false};
    boolean inside = false;
    for (String line : lines.split("\\R")) {
      String text = line.strip();
      if (text.startsWith("[")) {
        inside = sections.contains(text.replaceAll("^\\[\\s*|\\s*\\].*$", ""));
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

  /** What is in a file; a profile that nobody chose may be one that nobody may read. */
  private static String lines(Path file, boolean chosen) {
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
            if (chosen) {
              throw e;
            }
            return "";
          }
        });
  }
}
