package dev.tidepool.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine, reached through Testcontainers. */
final class DockerEngine {
  /** What marks our containers with the process that started them. */
  static final String OWNER = "dev.tidepool.harness.owner";

  /** The repository name of the images that are built here. */
  static final String REPOSITORY = "tidepool-harness";

  /** How many images of one kind are kept. */
  private static final int KEPT = 3;

  /** The API that Testcontainers speaks by itself; an engine that is older refuses it. */
  private static final double USUAL_API = 1.44;

  private static final System.Logger LOG = System.getLogger(DockerEngine.class.getName());

  private final DockerClient client;

  private DockerEngine(DockerClient client) {
    this.client = client;
  }

  /**
   * Connects to the engine, and removes containers whose owners died without a word.
   *
   * @throws IllegalStateException when no engine answers
   */
  static DockerEngine connect() {
    speakItsLanguage();
    DockerEngine engine = new DockerEngine(newClient());
    engine.removeAbandoned();
    return engine;
  }

  private static DockerClient newClient() {
    try {
      return DockerClientFactory.instance().client();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "the tests are to run ComfyUI in a container (-Dtidepool.server=container), and no Docker"
              + " engine answers: start one, or choose -Dtidepool.server=process",
          e);
    }
  }

  /** Testcontainers reads the version of the API from a system property, and asks nobody. */
  private static void speakItsLanguage() {
    if (System.getProperty("api.version") != null) {
      return;
    }
    try {
      String version =
          Command.run(new ProcessBuilder("docker", "version", "--format", "{{.Server.APIVersion}}"))
              .strip();
      if (version.matches("\\d+\\.\\d+") && Double.parseDouble(version) < USUAL_API) {
        System.setProperty("api.version", version);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "reason=\"the engine's API is not known\"", e);
    }
  }

  DockerClient client() {
    return client;
  }

  /** The value of the label {@link #OWNER} for this process. */
  static String owner() {
    return mark(ProcessHandle.current());
  }

  /** How a process is told from any other that had or gets its number. */
  static String mark(ProcessHandle process) {
    return process.pid()
        + "@"
        + process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  private void removeAbandoned() {
    for (Container container :
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(OWNER)).exec()) {
      String owner = Objects.requireNonNull(container.getLabels().get(OWNER));
      long pid = Long.parseLong(owner.substring(0, owner.indexOf('@')));
      boolean lives = ProcessHandle.of(pid).map(it -> mark(it).equals(owner)).orElse(false);
      if (!lives) {
        remove(container.getId());
      }
    }
  }

  /** The ids of the containers that a process started, sorted. */
  List<String> containersOf(String owner) {
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(OWNER, owner))
        .exec()
        .stream()
        .map(Container::getId)
        .sorted()
        .toList();
  }

  /** Ends and removes a container, with the volumes that only it has. */
  void remove(String container) {
    client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
  }

  /** The id of an image with this name, fetched when it is not there. */
  String imageId(String name) {
    if (!has(name)) {
      try {
        client.pullImageCmd(name).start().awaitCompletion();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while fetching the image " + name, e);
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the base image "
                + name
                + " is not there and cannot be fetched; name another with -Dtidepool.base-image=…",
            e);
      }
    }
    return Objects.requireNonNull(client.inspectImageCmd(name).exec().getId());
  }

  /** Whether there is an image with this name. */
  boolean has(String name) {
    try {
      client.inspectImageCmd(name).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /**
   * Removes images that are no longer needed: all but the newest of a kind, and none that something
   * still needs.
   *
   * @param kind what our images' tags begin with
   */
  void prune(String kind) {
    List<String> newestFirst =
        client.listImagesCmd().exec().stream()
            .sorted(Comparator.comparing(Image::getCreated).reversed())
            .flatMap(image -> tags(image))
            .filter(tag -> tag.startsWith(REPOSITORY + ":" + kind + "-"))
            .toList();
    for (String tag : newestFirst.stream().skip(KEPT).toList()) {
      try {
        client.removeImageCmd(tag).exec();
      } catch (ConflictException e) {
        LOG.log(System.Logger.Level.DEBUG, "image={0} reason=\"in use\"", tag);
      }
    }
  }

  private static Stream<String> tags(Image image) {
    String[] tags = image.getRepoTags();
    return tags == null ? Stream.empty() : Arrays.stream(tags);
  }

  /** Labels of everything that belongs to this process. */
  static Map<String, String> labels() {
    return Map.of(OWNER, owner());
  }
}
