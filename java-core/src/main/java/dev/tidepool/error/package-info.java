/**
 * What goes wrong, in one family: {@link dev.tidepool.error.TidepoolException} is the only
 * exception a user sees. Knows no other package.
 */
@NullMarked
package dev.tidepool.error;

import org.jspecify.annotations.NullMarked;
