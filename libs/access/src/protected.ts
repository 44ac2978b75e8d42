import type { AccessActionCode } from '#contracts/audit/access-logged.js';

/** On which ground somebody sees a client's data (domain.md §2, Sees). */
export type AccessGround =
  | 'own-institution'
  | 'own-caseload'
  | 'replacement'
  | 'operator-task'
  | 'system-delivery'
  | 'own-melding'
  | 'own-access'
  | 'duplicate-check'
  | 'emergency';

/** Which client was touched, and on which ground. */
export interface AccessSubject {
  clientId: string;
  ground: AccessGround;
}

/** What else than a client's file the data are from. */
export interface AccessAbout {
  /** The import whose rows are inside: they hold personal data, also of who is not registered. */
  readonly importId: string;
}

/**
 * Client data that may only leave the service after an access-log entry was stored. The value is private: the one way
 * out is `AccessLog.disclose`, so reading without a log entry cannot be written by accident (domain.md §10).
 */
export class Protected<T> {
  readonly #value: T;

  /**
   * @param action what the caller does with it
   * @param subjects every client whose data are inside; empty when a list turned out empty
   * @param about where the data are from when not from clients' files alone; then an entry is stored without subjects too
   */
  constructor(
    readonly action: AccessActionCode,
    readonly subjects: readonly AccessSubject[],
    value: T,
    readonly about?: AccessAbout,
  ) {
    this.#value = value;
  }

  /** Changes the shape without opening it. */
  map<U>(shape: (value: T) => U): Protected<U> {
    return new Protected(this.action, this.subjects, shape(this.#value), this.about);
  }

  /** Opens it; called by the access log alone, after the entry was stored. */
  static open<T>(sealed: Protected<T>, receipt: AccessReceipt): T {
    if (!receipt.covers(sealed.subjects, sealed.about)) throw new Error('client data without an access-log entry');
    return sealed.#value;
  }
}

/** Proof that access-log entries were stored for these clients. Only the access log makes one. */
export class AccessReceipt {
  private readonly clients: ReadonlySet<string>;

  constructor(
    clientIds: Iterable<string>,
    private readonly about?: AccessAbout,
  ) {
    this.clients = new Set(clientIds);
  }

  covers(subjects: readonly AccessSubject[], about?: AccessAbout): boolean {
    return about?.importId === this.about?.importId && subjects.every(({ clientId }) => this.clients.has(clientId));
  }
}
