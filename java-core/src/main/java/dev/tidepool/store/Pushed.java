package dev.tidepool.store;

/**
 * A bundle that is in a store.
 *
 * @param address where, as it may be shown
 * @param sha256 64 hex digits
 * @param sent how many bytes had to be sent for it this time
 * @param wasThere whether it was there already, so that nothing was done
 */
public record Pushed(String address, long size, String sha256, long sent, boolean wasThere) {
  static Pushed before(String address, Parcel parcel) {
    return new Pushed(address, parcel.size(), parcel.sha256(), 0, true);
  }
}
