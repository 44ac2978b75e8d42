import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import { AccessLog } from '#access/access-log.js';
import { type AccessGround, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import {
  createClient,
  type CreateClient,
  type CreatedClient,
  updateClient,
  type UpdateClient,
} from '#contracts/registration/clients.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Creations } from '../creations.js';
import { emptyClientLedger } from '../stays/housing-types.js';
import { checkVersion } from '../versions.js';
import { withoutNothing } from '../without-nothing.js';
import { bsnDigits } from './bsn.js';
import { checkedClient } from './client-rules.js';
import { ClientWriting } from './client-writing.js';
import type { ClientDocument, ClientRecord } from './client.schema.js';
import { ClientsRepository } from './clients.repository.js';
import { LookAlikes } from './look-alikes.js';
import { changesBetween, withInput } from './record-changes.js';

/** How a registration that does not come from a page is told apart. */
export interface RegistrationOrigin {
  /** Whose idempotency key it is; the person's or system's own when absent. */
  scope?: string;
  /** Name of the request in the access log. */
  operation?: string;
}

/**
 * The person seems to be known. The refusal tells that somebody exists, so it is sealed: it leaves only after an entry in
 * the access log was stored.
 */
class KnownPerson extends Error {
  override readonly name = 'KnownPerson';

  constructor(readonly refusal: Protected<Refusal>) {
    super('the refusal is sealed');
  }
}

const blank: ClientRecord = { familyName: '', contactPersons: [] };

/** Registers and changes client records (domain.md §3, Client). */
@Injectable()
export class ClientsService {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly writing: ClientWriting,
    private readonly lookAlikes: LookAlikes,
    private readonly creations: Creations,
    private readonly accessLog: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Registers a client for the caller's institution. The same key with the same content gives the same client.
   * @throws Refusal of the rules (client-rules.ts), `bsn-invalid`, `bsn-in-use`, `possible-duplicate` unless the caller
   * said that it is somebody else, `other-organisation`, `idempotency-key-reused`
   */
  async register(command: CreateClient, caller: Caller, origin: RegistrationOrigin = {}): Promise<CreatedClient> {
    const organisationId = registeringOrganisation(command, caller);
    const details = checkedClient(withInput(blank, command), { today: this.clock.today(), bsn: command.bsn });
    const bsn = command.bsn ? bsnDigits(command.bsn) : undefined;
    const operation = origin.operation ?? createClient.subject;
    const making = this.creations.once<ClientDocument>('client', origin.scope ?? caller.personId, command, {
      find: (id, session) => this.repository.find(id, session),
      hash: (content) => this.writing.keyedHash(content),
      taken: bsnTaken,
      make: async (tx, { id, requestHash }) => {
        const client = this.newClient({ id, organisationId, details, bsn, requestHash, caller });
        await this.checkUnknown(tx, client, caller, command.notADuplicate === true);
        await this.writing.insert(tx, client, {
          change: 'registered',
          caller,
          ground: groundOf(client, caller),
          operation,
          action: 'create',
        });
        return client;
      },
    });
    const created = await this.telling(making, { bsn, caller, operation });
    return { clientId: created._id, version: created.version };
  }

  /**
   * Changes what is given of a record; the rest stays. Without any difference nothing is written.
   * @throws Refusal `not-found` also when the caller may not see the client, `stale-version`, `client-merged-away`, those
   * of the rules, `bsn-in-use`
   */
  update(command: UpdateClient, caller: Caller, origin: RegistrationOrigin = {}): Promise<CreatedClient> {
    const operation = origin.operation ?? updateClient.subject;
    const bsnAsked = command.bsn ? bsnDigits(command.bsn) : undefined;
    const changing = this.creations.unique(async (tx) => {
      const current = await this.repository.find(command.clientId, tx.session);
      if (!current) throw Refusal.of('not-found');
      const ground = groundOf(current, caller);
      if (current.mergedInto) throw Refusal.of('client-merged-away');
      checkVersion(command.expectedVersion, current.version);
      const details = checkedClient(withInput(current.details, command), {
        today: this.clock.today(),
        firstStayFrom: current.ledger.stays[0]?.from,
        bsn: command.bsn,
      });
      const before = this.writing.bsnOf(current);
      const bsn = command.bsn === undefined ? before : bsnAsked;
      if (bsn === before && changesBetween(current.details, details).length === 0) {
        return { clientId: current._id, version: current.version };
      }
      const stored =
        bsn === before ? { bsn: current.bsn, bsnHash: current.bsnHash } : this.writing.storedBsn(bsn, current._id);
      const change = { change: 'changed', caller, ground, operation, action: 'update' } as const;
      const written = await this.writing.save(tx, current, { details, ...stored }, change);
      return { clientId: written._id, version: written.version };
    }, bsnTaken);
    return this.telling(changing, { bsn: bsnAsked, caller, operation });
  }

  /**
   * Lets a refusal that tells that a person is known out by the access log only.
   * @throws Refusal `access-log-unavailable` in its place when the entry could not be stored
   */
  private async telling<T>(
    work: Promise<T>,
    { bsn, caller, operation }: { bsn: string | undefined; caller: Caller; operation: string },
  ): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const isTaken = error instanceof Refusal && error.code === bsnTaken().code;
      const sealed =
        error instanceof KnownPerson ? error.refusal : isTaken ? await this.holder(bsn, caller) : undefined;
      if (sealed === undefined) throw error;
      throw await this.accessLog.disclose(caller, operation, sealed);
    }
  }

  /** The refusal of a BSN that was taken by another request meanwhile, or by another client. */
  private async holder(bsn: string | undefined, caller: Caller): Promise<Protected<Refusal>> {
    const { bsnHash } = this.writing.storedBsn(bsn, '');
    const holderId = bsnHash && (await this.repository.holderOfBsn(bsnHash));
    const holder = holderId ? await this.repository.find(holderId) : null;
    return sealed(bsnTaken(), holder ? [holder] : [], caller);
  }

  private newClient(made: {
    id: string;
    organisationId: string;
    details: ClientRecord;
    bsn: string | undefined;
    requestHash: string;
    caller: Caller;
  }): ClientDocument {
    const { id, organisationId, details, bsn, requestHash, caller } = made;
    const now = this.clock.now();
    const stored = this.writing.storedBsn(bsn, id);
    return withoutNothing<ClientDocument>({
      _id: id,
      version: 1,
      details,
      ...stored,
      ...this.writing.keysOf(details, stored.bsnHash),
      registeredByOrganisationId: organisationId,
      requestHash,
      createdAt: now,
      createdBy: caller.personId,
      updatedAt: now,
      updatedBy: caller.personId,
      ledger: emptyClientLedger(id),
      housing: { status: 'none' },
      relatedOrganisationIds: [organisationId],
      relatedClusterIds: [],
    });
  }

  private async checkUnknown(tx: Tx, client: ClientDocument, caller: Caller, notADuplicate: boolean): Promise<void> {
    const { bsnHash } = client;
    if (bsnHash !== undefined && (await this.repository.holderOfBsn(bsnHash, tx.session))) throw bsnTaken();
    if (notADuplicate) return;
    const alike = await this.lookAlikes.find({ ...client.details, bsnHash }, tx.session);
    const count = alike.length;
    if (count === 0) return;
    const known = alike.map((one) => one.client);
    throw new KnownPerson(sealed(Refusal.of('possible-duplicate', { params: { count } }), known, caller));
  }
}

/** A refusal that tells of these clients, with the ground of each: of others than own clients that of the check. */
function sealed(refusal: Refusal, clients: readonly ClientDocument[], caller: Caller): Protected<Refusal> {
  const subjects = clients.map(({ _id: clientId, relatedOrganisationIds, relatedClusterIds }) => ({
    clientId,
    ground: groundFor(caller, { clientId, relatedOrganisationIds, relatedClusterIds }) ?? ('duplicate-check' as const),
  }));
  return new Protected('search', subjects, refusal);
}

function registeringOrganisation(command: CreateClient, caller: Caller): string {
  const own = caller.organisationId;
  if (own === undefined) throw Refusal.of('not-permitted');
  if (command.organisationId && command.organisationId !== own) {
    throw Refusal.of('other-organisation', { fields: ['organisationId'] });
  }
  return own;
}

/** @throws Refusal `not-found` when the caller may not see the client: that they exist is not told */
export function groundOf(
  client: Pick<ClientDocument, '_id' | 'relatedOrganisationIds' | 'relatedClusterIds'>,
  caller: Caller,
): AccessGround {
  const { _id: clientId, relatedOrganisationIds, relatedClusterIds } = client;
  const ground = groundFor(caller, { clientId, relatedOrganisationIds, relatedClusterIds });
  if (ground === undefined) throw Refusal.of('not-found');
  return ground;
}

export function bsnTaken(): Refusal {
  return Refusal.of('bsn-in-use', { fields: ['bsn'] });
}
