package dev.tidepool.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCloneTest {
  @TempDir Path folder;
  private String url = "";
  private String second = "";
  private RealGit upstream = new RealGit(Path.of(""));

  @BeforeEach
  void makeRepository() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("über upstream"));
    url = repository.toUri().toString();
    upstream = new RealGit(repository);
    upstream.run("init", "-q", "-b", "trunk");
    for (String version : List.of("0.9.0", "0.10.0", "0.2.0")) {
      commit(version);
      second = version.equals("0.10.0") ? upstream.run("rev-parse", "HEAD") : second;
      upstream.run("tag", "-f", "v" + version, "HEAD");
    }
    upstream.run("tag", "-a", "-m", "noted", "annotated", second);
    upstream.run("checkout", "-q", "-b", "feature/sea");
    commit("7.7.7");
    upstream.run("checkout", "-q", "trunk");
  }

  @Test
  void branchTagCommitAndNothingCanBeNamed() throws Exception {
    for (String ref :
        List.of(
            "feature/sea=7.7.7",
            "v0.9.0=0.9.0",
            "annotated=0.10.0",
            second + "=0.10.0",
            "=0.2.0")) {
      for (GitClone.Depth depth : GitClone.Depth.values()) {
        String commit = clone(ref.split("=")[0], depth);
        assertThat(Files.readString(folder.resolve("out/version"))).isEqualTo(ref.split("=")[1]);
        assertThat(out().run("rev-parse", "HEAD")).isEqualTo(commit);
        assertThat(out().run("status", "--porcelain")).isEmpty();
        assertThat(remote().find(ref.split("=")[0]).commit()).isEqualTo(commit);
        Folders.delete(folder.resolve("out"));
      }
    }
  }

  @Test
  void shallowCloneHasOneCommitAndAFullOneAll() throws Exception {
    clone("v0.2.0", GitClone.Depth.SHALLOW);
    assertThat(out().run("rev-list", "--count", "HEAD")).isEqualTo("1");
    Folders.delete(folder.resolve("out"));
    clone("", GitClone.Depth.FULL);
    assertThat(out().run("rev-list", "--count", "HEAD")).isEqualTo("3");
    assertThat(out().run("branch", "--show-current")).isEqualTo("trunk");
    assertThat(out().run("rev-parse", "--abbrev-ref", "@{upstream}")).isEqualTo("origin/trunk");
    assertThat(out().run("tag").lines()).contains("v0.9.0", "annotated");
    assertThat(out().run("pull", "-q")).isEmpty();
  }

  /** Such as any web server can serve: it knows nothing of git. */
  @Test
  void repositoryOnAPlainWebServerIsCloned() throws Exception {
    upstream.run("clone", "-q", "--bare", ".", folder.resolve("served/sea.git").toString());
    new RealGit(folder.resolve("served/sea.git")).run("update-server-info");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(exchange, folder.resolve("served")));
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/sea.git";
      for (String ref : List.of("v0.9.0=0.9.0", second + "=0.10.0", "=0.2.0")) {
        for (GitClone.Depth depth : GitClone.Depth.values()) {
          GitClone remote = new GitClone(address, Transports.NETWORK, Steps.silent());
          String commit = remote.run(ref.split("=")[0], depth, folder.resolve("out"));
          assertThat(folder.resolve("out/version")).hasContent(ref.split("=")[1]);
          assertThat(remote.find(ref.split("=")[0]).commit()).isEqualTo(commit);
          Folders.delete(folder.resolve("out"));
        }
      }
    } finally {
      server.stop(0);
    }
  }

  private static void serve(HttpExchange exchange, Path served) throws IOException {
    Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
    boolean found = Files.isRegularFile(file);
    exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
    if (found) {
      Files.copy(file, exchange.getResponseBody());
    }
    exchange.close();
  }

  @Test
  void tagsAreListed() throws IOException {
    assertThat(remote().tags()).contains("v0.9.0", "v0.10.0", "annotated");
    assertThat(remote().find("").branch()).contains("trunk");
    assertThat(remote().find("v0.9.0").branch()).isEmpty();
  }

  @Test
  void missingRefIsNamed() {
    for (String ref : List.of("v5.5.5", "--upload-pack=x", "0".repeat(40))) {
      TidepoolException error = failure(url, ref);
      assertThat(error.code()).as(ref).isEqualTo("git-ref-not-found");
      assertThat(folder.resolve("out")).doesNotExist();
    }
    assertThat(failure(url, "v5.5.5").text()).contains("v5.5.5");
  }

  @Test
  void unreachableHostIsSaidSoon() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(failure("http://127.0.0.1:" + port + "/x.git", "").code())
        .isEqualTo("git-unreachable");
    TidepoolException unknown = failure("https://ann:secret@nowhere.invalid/x.git", "");
    assertThat(unknown.code()).isEqualTo("git-unreachable");
    assertThat(unknown.text()).contains("nowhere.invalid").doesNotContain("secret");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void localRepositoriesAndOtherTransportsAreRefusedUnlessAllowed() {
    for (String address : List.of(url, "ssh://git@host/x", "git@host:x/y", "git://host/x")) {
      TidepoolException error =
          catchThrowableOfType(
              TidepoolException.class,
              () -> new GitClone(address, Transports.NETWORK, Steps.silent()));
      assertThat(error).as(address).isNotNull();
      assertThat(error.code()).isEqualTo("git-transport-refused");
    }
    for (String address : List.of("ext::sh -c id", "/tmp/x", "fd::3", "", "-x")) {
      TidepoolException error =
          catchThrowableOfType(
              TidepoolException.class,
              () -> new GitClone(address, Transports.ALSO_LOCAL, Steps.silent()));
      assertThat(error).as(address).isNotNull();
      assertThat(error.code()).isIn("repository-url-invalid", "git-transport-refused");
    }
  }

  @Test
  void submodulesStayEmptyAndHooksDoNotCome() throws Exception {
    upstream.run("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "sub");
    upstream.run("commit", "-q", "-m", "submodule");
    clone("", GitClone.Depth.SHALLOW);
    assertThat(folder.resolve("out/sub")).isEmptyDirectory();
    assertThat(folder.resolve("out/.gitmodules")).isRegularFile();
  }

  @Test
  void settingsOfTheUserDoNotApply() throws Exception {
    // Set in a clone by JGit only when it reads them.
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(home).isDirectory();
    clone("", GitClone.Depth.FULL);
    assertThat(Files.readString(folder.resolve("out/.git/config")).toLowerCase(Locale.ROOT))
        .contains("[remote \"origin\"]")
        .doesNotContain("user", "filter", "fsync", "alias");
  }

  private void commit(String version) throws Exception {
    Files.writeString(folder.resolve("über upstream/version"), version);
    upstream.run("add", ".");
    upstream.run("commit", "-q", "-m", version);
  }

  private GitClone remote() {
    return new GitClone(url, Transports.ALSO_LOCAL, Steps.silent());
  }

  private RealGit out() {
    return new RealGit(folder.resolve("out"));
  }

  private String clone(String ref, GitClone.Depth depth) throws IOException {
    return new GitClone(url, Transports.ALSO_LOCAL, Steps.silent())
        .run(ref, depth, folder.resolve("out"));
  }

  private TidepoolException failure(String address, String ref) {
    TidepoolException error =
        catchThrowableOfType(
            TidepoolException.class,
            () ->
                new GitClone(address, Transports.ALSO_LOCAL, Steps.silent())
                    .run(ref, GitClone.Depth.SHALLOW, folder.resolve("out")));
    assertThat(error).isNotNull();
    return error;
  }
}
