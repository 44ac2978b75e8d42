import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import type { ContactRelation, HousingStatus, Zwaarte } from '#contracts/codes.js';
import { Database } from '#persistence/database.js';
import type { ClientLedger } from '../stays/housing-types.js';
import type { EncryptedBsn } from './bsn-cipher.js';

/** NAW and what belongs with it (domain.md §3); what is not known is absent. */
export interface ClientRecord {
  givenNames?: string;
  familyNamePrefix?: string;
  familyName: string;
  birthDate?: CivilDate;
  address?: {
    street?: string;
    houseNumber?: string;
    houseNumberAddition?: string;
    postcode?: string;
    city?: string;
  };
  phone?: string;
  email?: string;
  municipalityOfOrigin?: string;
  language?: string;
  zwaarte?: Zwaarte;
  contactPersons: { name: string; relation: ContactRelation; phone?: string; email?: string }[];
}

/**
 * Where the client is, as far as lists need to filter and sort by it. Written with the ledger, from the ledger.
 * `until` is the planned end: from that day on a `housed` client counts as `left` (see housing-today.ts).
 */
export interface StoredHousing {
  status: HousingStatus;
  placeId?: string;
  clusterId?: string;
  organisationId?: string;
  since?: CivilDate;
  until?: CivilDate;
}

/** The record that goes on after a merge, and what the merge did to it, so that it can be taken back. */
export interface MergedInto {
  clientId: string;
  at: Date;
  by: string;
  reason: string;
  /** The version of the other record that the merge made. */
  intoVersion: number;
}

/**
 * One client. `details` (with `version`) and `ledger` (with `ledger.version`) change independently: an update filters on
 * its own version only, so that a new phone number and an arrival do not get in each other's way.
 */
export interface ClientDocument {
  _id: string;
  /** Version of details, BSN and merge state; 1 for the first. */
  version: number;
  details: ClientRecord;
  bsn?: EncryptedBsn;
  /** Keyed hash of the BSN; one client claims it (clients.repository.ts). A record that was merged away has none. */
  bsnHash?: string;
  registeredByOrganisationId: string;
  /** Beginnings of the name's words, lower case, without diacritics: searching is comparing for equality. */
  searchKeys: string[];
  /** Coarse keys under which the same person would be found though written differently. */
  duplicateKeys: string[];
  /** Order in lists: family name, given names, prefix. */
  nameKey: string;
  /** Hash of the request that made it: a repeated key with other content is refused. */
  requestHash: string;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
  mergedInto?: MergedInto;

  /** Guard document of the housing history; its content belongs to the stays feature. */
  ledger: ClientLedger;
  housing: StoredHousing;
  /** Organisations and clusters that the client has to do with; they give access (client-access-rules.ts). */
  relatedOrganisationIds: string[];
  relatedClusterIds: string[];
}

const text = { type: String };
const contactPerson = new Schema(
  { name: text, relation: text, phone: text, email: text },
  { _id: false, versionKey: false },
);
const address = new Schema(
  { street: text, houseNumber: text, houseNumberAddition: text, postcode: text, city: text },
  { _id: false, versionKey: false },
);

/** The stored form of {@link ClientRecord}; versions keep the same. */
export const clientRecordSchema = new Schema<ClientRecord>(
  {
    givenNames: text,
    familyNamePrefix: text,
    familyName: { type: String, required: true },
    birthDate: text,
    address: { type: address, default: undefined },
    phone: text,
    email: text,
    municipalityOfOrigin: text,
    language: text,
    zwaarte: text,
    contactPersons: { type: [contactPerson], required: true },
  },
  { _id: false, versionKey: false },
);

export const encryptedBsnSchema = new Schema<EncryptedBsn>(
  { iv: text, data: text, tag: text },
  { _id: false, versionKey: false },
);

const clientSchema = new Schema<ClientDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    details: { type: clientRecordSchema, required: true },
    bsn: { type: encryptedBsnSchema, default: undefined },
    bsnHash: text,
    registeredByOrganisationId: { type: String, required: true },
    searchKeys: { type: [String], required: true },
    duplicateKeys: { type: [String], required: true },
    nameKey: { type: String, required: true },
    requestHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
    mergedInto: {
      type: new Schema<MergedInto>(
        { clientId: text, at: Date, by: text, reason: text, intoVersion: Number },
        { _id: false, versionKey: false },
      ),
      default: undefined,
    },
    ledger: { type: Schema.Types.Mixed, required: true },
    housing: { type: Schema.Types.Mixed, required: true },
    relatedOrganisationIds: { type: [String], required: true },
    relatedClusterIds: { type: [String], required: true },
  },
  { versionKey: false, minimize: false },
);
clientSchema.index({ bsnHash: 1 }, { sparse: true });
// With the identifier, so that lists by name are read in order and need not be sorted.
clientSchema.index({ relatedOrganisationIds: 1, nameKey: 1, _id: 1 });
clientSchema.index({ relatedClusterIds: 1, nameKey: 1, _id: 1 });
clientSchema.index({ searchKeys: 1 });
clientSchema.index({ duplicateKeys: 1 });
clientSchema.index({ 'details.birthDate': 1 });
clientSchema.index({ 'mergedInto.clientId': 1 }, { sparse: true });

/** The collection `clients`. Injected by every feature of this service that reads or writes clients. */
@Injectable()
export class ClientModel {
  readonly model: Model<ClientDocument>;

  constructor(database: Database) {
    this.model = database.model('clients', clientSchema);
  }
}
