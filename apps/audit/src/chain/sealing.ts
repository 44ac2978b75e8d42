/** With what, and how often, the chain is sealed. */
export interface Sealing {
  /** 32 bytes that the database does not hold. */
  key: Buffer;
  /** Entries between two checkpoints. Another number later is harmless: checkpoints say where they are. */
  checkpointEvery: number;
}

export const SEALING = Symbol('SEALING');
