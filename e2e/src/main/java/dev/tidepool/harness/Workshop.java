package dev.tidepool.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A container in which an image is made: commands run in it, then its content is kept. */
final class Workshop implements AutoCloseable {
  private final DockerEngine engine;
  private final String container;
  private final Thread removeAtExit = new Thread(this::remove, "remove-workshop");

  /**
   * Opens one.
   *
   * @param image what it starts from
   * @param mounts what it sees of this machine; not kept
   * @param files a folder that is of no use without it
   */
  Workshop(DockerEngine engine, String image, List<Bind> mounts, Path files) {
    this.engine = engine;
    this.container =
        engine
            .client()
            .createContainerCmd(image)
            .withEntrypoint("sleep")
            .withCmd("infinity")
            .withUser("0:0")
            .withLabels(DockerEngine.labels(files))
            .withHostConfig(
                HostConfig.newHostConfig().withBinds(mounts).withInit(true).withNetworkMode("host"))
            .exec()
            .getId();
    Runtime.getRuntime().addShutdownHook(removeAtExit);
    engine.client().startContainerCmd(container).exec();
  }

  /**
   * Runs a shell script.
   *
   * @param variables known to this script, and not kept in the image
   * @throws IllegalStateException with its last words when it fails
   */
  void run(String what, String script, Map<String, String> variables) {
    Ended ended = attempt(script, variables);
    if (ended.code() != 0) {
      throw new IllegalStateException(
          "%s failed in the container with exit code %d:\n%s"
              .formatted(what, ended.code(), ended.tail()));
    }
  }

  /** Runs a shell script, which may fail. */
  Ended attempt(String script, Map<String, String> variables) {
    DockerClient client = engine.client();
    List<String> assignments = new ArrayList<>();
    variables.forEach((name, value) -> assignments.add(name + "=" + value));
    String execution =
        client
            .execCreateCmd(container)
            .withCmd("sh", "-euc", script)
            .withEnv(assignments)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    List<String> words = Collections.synchronizedList(new ArrayList<>());
    try {
      client
          .execStartCmd(execution)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  words.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
                }
              })
          .awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an image was made", e);
    }
    Long code = client.inspectExecCmd(execution).exec().getExitCodeLong();
    return new Ended(code == null ? -1 : code, String.join("", words));
  }

  /** How a script ended, and all it printed. */
  record Ended(long code, String words) {
    String tail() {
      List<String> lines = words.lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }
  }

  /** Keeps the content as an image with this tag. */
  void keep(String tag) {
    engine
        .client()
        .commitCmd(container)
        .withRepository(DockerEngine.REPOSITORY)
        .withTag(tag)
        .withCmd("sh")
        .exec();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(removeAtExit);
    } catch (IllegalStateException e) {
      // This JVM is ending already.
    }
    remove();
  }

  private void remove() {
    try {
      engine.remove(container);
    } catch (NotFoundException | ConflictException e) {
      // Somebody else was quicker.
    }
  }
}
