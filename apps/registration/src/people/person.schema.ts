import { Injectable } from '@nestjs/common';
import { type Model, Schema } from 'mongoose';
import type { Role } from '#contracts/codes.js';
import type { PersonKind, PersonLanguage } from '#contracts/registration/people.js';
import { Database } from '#persistence/database.js';

/** Somebody who works in the chain, or a connected system (domain.md §2). */
export interface PersonDocument {
  _id: string;
  version: number;
  kind: PersonKind;
  name: string;
  /** Order in lists. */
  nameKey: string;
  /** Beginnings of the name's words, as for clients. */
  searchKeys: string[];
  /** Who it is at the issuer; one person claims it (people.repository.ts). */
  subject: string;
  email?: string;
  roles: Role[];
  organisationId?: string;
  language: PersonLanguage;
  active: boolean;
  requestHash: string;
  /** Guard: raised when a cluster gets this person as representative (see structure.schema.ts). */
  named: number;
}

const personSchema = new Schema<PersonDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    kind: { type: String, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    searchKeys: { type: [String], required: true },
    subject: { type: String, required: true },
    email: String,
    roles: { type: [String], required: true },
    organisationId: String,
    language: { type: String, required: true },
    active: { type: Boolean, required: true },
    requestHash: { type: String, required: true },
    named: { type: Number, required: true },
  },
  { versionKey: false, minimize: false },
);
personSchema.index({ nameKey: 1 });
personSchema.index({ organisationId: 1, nameKey: 1 });
personSchema.index({ searchKeys: 1 });

/** The collection `people`. */
@Injectable()
export class PersonModel {
  readonly model: Model<PersonDocument>;

  constructor(database: Database) {
    this.model = database.model('people', personSchema);
  }
}
