package dev.tidepool.profile;

import dev.tidepool.profile.Step.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chooses steps that a world allows, so that it stays small and every operation comes up. */
final class Steps {
  private static final int MOST_PROFILES = 6;
  private static final int MOST_IMAGES = 7;
  private static final int ARCHIVES = 2;

  private final Random random;
  private int made;

  Steps(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  Step next(World world) {
    if (world.profiles.size() < 2) {
      return Step.of(Operation.CREATE, "profile-" + made, "Profile " + made++);
    }
    if (world.profiles.size() > MOST_PROFILES) {
      return Step.of(Operation.DELETE, any(List.copyOf(world.profiles.keySet())), "");
    }
    String id = any(List.copyOf(world.profiles.keySet()));
    return switch (random.nextInt(10)) {
      case 0 -> Step.of(Operation.CREATE, "profile-" + made, "Profile " + made++);
      case 1 -> Step.of(Operation.RENAME, id, "Renamed " + made++);
      case 2 -> Step.of(Operation.DUPLICATE, id, "Copy " + made++);
      case 3 ->
          world.deleted.isEmpty() || random.nextBoolean()
              ? Step.of(Operation.DELETE, id, "")
              : Step.of(Operation.RESTORE, any(List.copyOf(world.deleted.keySet())), "");
      case 4 ->
          world.archives.isEmpty() || random.nextBoolean()
              ? Step.of(Operation.EXPORT, id, "archive-" + random.nextInt(ARCHIVES) + ".zip")
              : Step.of(Operation.IMPORT, "", any(List.copyOf(world.archives.keySet())));
      default -> inPool(world, id);
    };
  }

  private Step inPool(World world, String id) {
    List<String> slots = new ArrayList<>(world.profile(id).slots());
    List<String> trash =
        world.restorable(id).stream().map(removed -> removed.image().name()).toList();
    Collections.shuffle(slots, random);
    if (slots.size() < 2) {
      return Step.of(Operation.ADD, id, "").withPictures(pictures());
    }
    if (slots.size() > MOST_IMAGES) {
      return Step.of(Operation.REMOVE, id, "").withNames(slots.subList(0, 4));
    }
    List<String> one = slots.subList(0, 1);
    List<String> two = slots.subList(0, 2);
    return switch (random.nextInt(12)) {
      case 0, 1 -> Step.of(Operation.ADD, id, "").withPictures(pictures());
      case 2, 3 -> Step.of(Operation.REMOVE, id, "").withNames(two);
      case 4, 5 ->
          trash.isEmpty()
              ? Step.of(Operation.REMOVE, id, "").withNames(two)
              : Step.of(Operation.BRING_BACK, id, "")
                  .withNames(trash.subList(0, Math.min(3, trash.size())));
      case 6 -> Step.of(Operation.REORDER, id, "").withNames(slots);
      case 7 -> Step.of(Operation.LABEL, id, "label " + made++).withNames(one);
      case 8 ->
          Step.of(random.nextBoolean() ? Operation.ENABLE : Operation.DISABLE, id, "")
              .withNames(two);
      case 9 ->
          world.profile(id).images().stream().filter(World.Image::enabled).findFirst().stream()
              .map(image -> Step.of(Operation.ACTIVATE, id, "").withNames(List.of(image.name())))
              .findFirst()
              .orElseGet(() -> Step.of(Operation.ENABLE, id, "").withNames(slots));
      case 10 -> Step.of(Operation.UNMASK, id, "").withNames(one);
      default ->
          Step.of(Operation.MASK, id, "")
              .withNames(one)
              .withPictures(List.of(random.nextInt(TestPictures.COUNT)));
    };
  }

  private List<Integer> pictures() {
    List<Integer> pictures = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      pictures.add(random.nextInt(TestPictures.COUNT));
    }
    return pictures;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
