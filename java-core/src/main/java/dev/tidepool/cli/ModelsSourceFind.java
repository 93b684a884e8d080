package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.http.Tokens;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.origin.Address;
import dev.tidepool.origin.Doubt;
import dev.tidepool.origin.Located;
import dev.tidepool.origin.OriginServices;
import dev.tidepool.origin.Origins;
import dev.tidepool.origin.WantedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code tidepool models source find}: looks up where models can be downloaded, and keeps it. */
final class ModelsSourceFind implements Command {
  private static final String DRY_RUN = "--dry-run";
  static final String PRIVATE = "--allow-private";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool models source find",
            "Look up where models can be downloaded: at CivitAI by their content, and whether the"
                + " addresses that are known still have them.")
        .rest("MODEL", SourceAnswer.MODEL + " Default: every model that has no source.")
        .toggle(DRY_RUN, "Only say what is found; keep nothing.")
        .toggle(PRIVATE, "Also ask addresses of this machine and of private networks.")
        .workspace()
        .json()
        .example("tidepool models source find a5aa5aef")
        .example("tidepool models source find --json")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    try (ModelIndex index = OpenModels.toWrite(arguments, terminal)) {
      Origins origins = origins(arguments, terminal);
      List<Found> found = new ArrayList<>();
      OpenNodes.work(
          terminal,
          steps -> {
            for (IndexedModel model : models(index, arguments, terminal)) {
              steps.begin("Looking up " + WantedModel.of(model).name());
              Located located =
                  origins.locate(WantedModel.of(hashed(index, model, steps::advance)), steps);
              found.add(new Found(model, located, keep(index, model, located, arguments)));
            }
            return found;
          });
      if (arguments.json()) {
        JsonAnswer.print(terminal, new Body(found));
      } else {
        print(found, terminal);
      }
      boolean all = found.stream().noneMatch(each -> each.located().addresses().isEmpty());
      return all ? ExitCode.DONE : ExitCode.FAILURE;
    }
  }

  /** Who is asked where models are, with the tokens of the workspace and the environment. */
  static Origins origins(Arguments arguments, Terminal terminal) {
    Home home = Home.of(arguments, terminal);
    Optional<String> token =
        new WorkspaceFile(home.workspace(), new StoreLocks(), terminal.clock()).civitaiToken();
    Map<String, String> variables = new HashMap<>(terminal.environment());
    token.ifPresent(text -> variables.putIfAbsent("CIVITAI_TOKEN", text));
    boolean privateToo = arguments.has(PRIVATE);
    return Origins.of(
        OriginServices.of(terminal.environment()),
        home.workspace().apiCache(),
        terminal.clock(),
        Tokens.of(variables, privateToo),
        privateToo);
  }

  private static List<IndexedModel> models(
      ModelIndex index, Arguments arguments, Terminal terminal) {
    List<IndexedModel> models = new ArrayList<>();
    for (String named : arguments.texts(0)) {
      models.add(OpenModels.find(index, named, terminal));
    }
    if (arguments.texts(0).isEmpty()) {
      Set<String> keys = new LinkedHashSet<>();
      index.files().stream()
          .filter(file -> !file.missing() && !file.folder())
          .forEach(file -> keys.add(file.key()));
      for (String key : keys) {
        index.model(key).filter(model -> model.sources().isEmpty()).ifPresent(models::add);
      }
    }
    return models;
  }

  /** The model with its full hashes, which are read where they are not known yet. */
  private static IndexedModel hashed(
      ModelIndex index, IndexedModel model, java.util.function.LongConsumer read) {
    Optional<IndexedFile> file =
        model.files().stream()
            .filter(each -> !each.missing() && !each.folder() && index.isCurrent(each))
            .findFirst();
    if (model.sha256() != null || file.isEmpty()) {
      return model;
    }
    FileDigest digest =
        StorageFailures.translate(
            "read " + file.get().path(), () -> new FileHasher(2).full(file.get().path(), read));
    index.storeDigest(model.key(), digest);
    return index.model(model.key()).orElse(model);
  }

  /** The addresses that the index did not have. */
  private static List<String> keep(
      ModelIndex index, IndexedModel model, Located located, Arguments arguments) {
    List<String> added = new ArrayList<>();
    for (Address address : located.addresses()) {
      try {
        if (!arguments.has(DRY_RUN) && index.addSource(model.key(), address.url())) {
          added.add(address.url());
        }
      } catch (TidepoolException e) {
        // An address that holds a secret is used once, and kept nowhere.
        System.getLogger("dev.tidepool.cli")
            .log(System.Logger.Level.DEBUG, "not kept code={0}", e.code());
      }
    }
    return added;
  }

  private static void print(List<Found> found, Terminal terminal) {
    if (found.isEmpty()) {
      terminal.say("Every model has a source.");
      return;
    }
    Table table = new Table("MODEL", "PROOF", "ADDRESS");
    for (Found each : found) {
      for (Address address : each.located().addresses()) {
        table.row(each.name(), proof(address), address.url());
      }
      if (each.located().addresses().isEmpty()) {
        table.row(each.name(), "", "not found");
      }
    }
    table.print(terminal);
    for (Found each : found) {
      for (Doubt doubt : each.located().doubts()) {
        terminal.say(each.name() + ": " + PrintableText.of(doubt.url()) + ": " + doubt.why() + ".");
      }
    }
    int added = found.stream().mapToInt(each -> each.added().size()).sum();
    if (added > 0) {
      terminal.say("Kept " + added + (added == 1 ? " address." : " addresses."));
    }
  }

  private static String proof(Address address) {
    return address.proof().name().toLowerCase(Locale.ROOT);
  }

  private record Found(IndexedModel model, Located located, List<String> added) {
    String name() {
      return WantedModel.of(model).name();
    }
  }

  private record Body(List<Found> found) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeArrayFieldStart("models");
      for (Found each : found) {
        generator.writeStartObject();
        generator.writeStringField("key", each.model().key());
        generator.writeStringField("name", each.name());
        generator.writeArrayFieldStart("addresses");
        for (Address address : each.located().addresses()) {
          generator.writeStartObject();
          generator.writeStringField("url", address.url());
          generator.writeStringField("type", address.type());
          generator.writeStringField("proof", proof(address));
          generator.writeBooleanField("added", each.added().contains(address.url()));
          generator.writeEndObject();
        }
        generator.writeEndArray();
        generator.writeArrayFieldStart("doubts");
        for (Doubt doubt : each.located().doubts()) {
          generator.writeStartObject();
          generator.writeStringField("url", doubt.url());
          generator.writeStringField("reason", doubt.reason());
          generator.writeStringField("why", doubt.why());
          generator.writeEndObject();
        }
        generator.writeEndArray();
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }
}
