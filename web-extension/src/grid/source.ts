/** Where the images of a pool node come from, as the user is told. */
export type PoolSource = { kind: "own" } | { kind: "profile"; name: string } | { kind: "missing"; name: string };

export function sameSource(a: PoolSource, b: PoolSource): boolean {
  return a.kind === b.kind && (a.kind === "own" || b.kind === "own" || a.name === b.name);
}
