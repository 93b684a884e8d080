/**
 * Asks and sends over HTTP (RFC 9110): again when that may help, never where it must not. {@link
 * dev.tidepool.http.Http} is the door; which addresses may be asked is an {@link
 * dev.tidepool.http.AddressRule}, and what a failure is called is up to whoever asks.
 */
@NullMarked
package dev.tidepool.http;

import org.jspecify.annotations.NullMarked;
