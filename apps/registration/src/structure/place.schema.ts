import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { CivilDate } from '#calendar/civil-date.js';
import type { FundingFrame, PlaceKind, Zwaarte } from '#contracts/codes.js';
import { Database } from '#persistence/database.js';
import type { Occupation, PlaceOffer } from '../stays/housing-types.js';

/**
 * One place (bed). `version` is that of its own data; `ledger` is the guard document of its occupations and belongs to
 * the stays feature. Who changes when it is open also filters on `ledger.version`, because that depends on the stays.
 */
export interface PlaceDocument {
  _id: string;
  version: number;
  /** What people call it; unique in its cluster. No personal data: it may stand in a refusal. */
  label: string;
  /** The label as it is compared: lower case, without diacritics. Claimed within the cluster (name-claims.ts). */
  labelKey: string;
  clusterId: string;
  locationId: string;
  organisationId: string;
  kind: PlaceKind;
  zwaarte: Zwaarte;
  fundingFrame: FundingFrame;
  openFrom?: CivilDate;
  closedFrom?: CivilDate;
  requestHash: string;
  ledger: {
    /** 0 for a place where nobody ever stayed. */
    version: number;
    /** In order of `from`, without overlap. */
    occupations: Occupation[];
    /** The open offer to somebody on the waiting list. */
    offer?: PlaceOffer;
  };
}

const placeSchema = new Schema<PlaceDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    label: { type: String, required: true },
    labelKey: { type: String, required: true },
    clusterId: { type: String, required: true },
    locationId: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    zwaarte: { type: String, required: true },
    fundingFrame: { type: String, required: true },
    openFrom: String,
    closedFrom: String,
    requestHash: { type: String, required: true },
    ledger: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
);
placeSchema.index({ clusterId: 1, labelKey: 1 });
placeSchema.index({ organisationId: 1, labelKey: 1 });
placeSchema.index({ locationId: 1 });

/** The collection `places`. */
@Injectable()
export class PlaceModel {
  readonly model: Model<PlaceDocument>;

  constructor(database: Database) {
    this.model = database.model('places', placeSchema);
  }
}
