package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreAddressTest {
  @Test
  void nameIsAddedToAFolderAndChangesNoHost() {
    StoreAddress twice = StoreAddress.parse("https://host//bundles/").at("a b.tar.gz");
    assertThat(twice.shown()).isEqualTo("https://host//bundles/a%20b.tar.gz");
    StoreAddress signed = StoreAddress.parse("https://host?sig=1").at("a.tar.gz");
    assertThat(((StoreAddress.Web) signed).uri()).hasToString("https://host/a.tar.gz?sig=1");
    StoreAddress deep = StoreAddress.parse("s3://bucket/" + "a".repeat(1020) + "/");
    assertThat(catchThrowableOfType(TidepoolException.class, () -> deep.at("b.tar.gz")).code())
        .isEqualTo("store-address-invalid");
  }

  @Test
  void badAddressesAreRefusedWithoutTheirSecrets() {
    for (String text :
        List.of(
            "ftp://host/x",
            "https://anna:secret@host/x",
            "https:///x?sig=secret",
            "s3://b",
            "s3://bucket/a//b",
            "s3://bucket/../b",
            "s3:bucket/x?secret")) {
      TidepoolException e =
          catchThrowableOfType(TidepoolException.class, () -> StoreAddress.parse(text));
      assertThat(e.code()).as(text).isEqualTo("store-address-invalid");
      assertThat(e.text() + e.hints()).doesNotContain("secret");
    }
  }
}
