package dev.tidepool.nodepack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.RepositoryUrl;
import dev.tidepool.http.Http;
import dev.tidepool.io.Texts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the registry's answers, and believes nothing of them that is not checked. */
final class RegistryAnswers {
  private static final int LONGEST = 1000;

  private RegistryAnswers() {}

  static RegistryPack pack(URI uri, JsonNode answer) {
    String id = text(answer, "id").orElse("");
    if (!PackNames.isId(id)) {
      throw invalid(uri, "it names a pack " + Texts.quoted(id));
    }
    Optional<String> status = text(answer, "status");
    return new RegistryPack(
        id,
        text(answer, "name").orElse(id),
        text(answer, "repository").filter(RegistryAnswers::isRepository),
        text(answer.path("latest_version"), "version").filter(PackNames::isVersion),
        word(status, "NodeStatus").filter(word -> !word.equals("active")));
  }

  static RegistryVersion version(URI uri, JsonNode answer) {
    String version = text(answer, "version").orElse("");
    if (!PackNames.isVersion(version)) {
      throw invalid(uri, "it names a version " + Texts.quoted(version));
    }
    Optional<URI> download = text(answer, "downloadUrl").map(text -> address(uri, text));
    Optional<String> warning =
        answer.path("deprecated").asBoolean(false)
            ? Optional.of("deprecated")
            : word(text(answer, "status"), "NodeVersionStatus")
                .filter(word -> !word.equals("active") && !word.equals("pending"));
    return new RegistryVersion(version, download, warning);
  }

  static List<RegistryVersion> versions(URI uri, JsonNode answer) {
    if (!answer.isArray()) {
      throw invalid(uri, "it is no list");
    }
    List<RegistryVersion> versions = new ArrayList<>();
    answer.forEach(each -> versions.add(version(uri, each)));
    return List.copyOf(versions);
  }

  /** {@code NodeVersionStatusFlagged} becomes {@code flagged}. */
  private static Optional<String> word(Optional<String> status, String prefix) {
    return status.map(text -> text.replace(prefix, "").toLowerCase(Locale.ROOT));
  }

  private static URI address(URI uri, String text) {
    try {
      URI address = URI.create(text);
      if (RegistryAddress.isAllowed(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw invalid(uri, "it sends to an address that is not encrypted or none at all");
  }

  private static boolean isRepository(String text) {
    try {
      return !RepositoryUrl.parse(text).isLocal();
    } catch (TidepoolException e) {
      return false;
    }
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual()
            && !value.textValue().isBlank()
            && value.textValue().length() <= LONGEST
        ? Optional.of(value.textValue().strip())
        : Optional.empty();
  }

  static TidepoolException invalid(URI uri, String why) {
    return new TidepoolException(
        ErrorKind.UNAVAILABLE,
        "registry-answer-invalid",
        "The registry's answer to " + Http.shown(uri) + " makes no sense: " + why + ".",
        "Try again later, or add the pack by the URL of its git repository.");
  }
}
