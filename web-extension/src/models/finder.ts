import type { Client } from "../api/client";
import type { LiveGraph, Node } from "../comfy/types";
import type { Texts } from "../ui/texts";
import type { Toasts } from "../ui/toasts";
import { askForModels, type Question } from "./dialog";
import { type Stray, strays } from "./strays";

/** What the finder works with. */
export interface FinderTools {
  client: Pick<Client, "modelOffers">;
  toasts: Pick<Toasts, "done" | "failed" | "warn">;
  texts: Texts;
  /** The graph that is open now. */
  root(): LiveGraph;
  /** Asks the user; the dialog unless told otherwise. */
  ask?: typeof askForModels;
}

/** The same name on the same input of nodes of one class is one question. */
interface Group extends Question {
  strays: Stray[];
}

/**
 * Looks for models that a workflow names and that lie elsewhere on this machine, and puts the names right in the graph. Whatever was offered once is
 * offered again only on request, so that closing the dialog is enough to be left alone.
 */
export class ModelFinder {
  private readonly offered = new Set<string>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly tools: FinderTools) {}

  /** A workflow was opened: asks when files come into question that were not offered before. */
  opened(): Promise<void> {
    return this.once(async () => {
      const groups = await this.groups(stray => !this.offered.has(keyOf(stray)));
      if (groups.some(group => group.offers.length > 0)) await this.offer(groups);
    });
  }

  /** The user wants to know: asks, or says that there is nothing to ask. */
  search(): Promise<void> {
    return this.once(async () => {
      const { toasts, texts } = this.tools;
      const groups = await this.groups(() => true);
      if (groups.some(group => group.offers.length > 0)) await this.offer(groups);
      else if (groups.length > 0) toasts.warn(texts.models.nothingHere, groups.map(group => group.value).join("\n"));
      else toasts.done(texts.models.nothing);
    });
  }

  /** One after the other: two dialogs would ask the same. */
  private once(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work).catch((error: unknown) => this.tools.toasts.failed(error));
    return this.last;
  }

  private async groups(wanted: (stray: Stray) => boolean): Promise<Group[]> {
    const groups = new Map<string, Stray[]>();
    for (const stray of strays(this.tools.root())) {
      if (!wanted(stray)) continue;
      const key = keyOf(stray);
      groups.set(key, [...(groups.get(key) ?? []), stray]);
    }
    if (groups.size === 0) return [];
    const all = [...groups.values()];
    const answers = await this.tools.client.modelOffers(
      all.map(([first]) => {
        const { type, input, value, hashes } = first as Stray;
        return { type, input, value, hashes };
      }),
    );
    return all.flatMap((members, place) => {
      const answer = answers[place];
      if (!answer || answer.folder === null) return [];
      const nodes = members.map(({ node, type }) => node.title || type);
      return [{ value: (members[0] as Stray).value, nodes, offers: answer.offers, strays: members }];
    });
  }

  private async offer(groups: readonly Group[]): Promise<void> {
    const { ask = askForModels, texts, toasts } = this.tools;
    for (const group of groups) for (const stray of group.strays) this.offered.add(keyOf(stray));
    const chosen = await ask(groups, texts);
    const changes = groups.flatMap((group, place) => {
      const value = chosen[place];
      return value === undefined ? [] : group.strays.map(stray => ({ stray, value }));
    });
    if (changes.length === 0) return;
    this.apply(changes);
    toasts.done(texts.models.replaced(chosen.filter(value => value !== undefined).length));
  }

  /** One step of undo, whichever graphs the nodes are in. */
  private apply(changes: readonly { stray: Stray; value: string }[]): void {
    const root = this.tools.root();
    root.canvasAction?.(canvas => canvas.emitBeforeChange?.());
    for (const { stray, value } of changes) {
      // A widget that was changed meanwhile is the user's own.
      if (stray.widget.value !== stray.value) continue;
      stray.widget.value = value;
      stray.widget.callback?.(value);
      redraw(stray.node);
    }
    root.canvasAction?.(canvas => canvas.emitAfterChange?.());
  }
}

function keyOf({ type, input, value }: Stray): string {
  return JSON.stringify([type, input, value]);
}

function redraw(node: Node): void {
  node.graph?.canvasAction?.(canvas => canvas.setDirty?.(true, true));
}
