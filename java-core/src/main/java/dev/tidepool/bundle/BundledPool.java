package dev.tidepool.bundle;

/**
 * A pool profile that travels in a bundle.
 *
 * @param id what the nodes of the workflows name it by
 * @param member the profile archive in the bundle: {@code pools/<id>.zip}
 */
public record BundledPool(String id, String name, String member) {}
