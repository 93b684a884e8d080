package dev.tidepool.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "192.167.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::808:808"
      })
  void asksHostsOnThePublicInternet(String address) throws IOException {
    assertThat(rule(false, address).objection(URI.create("https://host.example/x"))).isEmpty();
    assertThat(rule(true, address).objection(URI.create("https://host.example/x"))).isEmpty();
    assertThat(rule(true, address).objection(URI.create("http://host.example/x")))
        .contains("an address that is not encrypted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "::1",
        "::ffff:10.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "64:ff9b::a00:1"
      })
  void asksPrivateNetworksOnlyWhenAllowed(String address) throws IOException {
    URI uri = URI.create("https://host.example/x");
    assertThat(rule(false, address).objection(uri))
        .contains("an address that is not on the public internet");
    assertThat(rule(true, address).objection(uri)).isEmpty();
    assertThat(rule(true, address).objection(URI.create("http://host.example/"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.1",
        "192.88.99.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::10.0.0.1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "fd00:ec2::254",
        "2001::1",
        "2002:a00:1::",
        "3fff::1",
        "64:ff9b:1::a00:1",
        "64:ff9b::a9fe:a9fe",
        "100::1",
        "::ffff:169.254.169.254"
      })
  void neverAsksWhatNobodyMayBeSentTo(String address) throws IOException {
    URI uri = URI.create("https://host.example/x");
    assertThat(rule(false, address).objection(uri)).isPresent();
    assertThat(rule(true, address).objection(uri)).isPresent();
  }

  @Test
  void looksAtEveryAddressOfAName() throws IOException {
    assertThat(rule(false, "8.8.8.8", "10.0.0.1").objection(URI.create("https://two.example/")))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, no web address",
    "ftp://host.example/x, no web address",
    "jar:https://host.example/x!/y, no web address",
    "data:text/plain;base64;x, no web address",
    "relative/path, no web address",
    "https:opaque, an address without a host",
    "https:///path, an address without a host",
    "https://under_score/x, an address without a host",
    "https://user:word@host.example/, an address with a user or password in it",
    "https://user@host.example/, an address with a user or password in it",
    "http://host.example/, an address that is not encrypted"
  })
  void refusesByWhatIsWritten(String uri, String objection) {
    PublicAddresses rule = new PublicAddresses(false, host -> new InetAddress[0]);
    assertThat(rule.written(URI.create(uri))).contains(objection);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///x", "https://user:word@127.0.0.1/", "ftp://127.0.0.1/"})
  void allowsNoSuchInPrivateNetworksEither(String uri) throws IOException {
    assertThat(PublicAddresses.of(true).objection(URI.create(uri))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https://localhost/"
      })
  void knowsThisMachineInEverySpelling(String uri) {
    try {
      assertThat(PublicAddresses.of(false).objection(URI.create(uri))).isPresent();
    } catch (UnknownHostException e) {
      // Newer versions of Java take some of these for no address at all.
      assertThat(e).isNotNull();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void showsTokensToTheirHostsAlone() {
    Tokens tokens =
        Tokens.of(
            Map.of(
                "HF_TOKEN", "hf",
                "CIVITAI_API_KEY", "civ",
                "TIDEPOOL_TOKENS", "models.example=abc, sub.models.example=def bad"),
            false);
    assertThat(tokens.of(URI.create("https://huggingface.co/x"))).contains("hf");
    assertThat(tokens.of(URI.create("https://HuggingFace.co/x"))).contains("hf");
    assertThat(tokens.of(URI.create("https://civitai.com/x"))).contains("civ");
    assertThat(tokens.of(URI.create("https://models.example/x"))).contains("abc");
    assertThat(tokens.of(URI.create("https://sub.models.example/x"))).contains("def");
    assertThat(tokens.of(URI.create("https://nothuggingface.co/x"))).isEmpty();
    assertThat(tokens.of(URI.create("https://huggingface.co.evil.example/x"))).isEmpty();
    assertThat(tokens.of(URI.create("http://huggingface.co/x"))).isEmpty();
  }

  private static PublicAddresses rule(boolean privateToo, String... addresses) {
    return new PublicAddresses(
        privateToo,
        host -> {
          InetAddress[] all = new InetAddress[addresses.length];
          for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
          }
          return all;
        });
  }
}
