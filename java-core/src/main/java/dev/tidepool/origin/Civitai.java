package dev.tidepool.origin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.io.Steps;
import dev.tidepool.origin.Address.Proof;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Models at CivitAI, by its public API: {@code GET /api/v1/model-versions/by-hash/HASH} and {@code
 * /api/v1/model-versions/ID} answer with a {@link CivitaiVersion}. Its downloads answer no HEAD, so
 * an address is checked by the version that it names.
 */
final class Civitai {
  private static final Pattern DOWNLOAD = Pattern.compile("/api/download/models/([0-9]{1,18})/?");
  private static final Pattern PAGE = Pattern.compile("/models/[0-9]+(?:/.*)?");
  private static final Pattern VERSION =
      Pattern.compile("(?:^|.*&)modelVersionId=([0-9]{1,18})(?:&.*|$)");
  private static final List<String> HOSTS = List.of("civitai.com", "civitai.red", "civitai.green");
  private static final String API = "/api/v1/model-versions/";

  private final OriginServices services;
  private final Answers answers;

  Civitai(OriginServices services, Answers answers) {
    this.services = services;
    this.answers = answers;
  }

  /** Whether an address is of CivitAI. */
  boolean isThere(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return OriginServices.isAt(uri, services.civitai())
        || HOSTS.stream().anyMatch(site -> host.equals(site) || host.endsWith("." + site));
  }

  /** Where the file with a hash is; nothing when CivitAI has none. */
  Optional<Verdict> byHash(String sha256, WantedModel wanted, Steps steps) {
    URI uri = URI.create(services.civitai() + API + "by-hash/" + sha256.toUpperCase(Locale.ROOT));
    return answers
        .json(uri, steps)
        .map(answer -> judged(services.civitai().toString(), answer, wanted));
  }

  /** Checks an address of that site. */
  Verdict check(String given, URI uri, WantedModel wanted, Steps steps) {
    Optional<String> version = version(uri);
    if (version.isEmpty()) {
      return Verdict.doubted(
          given, "page", "that is the page of a model, and says not which of its files");
    }
    Optional<JsonNode> answer =
        answers.json(URI.create(services.civitai() + API + version.get()), steps);
    return answer.isEmpty()
        ? Verdict.doubted(given, "not-found", "CivitAI has no such version any more")
        : judged(given, answer.get(), wanted);
  }

  private static Optional<String> version(URI uri) {
    String path = String.valueOf(uri.getRawPath());
    Matcher download = DOWNLOAD.matcher(path);
    if (download.matches()) {
      return Optional.of(download.group(1));
    }
    Matcher query = VERSION.matcher(String.valueOf(uri.getRawQuery()));
    return PAGE.matcher(path).matches() && query.matches()
        ? Optional.of(query.group(1))
        : Optional.empty();
  }

  private Verdict judged(String given, JsonNode answer, WantedModel wanted) {
    if (!answer.path("files").isArray()) {
      return Verdict.doubted(given, "answer-invalid", "CivitAI's answer makes no sense");
    }
    CivitaiVersion version = CivitaiVersion.of(answer);
    Optional<CivitaiVersion.File> file =
        version.files().stream()
            .filter(each -> wanted.sha256().isPresent() && each.sha256().equals(wanted.sha256()))
            .findFirst();
    if (file.isEmpty()) {
      return Verdict.doubted(
          given,
          "hash-differs",
          wanted.sha256().isPresent()
              ? "CivitAI lists no file of this SHA-256 there"
              : "the SHA-256 of the model is not known, by which CivitAI tells files apart");
    }
    return file(given, version, file.get(), wanted);
  }

  private Verdict file(
      String given, CivitaiVersion version, CivitaiVersion.File file, WantedModel wanted) {
    boolean bothKnown = file.blake3().isPresent() && wanted.blake3().isPresent();
    if (bothKnown && !file.blake3().equals(wanted.blake3())) {
      return Verdict.doubted(given, "hash-differs", "CivitAI lists another BLAKE3 for it");
    }
    // The size that it lists is wrong for some models; two hashes that are right outweigh it.
    if (!bothKnown && !file.hasSize(wanted.size())) {
      return Verdict.doubted(given, "size-differs", "CivitAI lists another size for it");
    }
    if (!version.offered()) {
      return Verdict.doubted(given, "not-offered", "its maker does not let it be downloaded");
    }
    Optional<URI> download = file.download().filter(this::isThere);
    if (download.isEmpty()) {
      return Verdict.doubted(
          given, "answer-invalid", "CivitAI names no address of its own to download it from");
    }
    return Verdict.believed(
        download.get().toString(),
        "civitai",
        given,
        Proof.CONTENT,
        "CivitAI lists this SHA-256 there");
  }
}
