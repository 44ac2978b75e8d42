import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import type { CivilDate } from '#calendar/civil-date.js';
import {
  type ContactRelation,
  contactRelations,
  type DataQualityCheck,
  type DuplicateReason,
  type HousingStatus,
  type Zwaarte,
  zwaartes,
} from '../codes.js';
import { IsCivilDateText } from '../field-rules.js';
import type { Page } from '../paging.js';
import type { PlaceRef } from './structure-shapes.js';

/** What a client record holds, and the forms in which it is shown (domain.md §3, Client). */

/** An address in the Netherlands or elsewhere; nothing in it is required, data quality says what misses. */
export class ClientAddress {
  @IsOptional() @IsString() @MaxLength(120) street?: string | null;
  @IsOptional() @IsString() @MaxLength(10) houseNumber?: string | null;
  @IsOptional() @IsString() @MaxLength(10) houseNumberAddition?: string | null;
  /** `1234 AB`; other spellings of the same are taken and written so. */
  @IsOptional() @IsString() @MaxLength(12) postcode?: string | null;
  @IsOptional() @IsString() @MaxLength(80) city?: string | null;
}

/** Somebody to call about the client. */
export class ContactPerson {
  @IsString() @Length(1, 160) name: string;
  @IsIn(contactRelations) relation: ContactRelation;
  @IsOptional() @IsString() @MaxLength(30) phone?: string | null;
  @IsOptional() @IsString() @MaxLength(254) email?: string | null;
}

/**
 * NAW and what belongs with it, as it is entered. In a change an absent field stays as it is and `null` takes it away.
 * `contactPersons` and `address` are replaced as a whole.
 */
export class ClientDetailsInput {
  @IsOptional() @IsString() @MaxLength(120) givenNames?: string | null;
  /** Prefix of the family name: "van der". */
  @IsOptional() @IsString() @MaxLength(20) familyNamePrefix?: string | null;
  @IsOptional() @IsCivilDateText() birthDate?: CivilDate | null;
  @IsOptional() @ValidateNested() @Type(() => ClientAddress) address?: ClientAddress | null;
  @IsOptional() @IsString() @MaxLength(30) phone?: string | null;
  @IsOptional() @IsString() @MaxLength(254) email?: string | null;
  @IsOptional() @IsString() @MaxLength(80) municipalityOfOrigin?: string | null;
  /** Language that the client speaks best: BCP 47, `nl`, `ar`, `ti`. */
  @IsOptional() @IsString() @Length(2, 35) language?: string | null;
  @IsOptional() @IsIn(zwaartes) zwaarte?: Zwaarte | null;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ContactPerson)
  contactPersons?: ContactPerson[] | null;
  /** Nine digits that pass the eleven test; stored encrypted, shown by its last three digits. */
  @IsOptional() @IsString() @MaxLength(12) bsn?: string | null;
}

/** The details of a client as they are shown: what is not known is absent. */
export interface ClientDetails {
  givenNames?: string;
  familyNamePrefix?: string;
  familyName: string;
  birthDate?: string;
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

/** Where the client is now; the whole history is in `registration.stays`. */
export interface HousingSummary {
  housing: HousingStatus;
  /** Present place, or the reserved one. */
  place?: PlaceRef;
  /** First day on that place. */
  since?: string;
}

/** Everything about one client but the housing history. */
export interface ClientFile extends ClientDetails, HousingSummary {
  clientId: string;
  /** Version of the NAW; the housing history has its own. */
  version: number;
  /** Given names, prefix, family name. */
  name: string;
  /** Where the client is housed, or was last registered. */
  organisationId: string;
  organisationName: string;
  /** Present when the BSN is known; the number itself is asked for with `registration.clients.reveal-bsn`. */
  bsnLastDigits?: string;
  /** What this record misses to count as registered. */
  missing: DataQualityCheck[];
  /** The record that goes on, when this one was merged into it. */
  mergedInto?: { clientId: string; name: string; mergedAt: string };
  /** Records that were merged into this one. */
  mergedFrom: { clientId: string; name: string; mergedAt: string }[];
  createdAt: string;
  updatedAt: string;
}

/** A line in a list of clients. */
export interface ClientSummary extends HousingSummary {
  clientId: string;
  name: string;
  birthDate?: string;
  zwaarte?: Zwaarte;
  municipalityOfOrigin?: string;
  organisationId: string;
  organisationName: string;
}

/**
 * A record that may be of the same person. Of a client whom the asker may not see, only the score, the reasons and the
 * institution are given, so that they can call there.
 */
export interface PossibleDuplicate {
  clientId: string;
  /** Whether the asker may open the record; `name` and `birthDate` are there only then. */
  visible: boolean;
  name?: string;
  birthDate?: string;
  organisationId: string;
  organisationName: string;
  /** From 0 to 1. */
  score: number;
  reasons: DuplicateReason[];
}

/** One version of a record: who made it, when, and what became different. */
export interface ClientVersion {
  version: number;
  change: 'registered' | 'changed' | 'merged' | 'unmerged';
  /** Instant, UTC. */
  changedAt: string;
  /** Identifier of the person or system. */
  changedBy: string;
  changedByName?: string;
  /** Why two records were merged, or separated again. */
  reason?: string;
  /** `field` as in JSON: `address.postcode`. The BSN shows its last three digits. */
  changes: { field: string; before?: string; after?: string }[];
  /** The record as it was from this version on. */
  details: ClientDetails;
}

/** Share of an institution's clients that meet "registered" (domain.md §3, Data quality). */
export interface DataQualityShare {
  organisationId: string;
  organisationName: string;
  /** Absent when fewer than 5 and the asker sees aggregates only. */
  clients?: number;
  complete?: number;
}

/**
 * Who misses what, and the shares of the institutions that the asker sees. `total` and the shares are those of the whole
 * list, and come with the first page: to be counted they need every record.
 */
export interface DataQuality extends Page<DataQualityLine> {
  /** Empty on further pages. */
  organisations: DataQualityShare[];
}

export interface DataQualityLine {
  clientId: string;
  clientName: string;
  organisationId: string;
  organisationName: string;
  missing: DataQualityCheck[];
}
