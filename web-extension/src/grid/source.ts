/** Where the images of a pool node come from, as the user is told. */
export type PoolSource = { kind: "own" } | { kind: "profile"; name: string } | { kind: "missing"; name: string };
