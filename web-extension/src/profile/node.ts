import { addElement, after, hideWidgets, setTexts, textOf, widgetOf } from "../comfy/nodes";
import type { MenuItem, Node } from "../comfy/types";
import type { ProfileActions, Tools } from "./actions";
import { ProfileBar } from "./bar";
import { type Choice, poolOf, readChoice } from "./choice";

/** Height of the bar with its margins, in units of the canvas. */
const BAR_HEIGHT = 84;
const NODE_WIDTH = 330;

/** One Pool Profile node on a canvas: keeps the bar, the two hidden widgets and the list of profiles in step. */
export class ProfileNode {
  private readonly bar: ProfileBar;
  private stopListening: (() => void) | undefined;
  private count: { pool: string; images: number | undefined } | undefined;
  /** The chosen profile as the server told of it last: what it is called when it has gone missing. */
  private seen: { id: string; name: string } | undefined;

  constructor(
    readonly node: Node,
    private readonly tools: Tools,
    private readonly actions: ProfileActions,
    private readonly presence: { added(node: ProfileNode): void; removed(node: ProfileNode): void },
    private readonly chosen: () => void,
  ) {
    hideWidgets(node, "profile", "profile_id");
    this.leaveNameOut();
    this.bar = new ProfileBar(tools.texts, {
      choose: id => this.choose(id),
      create: () => void actions.create().then(profile => profile && this.take(profile)),
      rename: () => void this.withProfile(async named => this.take(await actions.rename(named))),
      duplicate: () => void this.withProfile(async named => this.take(await actions.duplicate(named))),
      export: () => void this.withProfile(named => actions.export(named)),
      import: archive => void actions.import(archive).then(profile => profile && this.take(profile)),
      delete: () => void this.withProfile(named => actions.delete(named)),
      retry: () => void tools.list.refresh(),
    });
    addElement(node, "profile_bar", this.bar.element, BAR_HEIGHT, BAR_HEIGHT);
    node.setSize([NODE_WIDTH, node.computeSize()[1]]);
    after(node, "onAdded", () => this.added());
    after(node, "onRemoved", () => this.removed());
    after(node, "onConfigure", () => this.update());
    this.acceptDropsOnNode();
  }

  /** What the node has chosen. */
  get choice(): Choice {
    const id = textOf(this.node, "profile_id");
    const name = this.seen && this.seen.id === id ? this.seen.name : textOf(this.node, "profile");
    return readChoice({ id, name }, this.tools.list.profiles);
  }

  /** Entries of the node's context menu. */
  menu(): MenuItem[] {
    const { texts } = this.tools;
    const disabled = this.choice.kind !== "profile";
    const item = (content: string, callback: () => void, off = false): MenuItem => ({
      content,
      callback,
      disabled: off,
    });
    const { actions } = this;
    return [
      item(texts.create, () => void actions.create().then(profile => profile && this.take(profile))),
      item(texts.rename, () => void this.withProfile(async named => this.take(await actions.rename(named))), disabled),
      item(
        texts.duplicate,
        () => void this.withProfile(async named => this.take(await actions.duplicate(named))),
        disabled,
      ),
      item(texts.export, () => void this.withProfile(named => actions.export(named)), disabled),
      item(texts.import, () => this.bar.openPicker()),
      item(texts.delete, () => void this.withProfile(named => actions.delete(named)), disabled),
    ];
  }

  /** The images of a pool changed on the server. */
  poolChanged(pool: string, images: number): void {
    if (poolOf(this.choice) !== pool) return;
    this.count = { pool, images };
    this.draw();
  }

  /** The connection to the server is back: nothing that was counted can be trusted. */
  recount(): void {
    void this.countImages();
  }

  /**
   * The id decides. Beside it a name would only have the graph run again after a rename; it is sent where it is needed to tell which profile is
   * missing.
   */
  private leaveNameOut(): void {
    const name = widgetOf(this.node, "profile");
    if (name) name.serializeValue = () => (this.choice.kind === "profile" ? "" : textOf(this.node, "profile"));
  }

  private added(): void {
    this.stopListening ??= this.tools.list.listen(() => this.update());
    void this.tools.list.ensure();
    this.presence.added(this);
    this.update();
  }

  /** The node left the graph; it may come back. */
  removed(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    this.presence.removed(this);
  }

  private choose(id: string): void {
    const profile = this.tools.list.profiles?.find(candidate => candidate.id === id);
    if (id === "") this.set({ id: "", name: "" });
    else if (profile) this.set(profile);
  }

  private take(profile: { id: string; name: string } | undefined): void {
    if (profile) this.set(profile);
  }

  private set({ id, name }: { id: string; name: string }): void {
    setTexts(this.node, { profile_id: id, profile: name });
    this.update();
  }

  private update(): void {
    const { choice } = this;
    // A profile found by name is kept by id from now on. Its name is not written again when it was renamed elsewhere: that would mark workflows as
    // changed which nobody touched, and undo would stop at the name.
    if (choice.kind === "profile" && this.node.graph && textOf(this.node, "profile_id") === "")
      setTexts(this.node, { profile_id: choice.id, profile: choice.name });
    if (choice.kind === "profile") this.seen = { id: choice.id, name: choice.name };
    const pool = poolOf(choice);
    if (pool !== undefined && this.count?.pool !== pool && this.node.graph) void this.countImages();
    this.draw();
    this.chosen();
  }

  private draw(): void {
    const { choice, tools } = this;
    const count =
      this.count && this.count.pool === poolOf(choice) && choice.kind !== "missing" ? this.count.images : undefined;
    this.bar.show({ choice, profiles: tools.list.profiles, count, error: tools.list.error });
  }

  /** Counts the images of the chosen pool; from then on the server tells how many there are. */
  private async countImages(): Promise<void> {
    const pool = poolOf(this.choice);
    if (pool === undefined) return;
    const begun = { pool, images: this.count?.pool === pool ? this.count.images : undefined };
    this.count = begun;
    const images = await this.imagesIn(pool);
    // Counted anew or told by the server meanwhile.
    if (this.count !== begun) return;
    this.count = { pool, images };
    this.draw();
  }

  /** Undefined where the pool cannot be read: the grid and the list of profiles tell why. */
  private imagesIn(pool: string): Promise<number | undefined> {
    return this.tools.client.pool(pool).then(
      ({ slots }) => slots.length,
      () => undefined,
    );
  }

  private async withProfile(act: (named: { id: string; name: string }) => unknown): Promise<void> {
    const { choice } = this;
    if (choice.kind === "profile") await act({ id: choice.id, name: choice.name });
  }

  private acceptDropsOnNode(): void {
    this.node.onDragOver = event => event.dataTransfer?.types.includes("Files") ?? false;
    this.node.onDragDrop = event => {
      const [archive] = event.dataTransfer?.files ?? [];
      if (!archive) return false;
      void this.actions.import(archive).then(profile => this.take(profile));
      return true;
    };
  }
}
