package dev.tidepool.pool;

/**
 * One image of a pool.
 *
 * @param name the image's file name inside the pool's folder
 * @param label what people call it; the name without its ending until somebody sets another
 * @param width pixels, as shown
 * @param height pixels, as shown
 * @param bytes the file's size
 * @param modified the file's last change, milliseconds since the epoch
 * @param enabled whether nodes count it
 * @param mask whether a mask lies beside it
 */
public record Slot(
    String name,
    String label,
    int width,
    int height,
    long bytes,
    long modified,
    boolean enabled,
    boolean mask) {}
