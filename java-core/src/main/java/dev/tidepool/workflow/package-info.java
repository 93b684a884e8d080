/**
 * ComfyUI's workflows as documents: what is in them, in the editor's format and in the API's, and
 * edits that leave every other byte alone. {@link dev.tidepool.workflow.Workflow} is the door;
 * knows nothing of models.
 */
@NullMarked
package dev.tidepool.workflow;

import org.jspecify.annotations.NullMarked;
