/**
 * Python environments: finds interpreters and uv (or fetches uv with pip), makes virtual
 * environments, installs into them. {@link dev.tidepool.python.PythonTools} is the door.
 */
@NullMarked
package dev.tidepool.python;

import org.jspecify.annotations.NullMarked;
