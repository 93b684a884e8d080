/**
 * What the headers of model files tell: kind, base model, title, trigger words, precision. {@link
 * dev.tidepool.weights.WeightsHeaders} reads them and believes no length they name; knows no other
 * package.
 */
@NullMarked
package dev.tidepool.weights;

import org.jspecify.annotations.NullMarked;
