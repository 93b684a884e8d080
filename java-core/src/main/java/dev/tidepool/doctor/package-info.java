/**
 * Looks at a machine: what Tidepool needs or could use, what is wrong with it, and what to type.
 * {@link dev.tidepool.doctor.Doctor} is the door.
 */
@NullMarked
package dev.tidepool.doctor;

import org.jspecify.annotations.NullMarked;
