package dev.tidepool.resolution;

/**
 * A file that comes into question.
 *
 * @param value what names it in a workflow: its path below the folder of models, with the
 *     separators that ComfyUI lists it with
 * @param reason why it comes into question
 */
public record Offer(String value, Reason reason) {}
