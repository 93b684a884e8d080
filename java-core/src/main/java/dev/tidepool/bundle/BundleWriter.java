package dev.tidepool.bundle;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.MemberTree;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import dev.tidepool.io.WorkFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Writes bundles. The same manifest and the same files give the same bytes, whatever the machine's
 * time, place and number of processors; the bundle appears under its name when it is whole.
 * Thread-safe.
 */
public final class BundleWriter {
  private static final String WRITTEN = "bundle";

  private final int threads;
  private final Output output;

  /**
   * Makes a writer.
   *
   * @param threads how many pack at a time; at least 1
   */
  public BundleWriter(int threads) {
    this(threads, new Output());
  }

  /** The same on a disk that may fail. */
  BundleWriter(int threads, Output output) {
    this.threads = threads;
    this.output = output;
  }

  /**
   * Writes a bundle.
   *
   * @param target where to; its folder is there
   * @param replaces whether it may be there already
   * @param manifest what to say of it; its members are filled in
   * @param sources everything but manifest and signature
   * @param key signs it, when there is one
   * @param progress hears of bytes
   * @return the manifest with its members
   * @throws TidepoolException {@code bundle-exists}; {@code bundle-not-portable} when two names
   *     could not lie beside each other everywhere; {@code bundle-source-changed} when a file is
   *     changed meanwhile; what {@link BundleManifest#parse} refuses; the codes of {@link
   *     StorageFailures}. Nothing is at the target then that was not there before.
   */
  public BundleManifest write(
      Path target,
      boolean replaces,
      BundleManifest manifest,
      Collection<BundleSource> sources,
      Optional<SigningKey> key,
      Progress progress) {
    requireFree(target, replaces);
    List<BundleSource> sorted = new ArrayList<>(sources);
    sorted.sort((a, b) -> a.path().compareTo(b.path()));
    requirePortable(sorted);
    return StorageFailures.translate(
        "write the bundle " + target,
        () -> {
          ExecutorService workers = Executors.newFixedThreadPool(threads);
          try (WorkFolder work = WorkFolder.in(target.toAbsolutePath().resolveSibling(""))) {
            Path beside = work.path().resolve(WRITTEN);
            List<BundleMember> members = Digests.of(sorted, workers);
            BundleManifest whole = manifest.withMembers(members);
            byte[] json = whole.json();
            BundleManifest.parse(json);
            progress.total(members.stream().mapToLong(BundleMember::size).sum());
            try (OutputStream out = output.create(beside)) {
              Packing packing = new Packing(out, workers, threads, progress);
              add(packing, BundleManifest.MEMBER, json);
              if (key.isPresent()) {
                add(packing, BundleSignature.MEMBER, Signing.sign(key.get(), json).json());
              }
              for (int i = 0; i < sorted.size(); i++) {
                packing.add(sorted.get(i), members.get(i));
              }
              packing.finish();
            }
            requireFree(target, replaces);
            output.move(beside, target);
            return whole;
          } finally {
            workers.shutdownNow();
          }
        });
  }

  private static void add(Packing packing, String path, byte[] content) throws IOException {
    BundleSource source = BundleSource.of(path, content);
    packing.add(source, source.digested().orElseThrow());
  }

  /**
   * Refuses a target that a bundle may not take, before any work is done for it.
   *
   * @throws TidepoolException {@code bundle-exists}
   */
  public static void requireFree(Path target, boolean replaces) {
    if (Files.isDirectory(target) || (!replaces && Files.exists(target))) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "bundle-exists",
          "There is "
              + (Files.isDirectory(target) ? "a folder " : "a file ")
              + target
              + " already.",
          "Name another one with --output, or replace a file with --force.");
    }
  }

  private static void requirePortable(List<BundleSource> sources) {
    MemberTree names = new MemberTree();
    for (BundleSource source : sources) {
      String path = source.path();
      if (!MemberNames.isSafe(path) || MemberNames.isGit(path) || !names.enter(path, false)) {
        throw new TidepoolException(
            ErrorKind.CONFLICT,
            "bundle-not-portable",
            "The file "
                + Texts.quoted(path)
                + " cannot be unpacked on every system: its name holds what others do not take, or"
                + " differs from another only in case.",
            "Rename it, then export again.");
      }
    }
  }
}
