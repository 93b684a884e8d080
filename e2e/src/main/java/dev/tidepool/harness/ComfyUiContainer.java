package dev.tidepool.harness;

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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A ComfyUI in a container. Its base directory lies on this machine and has the same path inside;
 * it runs as the user of this process and listens on this machine alone. It is removed by its own
 * id when it is closed, when this JVM ends, and, should both fail, when the next one starts.
 */
public final class ComfyUiContainer implements ComfyUi {
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(20);

  private final DockerEngine engine;
  private final ServerSettings settings;
  private final ServerBase base;
  private final int port;
  private final ComfyApi api;
  private final GenericContainer<?> container;
  private final Thread stopAtExit = new Thread(this::stop, "stop-comfyui");

  private ComfyUiContainer(
      DockerEngine engine, ServerSettings settings, String image, ServerBase base)
      throws IOException {
    this.engine = engine;
    this.settings = settings;
    this.base = base;
    this.port = ComfyUiProcess.freePort();
    this.api = new ComfyApi(URI.create("http://127.0.0.1:" + port));
    this.container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withImagePullPolicy(name -> false)
            .withCreateContainerCmdModifier(this::configure)
            .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
            .waitingFor(
                new AbstractWaitStrategy() {
                  @Override
                  protected void waitUntilReady() {
                    awaitReady();
                  }
                });
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
    ComfyUiContainer made = make(engine, settings, place);
    Runtime.getRuntime().addShutdownHook(made.stopAtExit);
    try {
      made.container.start();
    } catch (Throwable e) {
      made.close();
      throw e;
    }
    return made;
  }

  private static ComfyUiContainer make(
      DockerEngine engine, ServerSettings settings, Place.Container place) {
    try {
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "sh",
            "-c",
            "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1",
            "comfyui",
            base.log().toString()));
    command.add(ServerImage.ENVIRONMENT.resolve("bin/python").toString());
    command.addAll(List.of("main.py", "--port", Integer.toString(port)));
    command.addAll(settings.commandLine(base.folder()));
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
    variables.putIfAbsent("PATH", ServerImage.ENVIRONMENT + "/bin:/usr/local/bin:/usr/bin:/bin");
    Map<String, String> labels = new TreeMap<>(DockerEngine.labels());
    if (create.getLabels() != null) {
      labels.putAll(create.getLabels());
    }
    create
        // Whatever the image would start by itself.
        .withEntrypoint(command())
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

  private void awaitReady() {
    Patience.until("ComfyUI to answer", ComfyUiProcess.START_LIMIT, this::answers);
    base.demand(settings.nodes(), api);
  }

  private boolean answers() {
    ContainerState state = state();
    if (!Boolean.TRUE.equals(state.getRunning())) {
      throw new IllegalStateException(
          "ComfyUI ended with exit code "
              + state.getExitCodeLong()
              + " before it was ready"
              + base.tail());
    }
    return api.isReady();
  }

  private ContainerState state() {
    return engine.client().inspectContainerCmd(container.getContainerId()).exec().getState();
  }

  @Override
  public URI address() {
    return api.address();
  }

  @Override
  public Path base() {
    return base.folder();
  }

  @Override
  public Path log() {
    return base.log();
  }

  @Override
  public ComfyApi api() {
    return api;
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
    Patience.until(
        "the container to end", DEATH_LIMIT, () -> !Boolean.TRUE.equals(state().getRunning()));
  }

  @Override
  public synchronized void start() {
    engine.client().startContainerCmd(container.getContainerId()).exec();
    awaitReady();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(stopAtExit);
    stop();
  }

  private void stop() {
    try {
      container.stop();
    } catch (NotFoundException | ConflictException e) {
      // At the end of the JVM, Testcontainers removes it too.
    }
    base.delete();
  }
}
