/** How much goes to the server in one request: enough to be quick, little enough to report progress and to lose little. */
export interface BatchLimits {
  files: number;
  bytes: number;
}

/** The limits that the page uses. */
const BATCH_LIMITS: BatchLimits = { files: 16, bytes: 24 * 1024 * 1024 };

/** Cuts a list of files into runs within the limits, in order; a file larger than the limit travels alone. */
export function batches<T extends { size: number }>(files: readonly T[], limits: BatchLimits = BATCH_LIMITS): T[][] {
  const cut: T[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = cut.at(-1);
    if (last && last.length < limits.files && bytes + file.size <= limits.bytes) {
      last.push(file);
      bytes += file.size;
    } else {
      cut.push([file]);
      bytes = file.size;
    }
  }
  return cut;
}
