/**
 * What an image file is: its format and its size, told from its first bytes and never from its
 * name. {@link dev.tidepool.image.ImageHeaders} reads, {@link dev.tidepool.image.ImageFormat} names
 * the formats; knows no other package than {@code error}.
 */
@NullMarked
package dev.tidepool.image;

import org.jspecify.annotations.NullMarked;
