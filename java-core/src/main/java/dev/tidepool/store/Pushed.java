package dev.tidepool.store;

/**
 * A bundle that is in a store.
 *
 * @param address where, as it may be shown
 * @param sha256 64 hex digits
 * @param sent how many bytes had to be sent for it; none where it was there already
 */
public record Pushed(String address, long size, String sha256, long sent) {}
