package dev.tidepool.adoption;

import dev.tidepool.environment.Content;
import dev.tidepool.environment.Environment;
import dev.tidepool.history.Identity;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.resolution.Asking;
import dev.tidepool.version.Committing;
import dev.tidepool.version.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An environment made of an installation. */
final class InstallationContent implements Content {
  /** The dependency group of what was installed by hand. */
  static final String GROUP = "adopted";

  private static final Pattern REQUIREMENT =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)(\\s*\\[[^\\]]*\\])?([^;]*)(;.*)?");

  private final AdoptionPlan plan;
  private final Path workspaceModels;
  private final Identity who;
  private final Function<Environment, Surroundings> around;

  InstallationContent(
      AdoptionPlan plan,
      Path workspaceModels,
      Identity who,
      Function<Environment, Surroundings> around) {
    this.plan = plan;
    this.workspaceModels = workspaceModels;
    this.who = who;
    this.around = around;
  }

  @Override
  public String text() {
    return (plan.inPlace() ? "in-place=" : "copy=") + plan.installation().folder();
  }

  @Override
  public Optional<Path> takenOver() {
    return plan.inPlace() ? Optional.of(plan.installation().folder()) : Optional.empty();
  }

  @Override
  public ComfyUiPin bring(Path folder, Steps steps) throws IOException {
    if (!plan.inPlace()) {
      steps.begin("Copying " + plan.installation().folder());
      steps.total(plan.installation().bytes());
      new InstallationCopy(plan.installation().folder()).to(folder, steps);
      keepModels(folder);
    }
    return plan.installation().comfyUi();
  }

  /** Models that stay in the installation are seen by ComfyUI's own file for such folders. */
  private void keepModels(Path folder) throws IOException {
    Path file = folder.resolve("extra_model_paths.yaml");
    String before = Files.exists(file) ? Files.readString(file) : "";
    String name = ExtraModelPaths.freeName(before);
    StringBuilder sections = new StringBuilder();
    Optional<Path> models =
        plan.installation().models().filter(each -> !each.equals(workspaceModels));
    if (models.isPresent()) {
      sections.append(ExtraModelPaths.section(name, models.get()));
    }
    sections.append(ExtraModelPaths.section(name, plan.installation().strayModels()));
    if (sections.isEmpty()) {
      return;
    }
    String text = (before.isEmpty() || before.endsWith("\n") ? before : before + "\n") + sections;
    // Replaced, not written into: where it is a link, it leads to a file of the user's.
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** First all that was installed, then without what came by hand, then with any versions. */
  @Override
  public List<Manifest> manifests(Manifest plain) {
    Manifest packs = withPacks(plain, Function.identity());
    List<Manifest> manifests = new ArrayList<>();
    List<String> more = byHand(packs);
    if (!more.isEmpty()) {
      manifests.add(packs.withGroup(GROUP, more));
    }
    manifests.add(packs);
    manifests.add(withPacks(plain, InstallationContent::anyVersion));
    return manifests;
  }

  private Manifest withPacks(Manifest plain, Function<String, String> requirement) {
    Manifest manifest = plain;
    for (AdoptedPack pack : plan.installation().packs()) {
      if (pack.entry().isPresent()) {
        NodeEntry entry = pack.entry().get();
        String id = entry.registryId().orElse(entry.name());
        if (!pack.requirements().isEmpty()) {
          manifest =
              manifest.withGroup(
                  NodeEntry.groupName(entry, id),
                  pack.requirements().stream().map(requirement).distinct().toList());
        }
        manifest = manifest.withNode(id, entry);
      }
    }
    return manifest;
  }

  /** What somebody installed by name and nothing in the manifest asks for. */
  private List<String> byHand(Manifest manifest) {
    Set<String> asked = new HashSet<>();
    manifest.dependencies().forEach(each -> asked.add(name(each)));
    manifest.groups().values().forEach(group -> group.forEach(each -> asked.add(name(each))));
    List<String> more = new ArrayList<>();
    plan.installation()
        .python()
        .ifPresent(
            python -> {
              for (String wished : python.wished()) {
                if (!asked.contains(wished)) {
                  String version = python.packages().getOrDefault(wished, "");
                  more.add(wished + "==" + version.replaceFirst("\\+.*", ""));
                }
              }
            });
    return more;
  }

  private static String name(String requirement) {
    Matcher matcher = REQUIREMENT.matcher(requirement.strip());
    return matcher.matches()
        ? matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-")
        : requirement;
  }

  private static String anyVersion(String requirement) {
    Matcher matcher = REQUIREMENT.matcher(requirement.strip());
    // An address (PEP 508's @) is not a version.
    if (!matcher.matches() || matcher.group(3).contains("@")) {
      return requirement;
    }
    return matcher.group(1)
        + Optional.ofNullable(matcher.group(2)).orElse("")
        + Optional.ofNullable(matcher.group(4)).map(marker -> " " + marker).orElse("");
  }

  @Override
  public Map<String, String> preferred() {
    Map<String, String> none = Map.of();
    return plan.installation()
        .python()
        .<Map<String, String>>map(InstalledPython::packages)
        .orElse(none);
  }

  @Override
  public void finish(Environment environment, Steps steps) throws IOException {
    if (plan.inPlace()) {
      // Somebody may have started it while packages were installed.
      Adoption.requireEnded(plan.installation().folder());
    }
    steps.begin("Recording the workflows");
    Committing committing =
        new Committing(
            environment,
            environment.history(who),
            around.apply(environment),
            () -> {
              throw new IllegalStateException("nothing is locked here");
            });
    committing.prepareFirst(committing.plan(offering -> Asking.nobody(), steps));
  }

  @Override
  public String message() {
    return "Adopt " + plan.installation().folder();
  }
}
