package dev.tidepool.model;

/**
 * Where a model can be had.
 *
 * @param type {@code civitai}, {@code huggingface} or {@code url}; others may have written more
 * @param url as it was given
 * @param added in seconds since the epoch
 */
public record ModelSource(String type, String url, long added) {}
