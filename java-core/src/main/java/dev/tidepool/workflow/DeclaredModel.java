package dev.tidepool.workflow;

/**
 * A model that a node says it needs: an element of {@code properties.models}, or of the workflow's
 * own {@code models}. Parts are empty when they are not there.
 *
 * @param name the file's name, which need not be the widget's value
 * @param url where it can be downloaded
 * @param hash its digest, by {@code hashType}, such as {@code SHA256}
 * @param directory the folder below {@code models}
 */
public record DeclaredModel(
    String name, String url, String hash, String hashType, String directory) {
  static DeclaredModel of(JsonValue json) {
    return new DeclaredModel(
        json.text("name"),
        json.text("url"),
        json.text("hash"),
        json.text("hash_type"),
        json.text("directory"));
  }
}
