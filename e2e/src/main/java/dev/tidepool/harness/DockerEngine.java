package dev.tidepool.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  /** What marks our containers with the folder that goes with them. */
  private static final String FILES = "dev.tidepool.harness.files";

  /** The repository name of the images that are built here. */
  static final String REPOSITORY = "tidepool-harness";

  /** How many images of one kind are kept. */
  private static final int KEPT = 3;

  /** The API that Testcontainers speaks by itself; an engine that is older refuses it. */
  private static final double USUAL_API = 1.44;

  /** By how much the clock may be set while a process runs. */
  private static final long CLOCK_MILLIS = 60_000;

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
    return process.pid() + "@" + start(process);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private void removeAbandoned() {
    for (Container container :
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(OWNER)).exec()) {
      if (!lives(Objects.requireNonNull(container.getLabels().get(OWNER)))) {
        removeWithFiles(container);
      }
    }
  }

  private void removeWithFiles(Container container) {
    try {
      remove(container.getId());
    } catch (NotFoundException | ConflictException e) {
      // Another process is at it.
    }
    String files = container.getLabels().get(FILES);
    if (files != null && Files.isDirectory(Path.of(files))) {
      Folders.delete(Path.of(files));
    }
  }

  private static boolean lives(String owner) {
    int at = owner.indexOf('@');
    long start = Long.parseLong(owner.substring(at + 1));
    return ProcessHandle.of(Long.parseLong(owner.substring(0, at)))
        .map(process -> Math.abs(start(process) - start) < CLOCK_MILLIS)
        .orElse(false);
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

  /**
   * Labels of a container of this process.
   *
   * @param files a folder that is of no use without it
   */
  static Map<String, String> labels(Path files) {
    return Map.of(OWNER, owner(), FILES, files.toString());
  }
}
