import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  expiresAt: number;
}

/** Entries above which expired ones are swept out. */
const SWEEP_ABOVE = 5_000;
const kept = new Map<string, Kept>();

/**
 * Storage of the local issuer: memory, because what a demo issuer remembers (codes, sessions at the issuer) may go with
 * a restart. Signing keys are kept apart (keys.ts).
 */
export class MemoryAdapter implements Adapter {
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    if (kept.size > SWEEP_ABOVE) sweep();
    const expiresAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1_000;
    kept.set(this.#key(id), { payload, expiresAt });
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.#live(id)?.payload);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.#where((payload) => payload.uid === uid));
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.#where((payload) => payload.userCode === userCode));
  }

  consume(id: string): Promise<void> {
    const entry = this.#live(id);
    if (entry) entry.payload = { ...entry.payload, consumed: Math.floor(Date.now() / 1_000) };
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    kept.delete(this.#key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    return Promise.resolve();
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }

  #live(id: string): Kept | undefined {
    const entry = kept.get(this.#key(id));
    return entry !== undefined && entry.expiresAt > Date.now() ? entry : undefined;
  }

  #where(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload, expiresAt }] of kept) {
      if (key.startsWith(`${this.#model}:`) && expiresAt > Date.now() && matches(payload)) return payload;
    }
    return undefined;
  }
}

function sweep(): void {
  for (const [key, { expiresAt }] of kept) if (expiresAt <= Date.now()) kept.delete(key);
}
