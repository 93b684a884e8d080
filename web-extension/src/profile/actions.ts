import type { Client } from "../api/client";
import { TidepoolError } from "../api/errors";
import { errorIn, type Profile } from "../api/shape";
import { download } from "../ui/download";
import type { Progress } from "../ui/progress";
import type { Texts } from "../ui/texts";
import type { Toasts } from "../ui/toasts";
import type { ProfileList } from "./list";

/** ComfyUI's dialogs. */
export interface Dialogs {
  prompt(options: { title: string; message: string; defaultValue?: string }): Promise<string | null>;
  confirm(options: { title: string; message: string; type?: string; itemList?: string[] }): Promise<boolean | null>;
}

/** What the actions work on. */
export interface Tools {
  client: Client;
  list: ProfileList;
  dialogs: Dialogs;
  toasts: Toasts;
  progress: Progress;
  texts: Texts;
}

/** A profile's id and name. */
export type Named = Pick<Profile, "id" | "name">;

/**
 * What a user can do with profiles, from a button or a menu. Each asks, does, tells, and has the list read again; those that make a profile answer
 * with it, or with undefined when the user thought better of it or it failed (which was then shown).
 */
export class ProfileActions {
  constructor(private readonly tools: Tools) {}

  create(): Promise<Profile | undefined> {
    const { texts, client } = this.tools;
    return this.naming(texts.create, texts.createMessage, "", name => client.createProfile(name));
  }

  rename({ id, name }: Named): Promise<Profile | undefined> {
    const { texts, client } = this.tools;
    return this.naming(texts.rename, texts.renameMessage(name), name, chosen => client.renameProfile(id, chosen));
  }

  duplicate({ id, name }: Named): Promise<Profile | undefined> {
    const { texts, client } = this.tools;
    const message = texts.duplicateMessage(name);
    const copy = (chosen: string) =>
      this.tools.progress.during(texts.duplicating(name), token => client.duplicateProfile(id, chosen, token));
    return this.naming(texts.duplicate, message, texts.copyOf(name), copy);
  }

  /** Lets the browser save the archive; packing it is told until its last byte, or until the server refuses. */
  export({ id, name }: Named): void {
    const { texts, client, toasts, progress } = this.tools;
    const { token, end } = progress.begin(texts.exporting(name), () => packed());
    const packed = download(client.exportAddress(id, token), answer => {
      end();
      toasts.failed(errorIn(answer));
    });
  }

  async import(archive: File): Promise<Profile | undefined> {
    const { texts, client, toasts, progress } = this.tools;
    if (!/\.zip$/i.test(archive.name) && archive.type !== "application/zip") {
      toasts.warn(texts.notAnArchive(archive.name), texts.notAnArchiveHint);
      return undefined;
    }
    const message = texts.importing(archive.name);
    const imported = await this.done(progress.during(message, token => client.importProfile(archive, token)));
    if (imported) toasts.done(texts.imported(imported.name));
    return imported;
  }

  /** Deletes after a question, and offers to undo. */
  async delete({ id, name }: Named): Promise<void> {
    const { texts, client, dialogs, toasts, list } = this.tools;
    const sure = await dialogs.confirm({ title: texts.delete, message: texts.deleteMessage(name), type: "delete" });
    if (!sure) return;
    const deleted = await this.done(client.deleteProfile(id).then(() => true));
    if (!deleted) return;
    toasts.undoable(texts.deleted(name), async () => {
      await client.restoreProfile(id);
      await list.refresh();
    });
  }

  /** Asks for a name until the server takes it or the user gives up. */
  private async naming(
    title: string,
    question: string,
    proposal: string,
    act: (name: string) => Promise<Profile>,
  ): Promise<Profile | undefined> {
    let message = question;
    for (let defaultValue = proposal; ; ) {
      const name = await this.tools.dialogs.prompt({ title, message, defaultValue });
      if (name === null) return undefined;
      try {
        const profile = await act(name);
        await this.tools.list.refresh();
        return profile;
      } catch (error) {
        if (!isAboutName(error)) {
          this.tools.toasts.failed(error);
          return undefined;
        }
        message = [error.message, ...error.hints].join(" ");
        defaultValue = name;
      }
    }
  }

  private async done<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      const result = await work;
      await this.tools.list.refresh();
      return result;
    } catch (error) {
      this.tools.toasts.failed(error);
      return undefined;
    }
  }
}

function isAboutName(error: unknown): error is TidepoolError {
  return (
    error instanceof TidepoolError && (error.code === "profile-name-taken" || error.code === "profile-name-invalid")
  );
}
