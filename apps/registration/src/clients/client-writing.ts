import { Injectable } from '@nestjs/common';
import { AccessLog } from '#access/access-log.js';
import type { AccessGround } from '#access/protected.js';
import type { AccessActionCode } from '#contracts/audit/access-logged.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { clientChanged } from '#contracts/registration/facts.js';
import { Outbox } from '#messaging/outbox.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { comparable, searchKeysOf } from '../text-keys.js';
import { withoutNothing } from '../without-nothing.js';
import { BsnCipher, type EncryptedBsn } from './bsn-cipher.js';
import type { ClientDocument, ClientRecord } from './client.schema.js';
import type { ClientVersionDocument, VersionChange } from './client-version.schema.js';
import { ClientsRepository, type OwnPart, versionId } from './clients.repository.js';
import { duplicateKeys } from './duplicates.js';
import { changesBetween, fieldsOf } from './record-changes.js';

/** Why a record gets a new version, and who does it. */
export interface RecordChange {
  change: VersionChange;
  caller: Caller;
  ground: AccessGround;
  /** Request by which it happens, for the access log. */
  operation: string;
  action: AccessActionCode;
  reason?: string;
  /** The other record of a merge. */
  withClientId?: string;
}

/** A BSN as it stands in a record; both or neither. */
export interface StoredBsn {
  bsn?: EncryptedBsn;
  bsnHash?: string;
}

/**
 * Writes records with all that belongs to one: the version that stays readable, the fact, the log entry, and the keys
 * by which it is found. One place, so that none of them is forgotten.
 */
@Injectable()
export class ClientWriting {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly cipher: BsnCipher,
    private readonly outbox: Outbox,
    private readonly accessLog: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** The stored form of a BSN of nine digits. */
  storedBsn(bsn: string | undefined, clientId: string): StoredBsn {
    return bsn === undefined ? {} : { bsn: this.cipher.encrypt(bsn, clientId), bsnHash: this.cipher.hash(bsn) };
  }

  /** The nine digits of a record's BSN, also of one that was merged away. */
  bsnOf({ _id, bsn }: Pick<ClientDocument, '_id' | 'bsn'>): string | undefined {
    return bsn === undefined ? undefined : this.cipher.decrypt(bsn, _id);
  }

  /** Hash of a request's content that may hold a BSN. */
  keyedHash(content: string): string {
    return this.cipher.hash(content);
  }

  /** What a record is found by: follows from details and BSN. */
  keysOf(
    details: ClientRecord,
    bsnHash: string | undefined,
  ): Pick<OwnPart, 'searchKeys' | 'duplicateKeys' | 'nameKey'> {
    const { givenNames, familyNamePrefix, familyName } = details;
    return {
      searchKeys: searchKeysOf([givenNames, familyNamePrefix, familyName]),
      duplicateKeys: duplicateKeys({ ...details, bsnHash }),
      nameKey: comparable([familyName, givenNames, familyNamePrefix].filter((part) => part !== undefined).join(' ')),
    };
  }

  /** Inserts a new client with its first version. */
  async insert(tx: Tx, client: ClientDocument, change: RecordChange): Promise<void> {
    await this.repository.insert(tx, client);
    const bsnFields = client.bsn === undefined ? [] : ['bsn'];
    await this.tell(tx, client, [...fieldsOf(changesBetween(undefined, client.details)), ...bsnFields], change);
  }

  /**
   * Writes the next version of a record. What `next` leaves out of BSN and merge state is taken away.
   * @throws WriteConflict when somebody else wrote it meanwhile
   */
  async save(
    tx: Tx,
    previous: ClientDocument,
    next: { details: ClientRecord } & StoredBsn & Pick<ClientDocument, 'mergedInto'>,
    change: RecordChange,
  ): Promise<ClientDocument> {
    const { details, bsn, bsnHash, mergedInto } = next;
    const own: OwnPart = withoutNothing<OwnPart>({
      version: previous.version + 1,
      details,
      bsn,
      bsnHash,
      mergedInto,
      registeredByOrganisationId: previous.registeredByOrganisationId,
      ...this.keysOf(details, bsnHash),
      updatedAt: this.clock.now(),
      updatedBy: change.caller.personId,
    });
    await this.repository.save(tx, previous, own);
    const { bsn: _, bsnHash: _hash, mergedInto: _merged, ...kept } = previous;
    const written: ClientDocument = { ...kept, ...own };
    const bsnFields = this.bsnOf(previous) === this.bsnOf(written) ? [] : ['bsn'];
    await this.tell(tx, written, [...fieldsOf(changesBetween(previous.details, details)), ...bsnFields], change);
    return written;
  }

  private async tell(tx: Tx, client: ClientDocument, fields: string[], change: RecordChange): Promise<void> {
    const { _id: clientId, version, details, bsn, mergedInto, updatedAt } = client;
    const { caller, ground, operation, action, reason, withClientId } = change;
    await this.repository.insertVersion(
      tx,
      withoutNothing<ClientVersionDocument>({
        _id: versionId(clientId, version),
        clientId,
        version,
        change: change.change,
        at: updatedAt,
        by: caller.personId,
        reason,
        withClientId,
        fields,
        details,
        bsn,
      }),
    );
    const merged = mergedInto === undefined ? {} : { mergedInto: mergedInto.clientId };
    const organisationId = client.registeredByOrganisationId;
    const registered = change.change === 'registered' ? { organisationId } : {};
    const data = { clientId, change: change.change, fields, ...registered, ...merged, version };
    this.outbox.add(tx, clientChanged, data, { key: clientId, version });
    this.accessLog.record(tx, caller, action, operation, [{ clientId, ground }]);
  }
}
