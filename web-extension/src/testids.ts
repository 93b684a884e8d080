/** Names of every control that a test or a script may look for; each becomes `data-testid="tidepool-<name>"`. */
export const TEST_IDS = [
  "profile-bar",
  "profile-select",
  "profile-create",
  "profile-rename",
  "profile-delete",
  "profile-duplicate",
  "profile-export",
  "profile-import",
  "profile-import-input",
  "profile-count",
  "pool-grid",
  "pool-add",
  "pool-file-input",
  "pool-slot",
  "pool-slot-number",
  "pool-slot-label",
  "pool-slot-label-input",
  "pool-remove",
  "pool-enable",
  "pool-mask",
  "pool-sort",
  "pool-size",
  "pool-detach",
  "pool-source",
  "pool-progress",
  "pool-empty",
  "pool-error",
  "pool-retry",
  "pool-menu",
  "pool-preview",
  "pool-preview-close",
  "models-dialog",
  "models-row",
  "models-choice",
  "models-absent",
  "models-apply",
  "models-later",
  "undo-toast",
  "undo",
] as const;

/** One of {@link TEST_IDS}. */
export type TestId = (typeof TEST_IDS)[number];

/** The value of `data-testid` for a control. */
export function testId(name: TestId): string {
  return `tidepool-${name}`;
}

/** Marks an element as the control `name` and returns it. */
export function tag<E extends Element>(element: E, name: TestId): E {
  element.setAttribute("data-testid", testId(name));
  return element;
}
