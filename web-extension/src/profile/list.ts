import type { Profile } from "../api/shape";

/** The profiles as this page knows them; one list for all nodes. */
export class ProfileList {
  private known: readonly Profile[] | undefined;
  private failure: unknown;
  private readonly listeners = new Set<() => void>();
  private reading: Promise<void> | undefined;
  private stale = false;

  constructor(private readonly read: () => Promise<readonly Profile[]>) {}

  /** Undefined until they were read once. */
  get profiles(): readonly Profile[] | undefined {
    return this.known;
  }

  /** Why the last reading failed; undefined when it went well. */
  get error(): unknown {
    return this.failure;
  }

  /** Calls `listener` after each reading until the returned function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reads the list unless that was done or is being done. */
  ensure(): Promise<void> {
    return this.known && this.failure === undefined ? Promise.resolve() : (this.reading ?? this.refresh());
  }

  /** Reads the list anew. Settles when what it shows is at least as new as this call; a failure is kept, not thrown. */
  refresh(): Promise<void> {
    if (this.reading) {
      this.stale = true;
      return this.reading;
    }
    this.reading = this.readUntilFresh().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readUntilFresh(): Promise<void> {
    do {
      this.stale = false;
      try {
        this.known = await this.read();
        this.failure = undefined;
      } catch (error) {
        this.failure = error;
      }
    } while (this.stale);
    for (const listener of this.listeners) listener();
  }
}
