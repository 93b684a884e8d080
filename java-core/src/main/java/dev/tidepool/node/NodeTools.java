package dev.tidepool.node;

import dev.tidepool.environment.PythonProject;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.process.ProcessRunner;
import java.nio.file.Path;

/**
 * What it takes to work on the packs of an environment.
 *
 * @param resolutions a folder where results of resolving are kept
 * @param runner runs install scripts, when that is wanted
 */
public record NodeTools(
    Packs packs, PythonProject python, Path resolutions, ProcessRunner runner) {}
