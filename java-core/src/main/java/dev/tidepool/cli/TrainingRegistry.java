package dev.tidepool.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidepool.io.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A registry on this machine with one node pack, which asks for nothing, for the training. */
final class TrainingRegistry implements AutoCloseable {
  static final String PACK = "training-pack";

  private static final String NODE = "/nodes/" + PACK;
  private static final String ARCHIVE = "/node.zip";

  private final HttpServer server;

  private TrainingRegistry(HttpServer server) {
    this.server = server;
  }

  static TrainingRegistry start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TrainingRegistry registry = new TrainingRegistry(HttpServer.create(address, 0));
    registry.server.createContext("/", registry::answer);
    registry.server.start();
    return registry;
  }

  /** What {@code TIDEPOOL_REGISTRY_URL} has to be. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] content =
          switch (exchange.getRequestURI().getPath()) {
            case NODE -> JsonTree.write(node());
            case NODE + "/install" -> JsonTree.write(version());
            case NODE + "/versions" -> JsonTree.write(JsonTree.list().add(version()));
            case ARCHIVE -> archive();
            default -> new byte[0];
          };
      exchange.sendResponseHeaders(content.length == 0 ? 404 : 200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private static ObjectNode node() {
    ObjectNode node = JsonTree.object();
    node.put("id", PACK).put("name", PACK).put("description", "A pack.");
    return node.put("repository", "https://github.com/training/training-pack")
        .put("status", "NodeStatusActive");
  }

  private ObjectNode version() {
    ObjectNode version = JsonTree.object();
    version.put("id", PACK).put("node_id", PACK).put("version", "1.0.0");
    version.put("status", "NodeVersionStatusActive").put("deprecated", false);
    version.putArray("dependencies");
    return version.put("downloadUrl", address() + ARCHIVE);
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("__init__.py"));
      zip.write("NODE_CLASS_MAPPINGS = {}\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
