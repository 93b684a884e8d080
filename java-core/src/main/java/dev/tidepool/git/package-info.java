/**
 * Reads git repositories that are not ours: {@link dev.tidepool.git.GitClone} brings one here,
 * {@link dev.tidepool.git.WorkTree} tells the state of one. Their hooks, filters and settings never
 * run anything, and no settings of the user or the system apply: {@link
 * dev.tidepool.git.Repositories}.
 */
@NullMarked
package dev.tidepool.git;

import org.jspecify.annotations.NullMarked;
