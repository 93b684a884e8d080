package dev.tidepool.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An error that a test provokes, or that comes up in some test of a class: an entry of its {@link
 * Ledger}. One that explains nothing is stale, and fails the test or the class.
 *
 * <pre>{@code
 * @Test
 * @ExpectedError(in = ErrorPlace.SERVER, pattern = "no strength given", cause = "the node refuses")
 * void refusesToRunWithoutStrength(ComfyApi api) { … }
 * }</pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ExpectedError.Several.class)
public @interface ExpectedError {
  /** Where it shows. */
  ErrorPlace in();

  /** A regular expression, found somewhere in the error. */
  String pattern();

  /** Why it comes up. */
  String cause();

  /** Several of them, as Java keeps them. */
  @Documented
  @Target({ElementType.METHOD, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @interface Several {
    /** All of them. */
    ExpectedError[] value();
  }
}
