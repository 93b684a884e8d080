/** The parts of a dropped file-system entry that are used (`FileSystemEntry` of the File and Directory Entries API). */
export interface Entry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
  file?(done: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): {
    readEntries(done: (entries: Entry[]) => void, failed: (error: unknown) => void): void;
  };
}

/** How far folders are followed. */
export interface FileLimits {
  depth: number;
  files: number;
}

/** The limits that the page uses. */
const FILE_LIMITS: FileLimits = { depth: 8, files: 10_000 };

/** What `<input type=file>` offers; the server judges by content. */
export const ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,image/bmp,image/tiff,image/avif";

const IMAGE_ENDING = /\.(png|apng|jpe?g|jpe|jfif|webp|gif|bmp|dib|tiff?|avif)$/i;

/** Whether a drag carries files from outside the page. */
export function carriesFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") ?? false;
}

/** The images on the clipboard. */
export function pastedImages(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(file => file.type.startsWith("image/"));
}

/** Parts files that can be read from those that cannot: changed or deleted since they were chosen, or not the user's. */
export async function readableFiles(files: readonly File[]): Promise<{ readable: File[]; unreadable: File[] }> {
  const readable: File[] = [];
  const unreadable: File[] = [];
  for (const file of files) {
    const first = await file
      .slice(0, 1)
      .arrayBuffer()
      .catch(() => undefined);
    (first === undefined ? unreadable : readable).push(file);
  }
  return { readable, unreadable };
}

/**
 * The files of a drop. Folders are followed, sorted by name, and give their images only; what was dropped itself is
 * taken as it is, so that the server can say what is wrong with it; what cannot be read is passed over. Must be called while the event is being handled.
 */
export async function droppedFiles(data: DataTransfer, limits: FileLimits = FILE_LIMITS): Promise<File[]> {
  const plain = [...data.files];
  const entries = [...data.items]
    .filter(item => item.kind === "file")
    .map(item => item.webkitGetAsEntry?.() as Entry | null | undefined);
  if (!entries.some(entry => entry?.isDirectory)) return plain.slice(0, limits.files);
  const found: File[] = [];
  for (const entry of entries) {
    if (entry) await collect(entry, limits.depth, limits.files, found);
  }
  return found;
}

async function collect(entry: Entry, depth: number, limit: number, found: File[]): Promise<void> {
  if (found.length >= limit) return;
  if (entry.isFile) {
    const file = await fileOf(entry).catch(() => undefined);
    if (file) found.push(file);
  } else if (entry.isDirectory && depth > 0) {
    const inside = (await entriesOf(entry).catch(() => [])).filter(one => one.isDirectory || isImage(one.name));
    inside.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    for (const one of inside) await collect(one, depth - 1, limit, found);
  }
}

function isImage(name: string): boolean {
  return IMAGE_ENDING.test(name) && !name.startsWith(".");
}

function fileOf(entry: Entry): Promise<File> {
  return new Promise((done, failed) => entry.file?.(done, failed));
}

/** Reads a folder whole: the reader hands out at most a hundred entries a time, and none at the end. */
async function entriesOf(folder: Entry): Promise<Entry[]> {
  const reader = folder.createReader?.();
  const all: Entry[] = [];
  if (reader === undefined) return all;
  for (;;) {
    const some = await new Promise<Entry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
