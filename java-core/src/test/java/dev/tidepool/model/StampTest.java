package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StampTest {
  private static final Stamp STAMP = new Stamp(1L << 40, 1_700_000_000_123_456_789L, 1L << 33);

  @Test
  void stampsOfOneStateAreEqual() {
    Stamp same = new Stamp(1L << 40, 1_700_000_000_123_456_789L, 1L << 33);
    assertThat(same).isEqualTo(STAMP).hasSameHashCodeAs(STAMP);
    assertThat(Set.of(STAMP)).contains(same);
  }

  @Test
  void stampsDifferInSizeTimeAndNumber() {
    assertThat(new Stamp((1L << 40) + 1, STAMP.modified(), STAMP.inode())).isNotEqualTo(STAMP);
    assertThat(new Stamp(STAMP.size(), STAMP.modified() + 1, STAMP.inode())).isNotEqualTo(STAMP);
    assertThat(new Stamp(STAMP.size(), STAMP.modified(), 0)).isNotEqualTo(STAMP);
  }
}
