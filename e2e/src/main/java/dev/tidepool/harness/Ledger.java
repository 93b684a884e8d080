package dev.tidepool.harness;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which errors are expected, and why. Whatever else the page or the server complains of during a
 * test fails it; so does an entry of the test's own that explained nothing. A test takes its ledger
 * as a parameter, or has its entries from {@link ExpectedError}. Used by one thread.
 */
public final class Ledger {
  private record Entry(ErrorPlace place, KnownMessage message, boolean certain) {
    @Override
    public String toString() {
      return message.pattern() + " (" + message.cause() + ")";
    }
  }

  private final @Nullable Ledger wider;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Entry> used = new HashSet<>();

  private Ledger(@Nullable Ledger wider) {
    this.wider = wider;
  }

  /** What is known of every page. */
  static Ledger ofTheRun() {
    Ledger some = new Ledger(null);
    KnownMessage.OF_SOME_PAGES.forEach(entry -> some.expect(ErrorPlace.PAGE, entry));
    Ledger ledger = new Ledger(some);
    KnownMessage.OF_THE_PAGE_ITSELF.forEach(entry -> ledger.expect(ErrorPlace.PAGE, entry));
    return ledger;
  }

  /** A ledger for a part, with the entries that are declared there; the whole's count too. */
  Ledger forPart(AnnotatedElement declared) {
    Ledger ledger = new Ledger(this);
    for (ExpectedError error : declared.getAnnotationsByType(ExpectedError.class)) {
      ledger.expect(error.in(), error.pattern(), error.cause());
    }
    return ledger;
  }

  /**
   * Expects an error from here on, and from before.
   *
   * @param pattern a regular expression, found somewhere in the error
   * @param cause why it comes up
   */
  public void expect(ErrorPlace place, String pattern, String cause) {
    expect(place, new KnownMessage(Pattern.compile(pattern), cause));
  }

  void expect(ErrorPlace place, KnownMessage message) {
    entries.add(new Entry(place, message, true));
  }

  /**
   * Allows an error that comes up or does not, as chance will have it, such as one of two things
   * that happen at once. Such an entry is never stale.
   *
   * @param pattern a regular expression, found somewhere in the error
   * @param cause why it may come up
   */
  public void allow(ErrorPlace place, String pattern, String cause) {
    entries.add(new Entry(place, new KnownMessage(Pattern.compile(pattern), cause), false));
  }

  /** Whether an entry explains an error; every one that does counts as used. */
  boolean explains(ErrorPlace place, String error) {
    boolean explained = wider != null && wider.explains(place, error);
    for (Entry entry : entries) {
      if (entry.place() == place && entry.message().explains(error)) {
        used.add(entry);
        explained = true;
      }
    }
    return explained;
  }

  /** The entries of this ledger, not of wider ones, that explained nothing yet, in words. */
  List<String> stale() {
    return entries.stream()
        .filter(Entry::certain)
        .filter(entry -> !used.contains(entry))
        .map(Entry::toString)
        .toList();
  }

  /** Fails when an error is left that no entry explains. */
  void demandExplained(Map<ErrorPlace, List<String>> errors) {
    Map<ErrorPlace, List<String>> unexplained = new LinkedHashMap<>();
    errors.forEach(
        (place, texts) ->
            unexplained.put(place, texts.stream().filter(it -> !explains(place, it)).toList()));
    StringBuilder message = new StringBuilder();
    unexplained.forEach(
        (place, texts) -> {
          if (!texts.isEmpty()) {
            message.append(place.words()).append(" errors that nobody expected:\n  ");
            message.append(String.join("\n  ", texts)).append('\n');
          }
        });
    if (!message.isEmpty()) {
      throw new AssertionError(message.toString().stripTrailing());
    }
  }
}
