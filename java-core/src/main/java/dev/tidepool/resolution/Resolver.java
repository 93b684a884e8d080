package dev.tidepool.resolution;

import dev.tidepool.resolution.Resolution.State;
import dev.tidepool.workflow.DeclaredModel;
import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.ModelPaths;
import dev.tidepool.workflow.ModelReference;
import dev.tidepool.workflow.ModelReferences;
import dev.tidepool.workflow.WorkflowNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Settles which file each model of a workflow means: as decided earlier for the same place and
 * value; the exact path; the path below the folder of the node's type; the content, where the
 * workflow tells its hash; the same file name elsewhere, if there is just one; else as the user
 * says. A value that several nodes share changes only into one that all of them accept. Not
 * thread-safe.
 */
public final class Resolver {
  private final ModelPaths paths;
  private final Offering offering;
  private final Contents contents;
  private final List<Decision> earlier;

  /**
   * Prepares to settle.
   *
   * @param earlier decisions of any workflow
   */
  public Resolver(ModelPaths paths, Offering offering, Contents contents, List<Decision> earlier) {
    this.paths = paths;
    this.offering = offering;
    this.contents = contents;
    this.earlier = List.copyOf(earlier);
  }

  /**
   * Settles the models of one workflow.
   *
   * @param workflow the workflow's file; absolute
   * @param keep is given each choice at once, so that none is lost with a later question
   * @return one for each model that ComfyUI loads, in the file's order
   */
  public List<Resolution> resolve(
      Path workflow, ModelReferences references, Asking asking, Consumer<List<Decision>> keep) {
    Map<JsonValue, List<ModelReference>> sharing = new LinkedHashMap<>();
    for (ModelReference reference : references.all()) {
      sharing.computeIfAbsent(reference.place(), place -> new ArrayList<>()).add(reference);
    }
    Map<JsonValue, Resolution> settled = new LinkedHashMap<>();
    boolean stopped = false;
    for (Map.Entry<JsonValue, List<ModelReference>> entry : sharing.entrySet()) {
      Resolution resolution = settle(workflow, entry.getValue());
      if (!resolution.isSettled() && !resolution.offers().isEmpty() && !stopped) {
        try {
          resolution = asked(resolution, asking);
          if (resolution.state() == State.CHOSEN) {
            keep.accept(decisions(workflow, entry.getValue(), resolution.value()));
          }
        } catch (Asking.Stopped e) {
          stopped = true;
        }
      }
      settled.put(entry.getKey(), resolution);
    }
    List<Resolution> all = new ArrayList<>();
    for (ModelReference reference : references.all()) {
      Resolution of = settled.get(reference.place());
      if (of != null) {
        all.add(new Resolution(reference, of.state(), of.value(), of.offers()));
      }
    }
    return all;
  }

  private List<Decision> decisions(Path workflow, List<ModelReference> sharing, String value) {
    List<Decision> decisions = new ArrayList<>();
    for (ModelReference reference : sharing) {
      String key =
          offering
              .file(reference.slot(), value)
              .flatMap(file -> contents.hashOf(file, Contents.KEY))
              .orElse("");
      decisions.add(decision(workflow, reference, value, key));
    }
    return decisions;
  }

  private Resolution settle(Path workflow, List<ModelReference> sharing) {
    ModelReference reference = sharing.get(0);
    Optional<String> decided = decided(workflow, sharing);
    if (decided.isPresent()) {
      return new Resolution(reference, State.DECIDED, decided.get(), List.of());
    }
    if (accepted(reference.value(), sharing)) {
      return new Resolution(reference, State.FOUND, reference.value(), List.of());
    }
    Optional<String> mended =
        paths
            .accepted(reference.slot(), reference.value())
            .filter(value -> accepted(value, sharing));
    if (mended.isPresent()) {
      return new Resolution(reference, State.MENDED, mended.get(), List.of());
    }
    List<Offer> offers =
        offering
            .of(named(reference, hashes(reference)))
            .map(Offering.Offered::offers)
            .orElse(List.of())
            .stream()
            .filter(offer -> accepted(offer.value(), sharing))
            .toList();
    return Ranking.certain(offers)
        .map(offer -> new Resolution(reference, State.REPLACED, offer.value(), offers))
        .orElseGet(() -> new Resolution(reference, State.OPEN, reference.value(), offers));
  }

  private static Resolution asked(Resolution open, Asking asking) throws Asking.Stopped {
    return asking
        .choose(open.reference(), open.offers())
        .map(value -> new Resolution(open.reference(), State.CHOSEN, value, open.offers()))
        .orElse(open);
  }

  /** The chosen value if it is still there, else where the same content lies now. */
  private Optional<String> decided(Path workflow, List<ModelReference> sharing) {
    ModelReference reference = sharing.get(0);
    Decision wanted = decision(workflow, reference, "", "");
    for (Decision decision : earlier) {
      // Once it is written, the chosen value itself stands there.
      boolean lost =
          decision.value().equals(reference.value()) && !accepted(decision.value(), sharing);
      if (!decision.isAbout(wanted) || !(lost || decision.replaces(wanted))) {
        continue;
      }
      if (accepted(decision.value(), sharing)) {
        return Optional.of(decision.value());
      }
      if (!decision.key().isEmpty()) {
        return offering
            .of(named(reference, List.of(new ModelHash(Contents.KEY, decision.key()))))
            .map(Offering.Offered::offers)
            .orElse(List.of())
            .stream()
            .filter(offer -> offer.reason() == Reason.SAME_CONTENT)
            .map(Offer::value)
            .filter(value -> accepted(value, sharing))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  private boolean accepted(String value, List<ModelReference> sharing) {
    return sharing.stream().allMatch(reference -> paths.accepts(reference.slot(), value));
  }

  private static Decision decision(
      Path workflow, ModelReference reference, String value, String key) {
    WorkflowNode node = reference.node();
    return new Decision(
        workflow.toString(),
        node.scope().id(),
        node.id(),
        reference.holder().map(holder -> holder.scope().id() + "/" + holder.id()).orElse(""),
        reference.slot().input(),
        reference.value(),
        value,
        key);
  }

  private static NamedModel named(ModelReference reference, List<ModelHash> hashes) {
    return new NamedModel(
        reference.node().type(), reference.slot().input(), reference.value(), hashes);
  }

  private static List<ModelHash> hashes(ModelReference reference) {
    Optional<DeclaredModel> declared = reference.declared();
    if (declared.isEmpty() || declared.get().hash().isEmpty()) {
      return List.of();
    }
    String type = declared.get().hashType();
    Set<String> types = type.isEmpty() ? Set.of("SHA256", "BLAKE3") : Set.of(type);
    return types.stream().map(one -> new ModelHash(one, declared.get().hash())).toList();
  }
}
