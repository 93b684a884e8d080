package dev.tidepool.version;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives an environment another version of ComfyUI, with the Python packages that it asks for, in
 * one change that happens whole or not at all. No version is made: the change is ready to be
 * committed. For one thread.
 */
public final class ProgramChange {
  private final Environment environment;
  private final PythonProject python;
  private final Programs programs;

  /** For one environment. */
  public ProgramChange(Environment environment, PythonProject python, Programs programs) {
    this.environment = environment;
    this.python = python;
    this.programs = programs;
  }

  /**
   * Exchanges it.
   *
   * @return the version that it has now
   * @throws TidepoolException {@code environment-running}, {@code comfyui-linked}, {@code
   *     dependencies-conflict}, {@code environment-changed}; everything is as it was then
   */
  public ComfyUiPin apply(CachedComfyUi wanted, Steps steps) {
    Manifest manifest = environment.manifest();
    ComfyUiPin now = ProgramHere.of(environment, manifest.comfyUi());
    ComfyUiPin then =
        new ComfyUiPin(wanted.version(), Optional.of(wanted.versionType()), wanted.commit());
    ProgramExchange exchange = new ProgramExchange(environment, now, then);
    exchange.requireExchangeable();
    Optional<CachedComfyUi> before = programs.find(now);
    String text = changed(manifest, ComfyUi.in(wanted.content()), then).text();
    steps.begin("Resolving Python packages");
    byte[] lock = python.testResolution(environment, text, steps);
    return Change.of(
        environment,
        "comfyui",
        change -> {
          if (!environment.manifest().text().equals(manifest.text())) {
            throw new TidepoolException(
                ErrorKind.CONFLICT,
                "environment-changed",
                "Another program changed " + environment.name() + " meanwhile.",
                "Do it again.");
          }
          exchange.run(Optional.of(wanted), before, change, steps);
          change.write(environment.pyproject(), text.getBytes(StandardCharsets.UTF_8));
          change.write(environment.lock(), lock);
          change.python(() -> python.sync(environment, steps));
          return then;
        });
  }

  /**
   * What the old program asked for goes, what was added beside it stays. The manifest's may be
   * another one than that which is there.
   */
  private Manifest changed(Manifest manifest, ComfyUi wanted, ComfyUiPin pin) {
    List<ComfyUi> old = new ArrayList<>(List.of(ComfyUi.in(environment.comfyUi())));
    programs.find(manifest.comfyUi()).ifPresent(each -> old.add(ComfyUi.in(each.content())));
    List<String> asked = old.stream().flatMap(each -> each.requirements().stream()).toList();
    List<String> torch = old.stream().flatMap(each -> each.torchPins().stream()).toList();
    return manifest
        .withComfyUi(pin)
        .withDependencies(exchanged(manifest.dependencies(), asked, wanted.requirements()))
        .withConstraints(exchanged(manifest.constraints(), torch, wanted.torchPins()));
  }

  private static List<String> exchanged(List<String> all, List<String> old, List<String> wanted) {
    List<String> result = new ArrayList<>(wanted);
    all.stream().filter(each -> !old.contains(each) && !wanted.contains(each)).forEach(result::add);
    return result;
  }
}
