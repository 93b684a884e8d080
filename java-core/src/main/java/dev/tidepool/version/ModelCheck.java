package dev.tidepool.version;

/** What became of looking for one model of a workflow. */
public record ModelCheck(NeededModel model, ModelState state) {}
