/**
 * The index of model files: which models there are, by content, where their files lie, and where
 * they can be had. {@link dev.tidepool.model.ModelIndex} is the door; the database is ComfyDock's,
 * with columns of our own beside its own.
 */
@NullMarked
package dev.tidepool.model;

import org.jspecify.annotations.NullMarked;
