package dev.tidepool.pool;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One enabled slot, as a node takes it out of a pool.
 *
 * @param name the image's file name
 * @param index its place among the enabled slots, from 0
 * @param count how many enabled slots there are
 * @param label what people call it
 * @param file where the image lies
 * @param mask where its mask lies, if it has one
 * @param fingerprint equal only for equal content of image and mask
 */
public record Picked(
    String name,
    int index,
    int count,
    String label,
    Path file,
    Optional<Path> mask,
    String fingerprint) {}
