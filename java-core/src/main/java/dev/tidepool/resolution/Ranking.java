package dev.tidepool.resolution;

import dev.tidepool.workflow.ModelPaths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Orders the files of one folder of models by how likely a name in a workflow means them.
 *
 * <p>A name is compared by its path, its file name, its file name in any case, without its
 * extension, and without what people add to names: {@code -fp16}, a short hash, {@code (1)}. Only
 * the first three reasons are {@linkplain Reason#certain() certain}; the others are suggestions.
 * Immutable but for the collection it is given; safe for use by any number of threads.
 */
public final class Ranking {
  private static final int MOST_OFFERS = 20;

  private final List<String> values;
  private final Map<String, List<String>> byFold = new HashMap<>();
  private final Map<String, List<String>> byStem = new HashMap<>();
  private final Map<String, List<String>> byEssence = new HashMap<>();

  /**
   * Prepares the files of a folder.
   *
   * @param values each file's path below the folder, as ComfyUI spells it
   */
  public Ranking(Collection<String> values) {
    this.values = List.copyOf(values);
    for (String value : this.values) {
      ModelName name = ModelName.of(value);
      add(byFold, name.folded(), value);
      add(byStem, name.stem(), value);
      add(byEssence, name.essence(), value);
    }
  }

  /**
   * The files that a name may mean, the likeliest first; at most 20, each once.
   *
   * @param wanted the name as the workflow has it
   * @param folder the names of the folder whose files these are, which may stand in front of the
   *     name
   * @param sameContent those files that are known to have the content that is meant
   */
  public List<Offer> offers(String wanted, Collection<String> folder, Set<String> sameContent) {
    ModelName name = ModelName.of(wanted);
    Map<String, Reason> reasons = new HashMap<>();
    for (String value : values) {
      if (sameContent.contains(value)) {
        reasons.put(value, Reason.SAME_CONTENT);
      }
    }
    samePath(wanted, folder).ifPresent(value -> reasons.putIfAbsent(value, Reason.SAME_PATH));
    for (String value : byFold.getOrDefault(name.folded(), List.of())) {
      boolean same = ModelName.of(value).file().equals(name.file());
      reasons.putIfAbsent(value, same ? Reason.SAME_NAME : Reason.OTHER_CASE);
    }
    for (String value : byStem.getOrDefault(name.stem(), List.of())) {
      reasons.putIfAbsent(value, Reason.OTHER_EXTENSION);
    }
    for (String value : byEssence.getOrDefault(name.essence(), List.of())) {
      reasons.putIfAbsent(value, Reason.VARIANT);
    }
    return ordered(reasons, name);
  }

  /**
   * The file that can be taken without asking: the only one with the best reason, a certain one.
   */
  public static Optional<Offer> certain(List<Offer> offers) {
    if (offers.isEmpty() || !offers.get(0).reason().certain()) {
      return Optional.empty();
    }
    Offer best = offers.get(0);
    // Equal contents are one model, wherever they lie.
    boolean alone =
        best.reason() == Reason.SAME_CONTENT
            || offers.size() == 1
            || offers.get(1).reason() != best.reason();
    return alone ? Optional.of(best) : Optional.empty();
  }

  private Optional<String> samePath(String wanted, Collection<String> folder) {
    List<String> alike = byFold.getOrDefault(ModelName.of(wanted).folded(), List.of());
    if (alike.isEmpty()) {
      return Optional.empty();
    }
    return ModelPaths.withoutBase(folder, wanted).stream()
        .flatMap(path -> alike.stream().filter(value -> ModelName.of(value).path().equals(path)))
        .findFirst();
  }

  private static List<Offer> ordered(Map<String, Reason> reasons, ModelName wanted) {
    List<Offer> offers = new ArrayList<>();
    reasons.forEach((value, reason) -> offers.add(new Offer(value, reason)));
    Comparator<Offer> closest =
        Comparator.comparingInt(offer -> -ModelName.of(offer.value()).commonEnd(wanted));
    offers.sort(
        Comparator.comparing(Offer::reason)
            .thenComparing(closest)
            .thenComparingInt(offer -> offer.value().length())
            .thenComparing(Offer::value));
    return List.copyOf(offers.subList(0, Math.min(MOST_OFFERS, offers.size())));
  }

  private static void add(Map<String, List<String>> map, String key, String value) {
    map.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
  }
}
