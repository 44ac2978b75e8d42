import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import type { OrganisationKind } from '#contracts/codes.js';
import { Database } from '#persistence/database.js';

/**
 * Organisations, locations and clusters. `below` is a guard: who adds or opens something under a parent raises it, so
 * that closing the parent at the same moment conflicts (snapshot isolation alone would let both succeed).
 */
interface StructurePart {
  _id: string;
  version: number;
  name: string;
  /** The name as it is compared: lower case, without diacritics. Claimed within the parent (name-claims.ts). */
  nameKey: string;
  closedFrom?: CivilDate;
  requestHash: string;
  below: number;
}

export interface OrganisationDocument extends StructurePart {
  kind: OrganisationKind;
}

export interface LocationDocument extends StructurePart {
  organisationId: string;
  address?: { street?: string; houseNumber?: string; postcode?: string; city?: string };
}

export interface ClusterDocument extends StructurePart {
  locationId: string;
  organisationId: string;
  representativePersonId?: string;
}

const part = {
  _id: String,
  version: { type: Number, required: true },
  name: { type: String, required: true },
  nameKey: { type: String, required: true },
  closedFrom: String,
  requestHash: { type: String, required: true },
  below: { type: Number, required: true },
};

const options = { versionKey: false, minimize: false } as const;

const organisationSchema = new Schema<OrganisationDocument>(
  { ...part, kind: { type: String, required: true } },
  options,
);
organisationSchema.index({ nameKey: 1 });

const address = new Schema(
  { street: String, houseNumber: String, postcode: String, city: String },
  { _id: false, versionKey: false },
);
const locationSchema = new Schema<LocationDocument>(
  { ...part, organisationId: { type: String, required: true }, address: { type: address, default: undefined } },
  options,
);
locationSchema.index({ organisationId: 1, nameKey: 1 });

const clusterSchema = new Schema<ClusterDocument>(
  {
    ...part,
    locationId: { type: String, required: true },
    organisationId: { type: String, required: true },
    representativePersonId: String,
  },
  options,
);
clusterSchema.index({ locationId: 1, nameKey: 1 });
clusterSchema.index({ organisationId: 1 });
clusterSchema.index({ representativePersonId: 1 }, { sparse: true });

/** The collections `organisations`, `locations` and `clusters`. */
@Injectable()
export class StructureModels {
  readonly organisations: Model<OrganisationDocument>;
  readonly locations: Model<LocationDocument>;
  readonly clusters: Model<ClusterDocument>;

  constructor(database: Database) {
    this.organisations = database.model('organisations', organisationSchema);
    this.locations = database.model('locations', locationSchema);
    this.clusters = database.model('clusters', clusterSchema);
  }
}
