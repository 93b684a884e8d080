package dev.tidepool.environment;

import dev.tidepool.history.Identity;
import dev.tidepool.python.PythonTools;

/**
 * What making an environment takes from outside.
 *
 * @param python finds interpreters and uv
 * @param who commits the first version
 */
public record CreationTools(PythonTools python, Identity who) {}
