package dev.tidepool.origin;

/**
 * An address that is not believed, or a service that could not be asked.
 *
 * @param url as it was given; the service's own when it was to be asked for a hash
 * @param reason for programs: {@code not-found}, {@code size-differs}, {@code size-unknown}, {@code
 *     hash-differs}, {@code needs-token}, {@code not-offered}, {@code page}, {@code status}, {@code
 *     answer-invalid}, or the code of an error
 * @param why for people, the end of a sentence
 */
public record Doubt(String url, String reason, String why) {}
