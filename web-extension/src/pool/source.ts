import type { PoolSource } from "../grid/source";
import { type Choice, poolOf } from "../profile/choice";
import type { Texts } from "../ui/texts";
import type { Upstream } from "../upstream/resolve";

/** Which pool a node shows, and what the user is told about it. */
export interface Shown {
  id: string;
  source: PoolSource;
}

/**
 * Reads what feeds a pool node.
 *
 * @param own the node's own pool, shown where no profile is connected
 * @param choiceOf what a Pool Profile node has chosen
 */
export function shownPool<N>(
  upstream: Upstream,
  own: string,
  choiceOf: (node: N) => Choice | undefined,
  texts: Texts,
): Shown {
  if (upstream.kind === "none") return { id: own, source: { kind: "own" } };
  if (upstream.kind === "unknown") {
    return { id: own, source: { kind: "missing", name: texts.decidedLater(upstream.node.title ?? "") } };
  }
  const choice = choiceOf(upstream.node as N);
  if (!choice) return { id: own, source: { kind: "own" } };
  const id = poolOf(choice) ?? own;
  if (choice.kind === "default") return { id, source: { kind: "profile", name: texts.defaultPool } };
  return { id, source: { kind: choice.kind === "missing" ? "missing" : "profile", name: choice.name } };
}
