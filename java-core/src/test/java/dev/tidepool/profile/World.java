package dev.tidepool.profile;

import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a base should hold after the steps so far, told from the rules alone: the oracle of {@link
 * CrashTest}. Immutable but for {@link #apply}, which is called on a copy.
 */
final class World {
  /** A slot; {@code mask} is the number of a picture or -1. */
  record Image(String name, @Nullable String label, boolean enabled, int picture, int mask) {
    String shownLabel() {
      return label != null ? label : name.substring(0, name.lastIndexOf('.'));
    }

    /** As others see it. */
    Image shown() {
      return new Image(name, shownLabel(), enabled, picture, mask);
    }

    Image named(String newName) {
      return new Image(newName, label, enabled, picture, mask);
    }

    Image labelled(String newLabel) {
      return new Image(name, newLabel, enabled, picture, mask);
    }

    Image enabled(boolean newEnabled) {
      return new Image(name, label, newEnabled, picture, mask);
    }

    Image masked(int newMask) {
      return new Image(name, label, enabled, picture, newMask);
    }
  }

  /** A profile with its pool. */
  record Content(String name, @Nullable String active, List<Image> images) {
    Content {
      images = List.copyOf(images);
    }

    Content named(String newName) {
      return new Content(newName, active, images);
    }

    List<String> slots() {
      return images.stream().map(Image::name).toList();
    }

    /** As others see it. */
    Content shown() {
      return new Content(name, active, images.stream().map(Image::shown).toList());
    }

    /** These images instead, the active one giving way to its neighbour where it cannot be. */
    Content with(List<Image> newImages, Predicate<Image> usable) {
      int chosen = Math.max(0, newImages.stream().map(Image::name).toList().indexOf(active));
      List<Image> byNearness = new ArrayList<>(newImages.subList(chosen, newImages.size()));
      for (int i = chosen - 1; i >= 0; i--) {
        byNearness.add(newImages.get(i));
      }
      @Nullable String next =
          byNearness.stream().filter(usable).map(Image::name).findFirst().orElse(null);
      return new Content(name, next, newImages);
    }

    Content changed(List<String> which, UnaryOperator<Image> change) {
      return new Content(
          name,
          active,
          images.stream()
              .map(image -> which.contains(image.name()) ? change.apply(image) : image)
              .toList());
    }
  }

  /** An image in the trash, and where it was. */
  record Removed(Image image, int position) {}

  final Map<String, Content> profiles = new LinkedHashMap<>();
  final Map<String, Content> deleted = new LinkedHashMap<>();
  final Map<String, List<Removed>> removed = new HashMap<>();
  final Map<String, Content> archives = new LinkedHashMap<>();

  World copy() {
    World copy = new World();
    copy.profiles.putAll(profiles);
    copy.deleted.putAll(deleted);
    removed.forEach((id, images) -> copy.removed.put(id, List.copyOf(images)));
    copy.archives.putAll(archives);
    return copy;
  }

  /** The profiles as others see them. */
  Map<String, Content> shown() {
    Map<String, Content> shown = new LinkedHashMap<>();
    profiles.forEach((id, content) -> shown.put(id, content.shown()));
    return shown;
  }

  /** Images of a profile in the trash, the one removed last for each name. */
  List<Removed> restorable(String id) {
    Map<String, Removed> newest = new LinkedHashMap<>();
    removed.getOrDefault(id, List.of()).forEach(r -> newest.putIfAbsent(r.image().name(), r));
    return List.copyOf(newest.values());
  }

  /**
   * Foresees a step.
   *
   * @param freshId of the profile that a duplication or an import makes
   */
  World apply(Step step, String freshId) {
    World next = copy();
    next.change(step, freshId);
    return next;
  }

  private void change(Step step, String freshId) {
    String id = step.id();
    switch (step.operation()) {
      case CREATE -> profiles.put(id, new Content(step.text(), null, List.of()));
      case RENAME -> profiles.put(id, profile(id).named(step.text()));
      case DUPLICATE -> profiles.put(freshId, profile(id).named(step.text()));
      case DELETE -> deleted.put(id, Objects.requireNonNull(profiles.remove(id)));
      case RESTORE -> {
        Content content = Objects.requireNonNull(deleted.remove(id));
        profiles.put(id, content.named(freeName(content.name())));
      }
      case EXPORT -> archives.put(step.text(), profile(id));
      case IMPORT -> {
        Content content = Objects.requireNonNull(archives.get(step.text()));
        profiles.put(freshId, content.named(freeName(content.name())));
      }
      default -> profiles.put(id, changedPool(step, profile(id)));
    }
  }

  private Content changedPool(Step step, Content pool) {
    List<String> names = step.names();
    return switch (step.operation()) {
      case ADD -> added(step, pool);
      case REMOVE -> removed(step, pool);
      case BRING_BACK -> broughtBack(step, pool);
      case REORDER -> reordered(names, pool);
      case ACTIVATE -> new Content(pool.name(), names.get(0), pool.images());
      case LABEL -> pool.changed(names, image -> image.labelled(step.text()));
      case ENABLE -> enabled(pool.changed(names, image -> image.enabled(true)));
      case DISABLE -> enabled(pool.changed(names, image -> image.enabled(false)));
      case MASK -> pool.changed(names, image -> image.masked(step.pictures().get(0)));
      case UNMASK -> pool.changed(names, image -> image.masked(-1));
      default -> throw new IllegalArgumentException(step.toString());
    };
  }

  private static Content enabled(Content pool) {
    return pool.with(pool.images(), Image::enabled);
  }

  private static Content added(Step step, Content pool) {
    List<Image> images = new ArrayList<>(pool.images());
    for (int picture : step.pictures()) {
      String name = freeSlot(images, picture + ".png");
      images.add(new Image(name, null, true, picture, -1));
    }
    return pool.with(images, Image::enabled);
  }

  private Content removed(Step step, Content pool) {
    List<Removed> trash = new ArrayList<>();
    List<Image> left = new ArrayList<>();
    for (Image image : pool.images()) {
      if (step.names().contains(image.name())) {
        trash.add(new Removed(image, trash.size() + left.size()));
      } else {
        left.add(image);
      }
    }
    trash.addAll(removed.getOrDefault(step.id(), List.of()));
    removed.put(step.id(), trash);
    Content chosen =
        pool.with(pool.images(), image -> image.enabled() && !step.names().contains(image.name()));
    return new Content(pool.name(), chosen.active(), left);
  }

  private Content broughtBack(Step step, Content pool) {
    List<Removed> trash = new ArrayList<>(removed.getOrDefault(step.id(), List.of()));
    List<Image> images = new ArrayList<>(pool.images());
    List<Removed> found =
        restorable(step.id()).stream()
            .filter(r -> step.names().contains(r.image().name()))
            .toList();
    trash.removeAll(found);
    removed.put(step.id(), trash);
    for (String wanted : step.names()) {
      for (Removed r : found) {
        if (r.image().name().equals(wanted)) {
          int position = Math.min(r.position(), images.size());
          images.add(position, r.image().named(freeSlot(images, wanted)));
        }
      }
    }
    return pool.with(images, Image::enabled);
  }

  private static Content reordered(List<String> names, Content pool) {
    List<Image> images = new ArrayList<>();
    for (String name : names) {
      pool.images().stream().filter(i -> i.name().equals(name)).forEach(images::add);
    }
    pool.images().stream().filter(i -> !names.contains(i.name())).forEach(images::add);
    return new Content(pool.name(), pool.active(), images);
  }

  private static String freeSlot(List<Image> images, String name) {
    Set<String> taken = images.stream().map(Image::name).collect(Collectors.toSet());
    String stem = name.substring(0, name.length() - ".png".length());
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = stem + " (" + i + ").png";
    }
    return free;
  }

  private String freeName(String name) {
    Set<String> taken =
        profiles.values().stream().map(p -> Texts.key(p.name())).collect(Collectors.toSet());
    String free = name;
    for (int i = 2; taken.contains(Texts.key(free)); i++) {
      free = name + " (" + i + ")";
    }
    return free;
  }

  Content profile(String id) {
    return Objects.requireNonNull(profiles.get(id), id);
  }

  /** What the base really holds, in the same words. */
  static Map<String, Content> read(ProfileStore store, TestPictures pictures) throws IOException {
    Map<String, Content> profiles = new LinkedHashMap<>();
    for (Profile profile : store.list()) {
      var pool = store.pools().get(profile.id());
      List<Image> images = new ArrayList<>();
      for (var slot : pool.slots()) {
        int picture = pictures.numberOf(store.pools().image(profile.id(), slot.name()));
        @Nullable Path mask = store.pools().mask(profile.id(), slot.name()).orElse(null);
        int number = mask == null ? -1 : pictures.numberOf(mask);
        images.add(new Image(slot.name(), slot.label(), slot.enabled(), picture, number));
      }
      profiles.put(profile.id(), new Content(profile.name(), pool.active(), images));
    }
    return profiles;
  }
}
