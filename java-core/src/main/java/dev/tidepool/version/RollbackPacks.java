package dev.tidepool.version;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans what a rollback does with node packs: first those that go, then those that come. */
final class RollbackPacks {
  private final Map<String, RecordedPack> current;
  private final Map<String, RecordedPack> target;
  private final Map<String, PackStatus> states = new LinkedHashMap<>();
  private final List<PackStep> going = new ArrayList<>();
  private final List<PackStep> coming = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private RollbackPacks(Map<String, RecordedPack> current, Map<String, RecordedPack> target) {
    this.current = current;
    this.target = target;
  }

  /**
   * Plans the way from one manifest to another.
   *
   * @param onDisk the packs of both, compared with the disk under the manifest they come from; the
   *     target's decides where both have one
   * @param targetStates how the target's packs compare with the disk
   */
  static RollbackPacks of(
      List<RecordedPack> current,
      List<PackStatus> onDisk,
      List<RecordedPack> target,
      List<PackStatus> targetStates) {
    RollbackPacks packs = new RollbackPacks(byId(current), byId(target));
    onDisk.forEach(state -> packs.states.put("now " + state.id(), state));
    targetStates.forEach(state -> packs.states.put("then " + state.id(), state));
    Set<String> ids = new LinkedHashSet<>(packs.current.keySet());
    ids.addAll(packs.target.keySet());
    ids.forEach(packs::plan);
    for (PackStatus state : onDisk) {
      boolean named = target.stream().anyMatch(pack -> pack.name().equals(state.folder()));
      if (state.state() == PackState.UNTRACKED && !named) {
        packs.warnings.add(
            "The node pack "
                + state.folder()
                + " belongs to no version and stays as it is; tidepool node add records it.");
      }
    }
    return packs;
  }

  List<PackStep> steps() {
    List<PackStep> steps = new ArrayList<>(going);
    steps.addAll(coming);
    return steps;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private static Map<String, RecordedPack> byId(List<RecordedPack> packs) {
    Map<String, RecordedPack> byId = new LinkedHashMap<>();
    packs.forEach(pack -> byId.put(pack.id(), pack));
    return byId;
  }

  private void plan(String id) {
    @Nullable RecordedPack now = current.get(id);
    @Nullable RecordedPack then = target.get(id);
    boolean kept =
        now != null
            && then != null
            && now.name().equals(then.name())
            && now.isDevelopment() == then.isDevelopment();
    if (now != null && !kept) {
      leave(now);
    }
    if (then != null && then.isDevelopment()) {
      development(then);
    } else if (then != null) {
      install(then, now != null && !kept);
    }
  }

  private void leave(RecordedPack pack) {
    PackState state = state("now ", pack);
    if (state == PackState.MISSING || state == PackState.DISABLED) {
      return;
    }
    PackStep.Kind kind = pack.isDevelopment() ? PackStep.Kind.DISABLE : PackStep.Kind.REMOVE;
    going.add(new PackStep(kind, pack.id(), pack.name(), ""));
    if (pack.isDevelopment()) {
      warnings.add(
          "The development node "
              + pack.name()
              + " was not there then; its folder becomes "
              + pack.name()
              + ".disabled and keeps all its files.");
    }
  }

  private void development(RecordedPack pack) {
    switch (state("then ", pack)) {
      case DISABLED -> coming.add(new PackStep(PackStep.Kind.ENABLE, pack.id(), pack.name(), ""));
      case MISSING ->
          warnings.add(
              "The development node "
                  + pack.name()
                  + " is not on this disk and cannot be restored; tidepool node add DIR --dev"
                  + " brings it back.");
      case CHANGED, DRIFTED ->
          warnings.add(
              "The development node "
                  + pack.name()
                  + " stays as it is"
                  + (pack.commit().isEmpty() ? "" : "; then it was at " + pack.commit())
                  + ".");
      default -> warnings.add("The development node " + pack.name() + " stays as it is.");
    }
  }

  private void install(RecordedPack pack, boolean left) {
    String version = pack.commit().isEmpty() ? pack.version() : pack.commit();
    PackState state = state("then ", pack);
    if (left || state == PackState.MISSING || state == PackState.DISABLED) {
      coming.add(new PackStep(PackStep.Kind.INSTALL, pack.id(), pack.name(), version));
    } else if (state != PackState.INSTALLED || isOther(pack)) {
      coming.add(new PackStep(PackStep.Kind.REPLACE, pack.id(), pack.name(), version));
    }
  }

  /** Where the disk does not tell, the manifest of now is believed. */
  private boolean isOther(RecordedPack then) {
    @Nullable RecordedPack now = current.get(then.id());
    return now == null
        || !now.version().equals(then.version())
        || !now.commit().equals(then.commit());
  }

  private PackState state(String when, RecordedPack pack) {
    @Nullable PackStatus state = states.get(when + pack.id());
    return state == null ? PackState.MISSING : state.state();
  }
}
