import type { Addition, Pool, Refusal, Slot, ThumbnailSize } from "../grid/port";
import { batches } from "./batches";
import { BRIDGE_UNAVAILABLE, SERVER_UNREACHABLE, TidepoolError } from "./errors";
import {
  type ModelOffers,
  type ModelReference,
  object,
  type Profile,
  readAddition,
  readOffers,
  readPool,
  readProfile,
  readProfiles,
} from "./shape";
import type { Transport } from "./transport";

/** Tidepool's routes as functions. Every failure is a {@link TidepoolError}, and then nothing was changed. */
export class Client {
  constructor(private readonly transport: Transport) {}

  profiles(): Promise<readonly Profile[]> {
    return this.transport.get("/grid_pool/profiles/list", readProfiles);
  }

  createProfile(name: string): Promise<Profile> {
    return this.transport.post("/grid_pool/profiles/create", { name }, readProfile);
  }

  renameProfile(id: string, name: string): Promise<Profile> {
    return this.transport.post("/grid_pool/profiles/rename", { id, name }, readProfile);
  }

  /** Copies a profile with its images under a new name; the server tells of its progress under the token. */
  duplicateProfile(id: string, name: string, progress: string): Promise<Profile> {
    return this.transport.post(`/grid_pool/profiles/duplicate?${query({ progress })}`, { id, name }, readProfile);
  }

  async deleteProfile(id: string): Promise<void> {
    await this.transport.post("/grid_pool/profiles/delete", { id }, answer => object(answer, "answer"));
  }

  restoreProfile(id: string): Promise<Profile> {
    return this.transport.post("/grid_pool/profiles/restore", { id }, readProfile);
  }

  importProfile(archive: File, progress: string): Promise<Profile> {
    const form = new FormData();
    form.append("file", archive, archive.name);
    return this.transport.form(`/grid_pool/profiles/import?${query({ progress })}`, form, readProfile);
  }

  /** Where a browser downloads a profile's archive. */
  exportAddress(id: string, progress: string): string {
    return this.transport.address(`/grid_pool/profiles/export?${query({ id, progress })}`);
  }

  pool(id: string, signal?: AbortSignal): Promise<Pool> {
    return this.transport.get(route(id), readPool, signal);
  }

  change(id: string, change: "remove" | "restore" | "reorder", names: readonly string[]): Promise<Pool> {
    return this.transport.post(`${route(id)}/${change}`, { names }, readPool);
  }

  activate(id: string, name: string): Promise<Pool> {
    return this.transport.post(`${route(id)}/activate`, { name }, readPool);
  }

  label(id: string, name: string, label: string): Promise<Pool> {
    return this.transport.post(`${route(id)}/label`, { name, label }, readPool);
  }

  enable(id: string, names: readonly string[], enabled: boolean): Promise<Pool> {
    return this.transport.post(`${route(id)}/enable`, { names, enabled }, readPool);
  }

  putMask(id: string, name: string, mask: Blob): Promise<Pool> {
    const form = new FormData();
    form.append("mask", mask, "mask.png");
    return this.transport.form(`${route(id)}/mask?${query({ name })}`, form, readPool);
  }

  removeMask(id: string, name: string): Promise<Pool> {
    return this.transport.delete(`${route(id)}/mask?${query({ name })}`, readPool);
  }

  /** Asks which files of this machine the names of models may mean; answers in the same order. */
  modelOffers(references: readonly ModelReference[]): Promise<readonly ModelOffers[]> {
    return this.transport.post("/tidepool/models/offers", { references }, readOffers);
  }

  /** Fetches an image that ComfyUI itself keeps. */
  view(image: { filename: string; subfolder: string; type: string }): Promise<Blob> {
    return this.transport.blob(`/view?${query(image)}`);
  }

  thumbnailAddress(id: string, slot: Slot, size: ThumbnailSize): string {
    const values = { name: slot.name, size: String(size), rev: stamp(slot) };
    return this.transport.address(`${route(id)}/thumbnail?${query(values)}`);
  }

  imageAddress(id: string, slot: Slot): string {
    return this.transport.address(`${route(id)}/image?${query({ name: slot.name, rev: stamp(slot) })}`);
  }

  /**
   * Uploads files in batches, so that progress shows and one bad file, or one batch that fails, leaves the others. Throws when nothing could be
   * taken because the server or its core is away.
   */
  async addImages(
    id: string,
    files: readonly File[],
    progress: (done: number, total: number) => void,
  ): Promise<Addition> {
    let pool: Pool | undefined;
    const added: string[] = [];
    const refused: Refusal[] = [];
    let done = 0;
    for (const batch of batches(files)) {
      const answer = await this.addBatch(id, batch, pool !== undefined);
      pool = "pool" in answer ? answer.pool : pool;
      added.push(...answer.added);
      refused.push(...answer.refused);
      done += batch.length;
      progress(done, files.length);
    }
    return { pool: pool ?? (await this.pool(id)), added, refused };
  }

  private async addBatch(
    id: string,
    batch: readonly File[],
    begun: boolean,
  ): Promise<Addition | Omit<Addition, "pool">> {
    const form = new FormData();
    for (const file of batch) form.append("image", file, file.name);
    try {
      return await this.transport.form(`${route(id)}/images`, form, readAddition);
    } catch (error) {
      if (!(error instanceof TidepoolError)) throw error;
      if (!begun && (error.code === SERVER_UNREACHABLE || error.code === BRIDGE_UNAVAILABLE)) throw error;
      const { message, hints } = error;
      return { added: [], refused: batch.map(file => ({ name: file.name, message, hints })) };
    }
  }
}

function route(pool: string): string {
  return `/grid_pool/pools/${encodeURIComponent(pool)}`;
}

function query(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}

/** Changes with the file behind a slot and with nothing else, so that browsers keep what they have. */
function stamp(slot: Slot): string {
  return `${slot.modified.toString(36)}-${slot.bytes.toString(36)}`;
}
