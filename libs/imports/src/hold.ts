import type { ImportDocument } from './import.schema.js';

/** The work on an import must stop here: the process stops, or another process has taken over. */
export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';
}

/** A hold on an import while it is worked on. */
export interface Hold {
  /** Writes progress. @throws WorkStopped */
  progress(change: Partial<Omit<ImportDocument, 'lease'>>): Promise<void>;
  /** @throws WorkStopped when the work must stop; cheap, to be called often */
  check(): void;
}
