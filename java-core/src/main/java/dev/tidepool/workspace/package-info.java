/**
 * The workspace: the one folder that holds environments, caches, the index of models and logs.
 * {@link dev.tidepool.workspace.Workspace} says where it is and what lies where in it.
 */
@NullMarked
package dev.tidepool.workspace;

import org.jspecify.annotations.NullMarked;
