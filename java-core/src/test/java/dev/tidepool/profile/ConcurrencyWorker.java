package dev.tidepool.profile;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process of {@link ConcurrencyTest}: threads that each work on profiles of their own, and on
 * profiles, pools and names that all fight for. Prints what was acknowledged, words separated by
 * tabs:
 *
 * <pre>
 * own id name look      a profile and its pool as they must be at the end
 * gone id               a profile that was deleted
 * renamed id name       a profile of all got this name
 * added|removed pool name
 * labelled pool name label
 * failed operation error
 * </pre>
 */
final class ConcurrencyWorker {
  static final int SHARED = 24;
  static final int SHARED_POOLS = 3;
  private static final int FOUGHT_NAMES = 40;
  private static final Set<String> EXPECTED =
      Set.of("profile-name-taken", "profile-not-found", "slot-not-found", "profile-not-in-trash");

  private final ProfileStore store;
  private final TestPictures pictures;
  private final String thread;
  private final Random random;
  private final Map<String, String> names = new TreeMap<>();
  private final Map<String, String> looks = new TreeMap<>();
  private final List<String> deleted = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private int made;

  private ConcurrencyWorker(ProfileStore store, TestPictures pictures, String thread, long seed) {
    this.store = store;
    this.pictures = pictures;
    this.thread = thread;
    this.random = new Random(seed);
  }

  static ChildJvm start(Path base, Path pictures, int process, int threads, int steps, long seed)
      throws IOException {
    return ChildJvm.start(ConcurrencyWorker.class, base, pictures, process, threads, steps, seed);
  }

  /** Arguments: base, folder of pictures, number of the process, threads, steps of each, seed. */
  public static void main(String[] arguments) throws Exception {
    ProfileStore store = BaseRules.open(Path.of(arguments[0]));
    TestPictures pictures = new TestPictures(Path.of(arguments[1]));
    int threads = Integer.parseInt(arguments[3]);
    int steps = Integer.parseInt(arguments[4]);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<List<String>>> reports = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String thread = arguments[2] + "-" + i;
      long seed = Long.parseLong(arguments[5]) + thread.hashCode();
      ConcurrencyWorker worker = new ConcurrencyWorker(store, pictures, thread, seed);
      reports.add(executor.submit(() -> worker.work(steps)));
    }
    for (Future<List<String>> report : reports) {
      report.get().forEach(System.out::println);
    }
    executor.shutdown();
  }

  private List<String> work(int steps) {
    for (int i = 0; i < steps; i++) {
      int operation = random.nextInt(100);
      try {
        step(operation);
      } catch (TidepoolException e) {
        if (!EXPECTED.contains(e.code())) {
          report("failed", operation, e.code() + ": " + e.text());
        }
      } catch (RuntimeException e) {
        report("failed", operation, e);
      }
    }
    names.forEach((id, name) -> report("own", id, name, looks.getOrDefault(id, "any")));
    deleted.forEach(id -> report("gone", id));
    return lines;
  }

  private void step(int operation) {
    if (operation < 20 || names.isEmpty()) {
      own(store.create(newName()), "[]");
    } else if (operation < 40) {
      String id = ownId();
      names.put(id, store.rename(id, newName()).name());
    } else if (operation < 52) {
      String id = ownId();
      String look = looks.getOrDefault(id, "any");
      own(store.duplicate(id, newName(), Progress.none()), look);
    } else if (operation < 68) {
      String id = ownId();
      store.delete(id);
      deleted.add(id);
      names.remove(id);
    } else if (operation < 72 && !deleted.isEmpty()) {
      Profile profile = store.restore(deleted.remove(deleted.size() - 1));
      own(profile, look(store.pools().get(profile.id())));
    } else if (operation < 80) {
      fillOwn(ownId());
    } else if (operation < 86) {
      changeShared("shared-" + random.nextInt(SHARED));
    } else {
      changeSharedPool("pool-" + random.nextInt(SHARED_POOLS));
    }
  }

  private void fillOwn(String id) {
    store.pools().add(id, images(1 + random.nextInt(2)), Progress.none());
    Pool pool = store.pools().get(id);
    Slot slot = pool.slots().get(random.nextInt(pool.slots().size()));
    looks.put(id, look(store.pools().label(id, slot.name(), "label " + made++)));
  }

  private void changeShared(String id) {
    switch (random.nextInt(6)) {
      case 0 -> {
        if (store.delete(id)) {
          report("gone", id);
        }
      }
      case 1, 2 -> own(store.duplicate(id, newName(), Progress.none()), "any");
      default -> report("renamed", id, store.rename(id, newName()).name());
    }
  }

  private void changeSharedPool(String id) {
    List<String> slots =
        new ArrayList<>(store.pools().get(id).slots().stream().map(Slot::name).toList());
    Collections.shuffle(slots, random);
    int change = slots.size() < 3 ? 0 : random.nextInt(4);
    switch (change) {
      case 0 ->
          store
              .pools()
              .add(id, images(2), Progress.none())
              .added()
              .forEach(name -> report("added", id, name));
      case 1 -> {
        store.pools().remove(id, slots.subList(0, 2));
        slots.subList(0, 2).forEach(name -> report("removed", id, name));
      }
      case 2 -> store.pools().reorder(id, slots);
      default -> {
        String label = thread + " " + made++;
        store.pools().label(id, slots.get(0), label);
        report("labelled", id, slots.get(0), label);
      }
    }
  }

  private List<NewImage> images(int count) {
    List<NewImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int picture = random.nextInt(TestPictures.COUNT);
      images.add(new NewImage("picture-" + picture + ".png", pictures.file(picture)));
    }
    return images;
  }

  private void own(Profile profile, String look) {
    names.put(profile.id(), profile.name());
    looks.put(profile.id(), look);
  }

  private String ownId() {
    return new ArrayList<>(names.keySet()).get(random.nextInt(names.size()));
  }

  /** Mostly one's own, else one that all want, in this case or that. */
  private String newName() {
    if (random.nextInt(3) > 0) {
      return "Thread " + thread + " name " + made++;
    }
    String name = "Wanted " + random.nextInt(FOUGHT_NAMES);
    return random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
  }

  private void report(Object... words) {
    lines.add(String.join("\t", Arrays.stream(words).map(String::valueOf).toList()));
  }

  /** Order, labels and active slot of a pool, as one word. */
  static String look(Pool pool) {
    return pool.slots().stream().map(slot -> slot.name() + "=" + slot.label()).toList()
        + (pool.slots().isEmpty() ? "" : " " + pool.active());
  }
}
