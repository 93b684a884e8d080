import type { Client } from "../api/client";
import type { ModelOffers } from "../api/shape";
import type { LiveGraph } from "../comfy/types";
import type { Texts } from "../ui/texts";
import type { Toasts } from "../ui/toasts";
import { allGraphs } from "../upstream/paths";
import { askForModels, closeModelDialog, type Question } from "./dialog";
import { type Stray, strays } from "./strays";

/** As many names as one request may hold. */
const MOST_AT_ONCE = 1000;

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

interface Change {
  stray: Stray;
  value: string;
}

/**
 * Looks for models that a workflow names and that lie elsewhere on this machine, and puts the names right in the graph. What the user was
 * asked about once, is offered again only in another workflow or on request: closing the dialog is enough to be left alone.
 */
export class ModelFinder {
  private readonly settled = new Set<string>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly tools: FinderTools) {}

  /** A workflow was opened: asks when files come into question about which the user was not asked before. */
  opened(): Promise<void> {
    // Undo works while the dialog is open, and may have taken away what it asks about.
    closeModelDialog();
    return this.once(async () => {
      const groups = await this.groups(stray => !this.settled.has(this.keyOf(stray)));
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
    const members = new Map<string, Stray[]>();
    for (const stray of strays(this.tools.root())) {
      if (!wanted(stray)) continue;
      const key = JSON.stringify([stray.users, stray.value]);
      members.set(key, [...(members.get(key) ?? []), stray]);
    }
    const groups: Group[] = [];
    for (const some of batches([...members.values()])) groups.push(...(await this.asked(some)));
    return this.stillThere(groups);
  }

  private async asked(members: readonly Stray[][]): Promise<Group[]> {
    const references = members.flatMap(([first]) =>
      first ? first.users.map(user => ({ ...user, value: first.value, hashes: first.hashes })) : [],
    );
    const answers = [...(await this.tools.client.modelOffers(references))];
    return members.flatMap(strays => {
      const [first] = strays;
      if (!first) return [];
      const offers = inAll(answers.splice(0, first.users.length));
      // A file that came since the page was loaded is offered under the very name: nothing is wrong with that.
      if (!offers || offers.some(offer => offer.value === first.value)) return [];
      const nodes = strays.map(({ node, users }) => node.title || (users[0]?.type ?? ""));
      return [{ value: first.value, nodes, offers, strays }];
    });
  }

  /** Another workflow may have been opened, or a step undone, while the server or the user was asked. */
  private stillThere(groups: readonly Group[]): Group[] {
    const graphs: ReadonlySet<unknown> = allGraphs(this.tools.root());
    const there = ({ node, widget, value }: Stray) =>
      graphs.has(node.graph) && node.graph?.getNodeById(node.id) === node && widget.value === value;
    return groups
      .map(group => ({ ...group, strays: group.strays.filter(there) }))
      .filter(group => group.strays.length > 0);
  }

  private async offer(groups: readonly Group[]): Promise<void> {
    const { ask = askForModels, texts, toasts } = this.tools;
    const chosen = await ask(groups, texts);
    const changes: Change[] = [];
    groups.forEach((group, place) => {
      const value = chosen[place];
      const there = this.stillThere([group]).flatMap(({ strays }) => strays);
      if (value !== undefined) changes.push(...there.map(stray => ({ stray, value })));
      // What was put right too: undoing that is no wish to be asked again.
      if (group.offers.length > 0) for (const stray of there) this.settled.add(this.keyOf(stray));
    });
    if (changes.length === 0) return;
    this.apply(changes);
    toasts.done(texts.models.replaced(new Set(changes.map(({ stray }) => stray.value)).size));
  }

  /** One step of undo, whichever graphs the nodes are in. */
  private apply(changes: readonly Change[]): void {
    const root = this.tools.root();
    root.canvasAction?.(canvas => canvas.emitBeforeChange?.());
    try {
      for (const { stray, value } of changes) this.put(stray, value);
    } finally {
      root.canvasAction?.(canvas => canvas.emitAfterChange?.());
    }
  }

  /** A callback is another pack's code: its failure must not keep the others from being put right. */
  private put({ node, widget }: Stray, value: string): void {
    widget.value = value;
    try {
      widget.callback?.(value, undefined, node);
    } catch (error) {
      this.tools.toasts.failed(error);
    }
    node.graph?.canvasAction?.(canvas => canvas.setDirty?.(true, true));
  }

  private keyOf({ users, value }: Stray): string {
    return JSON.stringify([this.tools.root().id ?? "", users, value]);
  }
}

/** Parts of which each asks no more than the server takes at once. */
function batches(members: readonly Stray[][]): Stray[][][] {
  const parts: Stray[][][] = [];
  let room = 0;
  for (const strays of members) {
    const size = strays[0]?.users.length ?? 0;
    if (size > room) {
      parts.push([]);
      room = MOST_AT_ONCE;
    }
    parts.at(-1)?.push(strays);
    room -= size;
  }
  return parts;
}

/** What every user of a value that loads models could take; undefined when none does. */
function inAll(answers: readonly ModelOffers[]): Question["offers"] | undefined {
  const [first, ...others] = answers.filter(answer => answer.folder !== null);
  return first?.offers.filter(({ value }) => others.every(other => other.offers.some(offer => offer.value === value)));
}
