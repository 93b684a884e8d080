package dev.tidepool.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A ComfyUI in a container. Its base directory lies on this machine and has the same path inside;
 * it runs as the user of this process and listens on this machine alone. It is removed by its own
 * id when it is closed, when this JVM ends, and, should both fail, when the next one starts.
 */
public final class ComfyUiContainer extends StartedComfyUi {
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(20);

  private final DockerEngine engine;
  private final GenericContainer<?> container;

  private ComfyUiContainer(
      DockerEngine engine, ServerSettings settings, String image, ServerBase base)
      throws IOException {
    super(settings, base);
    this.engine = engine;
    this.container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withImagePullPolicy(name -> false)
            .withCreateContainerCmdModifier(this::configure)
            .withStartupCheckStrategy(new Unchecked())
            .waitingFor(new NoWait());
  }

  /** We wait ourselves, for we know what to say when it ends early. */
  private static final class Unchecked extends StartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(DockerClient client, String container) {
      return StartupStatus.SUCCESSFUL;
    }
  }

  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      // As above.
    }
  }

  /**
   * Makes the image, where it is not there yet, starts ComfyUI in it and waits until it answers
   * with all expected nodes.
   *
   * @throws IllegalStateException when no Docker engine answers, the image cannot be made, or
   *     ComfyUI ends early or lacks a node; with the log's last lines
   */
  static ComfyUiContainer start(ServerSettings settings, Place.Container place) {
    DockerEngine engine = DockerEngine.connect();
    try {
      ComfyUiContainer made = make(engine, settings, place);
      made.begin();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ComfyUiContainer make(
      DockerEngine engine, ServerSettings settings, Place.Container place) throws IOException {
    ServerBase base = ServerBase.make(settings);
    try {
      String image =
          new ServerImage(engine, place)
              .name(settings.source(), base.folder().resolve("custom_nodes"));
      return new ComfyUiContainer(engine, settings, image, base);
    } catch (Throwable e) {
      base.delete();
      throw e;
    }
  }

  @Override
  void launch() {
    try {
      container.start();
    } catch (ContainerLaunchException e) {
      throw new IllegalStateException("the container cannot be started: " + e.getMessage(), e);
    }
  }

  private List<String> entrypoint() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "comfyui"));
    command.add(base.log().toString());
    command.addAll(command(ServerImage.ENVIRONMENT.resolve("bin/python")));
    return command;
  }

  private void configure(CreateContainerCmd create) {
    String folder = base.folder().toString();
    List<Bind> mounts = new ArrayList<>();
    mounts.add(new Bind(folder, new Volume(folder)));
    settings
        .models()
        .ifPresent(
            models ->
                mounts.add(
                    new Bind(
                        models.toString(),
                        new Volume(base.folder().resolve("models").toString()),
                        AccessMode.ro)));
    Map<String, String> variables = new TreeMap<>(settings.environment());
    variables.putIfAbsent("HOME", folder);
    // The user has no entry in the image, and programs ask for a name.
    variables.putIfAbsent("USER", "comfyui");
    variables.putIfAbsent("PATH", ServerImage.SEARCH_PATH);
    Map<String, String> labels = new TreeMap<>(DockerEngine.labels(base.folder()));
    if (create.getLabels() != null) {
      labels.putAll(create.getLabels());
    }
    create
        // Whatever the image would start by itself.
        .withEntrypoint(entrypoint())
        .withLabels(labels)
        .withWorkingDir(ServerImage.APPLICATION.toString())
        .withUser(user(base.folder()))
        .withEnv(
            variables.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList())
        .withHostConfig(
            HostConfig.newHostConfig()
                .withBinds(mounts)
                .withInit(true)
                // A network interface that comes or goes has Chromium break off what it loads.
                .withNetworkMode("host"));
  }

  private static String user(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Optional<Long> exitCode() {
    ContainerState state =
        engine.client().inspectContainerCmd(container.getContainerId()).exec().getState();
    return Boolean.TRUE.equals(state.getRunning())
        ? Optional.empty()
        : Optional.ofNullable(state.getExitCodeLong());
  }

  /** The container's id, for the Docker engine. */
  public String containerId() {
    return container.getContainerId();
  }

  /** Copies a file or a folder of this machine to a place in the container. */
  public void copyIn(Path from, String target) {
    container.copyFileToContainer(
        org.testcontainers.utility.MountableFile.forHostPath(from), target);
  }

  /** Copies a file of the container to this machine. */
  public void copyOut(String from, Path target) {
    container.copyFileFromContainer(from, target.toString());
  }

  @Override
  public synchronized void kill() {
    try {
      engine.client().killContainerCmd(container.getContainerId()).exec();
    } catch (ConflictException e) {
      // It has ended by itself, as after a crash.
    }
    Patience.until("the container to end", DEATH_LIMIT, () -> exitCode().isPresent());
  }

  @Override
  public synchronized void start() {
    engine.client().startContainerCmd(container.getContainerId()).exec();
    awaitReady();
  }

  @Override
  void end() {
    try {
      container.stop();
    } catch (NotFoundException | ConflictException e) {
      // At the end of the JVM, Testcontainers removes it too.
    }
  }
}
