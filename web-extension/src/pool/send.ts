import type { Client } from "../api/client";
import type { MenuItem, Node } from "../comfy/types";
import type { Texts } from "../ui/texts";
import type { Toasts } from "../ui/toasts";
import type { KeptImage } from "./images";

/** Where images can be sent. */
export interface Destination {
  /** What the user calls it. */
  title: string;
  pool: string;
}

/** Entries of another node's context menu that send the images it shows into a pool. */
export class SendMenu {
  constructor(
    private readonly client: Client,
    private readonly toasts: Toasts,
    private readonly texts: Texts,
  ) {}

  /** None when there is nothing to send or nowhere to send it. */
  items(images: readonly KeptImage[], destinations: readonly Destination[]): MenuItem[] {
    if (images.length === 0 || destinations.length === 0) return [];
    const options = destinations.map(destination => ({
      content: destination.title,
      callback: () => void this.send(images, destination).catch(error => this.toasts.failed(error)),
    }));
    return [{ content: this.texts.sendToPool, has_submenu: true, submenu: { options } }];
  }

  private async send(images: readonly KeptImage[], { title, pool }: Destination): Promise<void> {
    const files = await Promise.all(images.map(image => this.fetch(image)));
    const { added, refused } = await this.client.addImages(pool, files, () => {});
    if (added.length > 0) this.toasts.done(this.texts.sent(added.length, title));
    if (refused.length > 0) {
      const lines = refused.map(({ name, message }) => `${name}: ${message}`);
      this.toasts.warn(this.texts.notAdded(refused.length), lines.join("\n"));
    }
  }

  private async fetch(image: KeptImage): Promise<File> {
    const blob = await this.client.view(image);
    return new File([blob], image.filename, { type: blob.type });
  }
}

/** The destinations among pool nodes, each told from others of the same title by its number in the graph. */
export function destinations(
  nodes: readonly { node: Pick<Node, "id" | "title">; shownPool: string | undefined }[],
): Destination[] {
  const titles = nodes.map(({ node }) => node.title ?? "");
  return nodes.flatMap(({ node, shownPool }, index) => {
    if (shownPool === undefined) return [];
    const title = titles[index] ?? "";
    const unique = titles.indexOf(title) === titles.lastIndexOf(title);
    return [{ title: unique ? title : `${title} #${node.id}`, pool: shownPool }];
  });
}
