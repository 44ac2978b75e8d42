import type { CivilDate } from '#calendar/civil-date.js';
import type { DataQualityCheck } from '#contracts/codes.js';
import { currentStay, leaveOn, stayOn } from '../stays/housing-reading.js';
import type { Stay } from '../stays/housing-types.js';
import type { ClientRecord } from './client.schema.js';

/** What the checks look at. Later capabilities (the ZRM) add their own facts and checks. */
export interface QualityFacts {
  readonly details: ClientRecord;
  readonly stays: readonly Stay[];
  readonly today: CivilDate;
}

/** One thing that a record must have, or must not leave open. */
export interface QualityCheck {
  readonly code: DataQualityCheck;
  /** Whether it belongs to the minimum that counts as "registered": NAW plus hotelregistratie (domain.md §3). */
  readonly neededToBeRegistered: boolean;
  readonly isMissing: (facts: QualityFacts) => boolean;
}

/** All checks, in the order in which they are shown. A list, so that a check is added in one place. */
export const qualityChecks: readonly QualityCheck[] = [
  {
    code: 'name',
    neededToBeRegistered: true,
    isMissing: ({ details }) => details.familyName === '' || details.givenNames === undefined,
  },
  { code: 'birth-date', neededToBeRegistered: true, isMissing: ({ details }) => details.birthDate === undefined },
  {
    // Who stays on a place lives there; an address of their own is asked of those who do not.
    code: 'address',
    neededToBeRegistered: true,
    isMissing: ({ details, stays, today }) => !hasAddress(details) && currentStay(stays, today) === undefined,
  },
  { code: 'contact', neededToBeRegistered: true, isMissing: ({ details }) => !canBeReached(details) },
  { code: 'stay', neededToBeRegistered: true, isMissing: ({ stays }) => stays.length === 0 },
  {
    code: 'municipality-of-origin',
    neededToBeRegistered: false,
    isMissing: ({ details }) => details.municipalityOfOrigin === undefined,
  },
  { code: 'zwaarte', neededToBeRegistered: false, isMissing: ({ details }) => details.zwaarte === undefined },
  { code: 'departure-data', neededToBeRegistered: false, isMissing: lacksDepartureData },
  {
    code: 'reservation-due',
    neededToBeRegistered: false,
    isMissing: ({ stays, today }) => stays.some(({ reserved, from }) => reserved && from <= today),
  },
  { code: 'return-overdue', neededToBeRegistered: false, isMissing: isReturnOverdue },
];

/** What a record misses, in the order of the checks. */
export function missingOf(facts: QualityFacts, checks: readonly QualityCheck[] = qualityChecks): DataQualityCheck[] {
  return checks.filter(({ isMissing }) => isMissing(facts)).map(({ code }) => code);
}

const required = new Set(qualityChecks.filter((check) => check.neededToBeRegistered).map(({ code }) => code));

/** Whether a record with these things missing counts as registered. */
export function isRegistered(missing: readonly DataQualityCheck[]): boolean {
  return !missing.some((code) => required.has(code));
}

function hasAddress({ address }: ClientRecord): boolean {
  if (address?.houseNumber === undefined) return false;
  return address.postcode !== undefined || (address.street !== undefined && address.city !== undefined);
}

/** By phone or mail, of the client or of someone who can be called for them. */
function canBeReached({ phone, email, contactPersons }: ClientRecord): boolean {
  return [{ phone, email }, ...contactPersons].some((person) => (person.phone ?? person.email) !== undefined);
}

/** A stay ended and the client went nowhere that we know of, without reason and destination. */
function lacksDepartureData({ stays, today }: QualityFacts): boolean {
  return stays.some(({ end, until, reserved }) => {
    if (reserved || end?.kind !== 'agreed' || until === undefined || until > today) return false;
    return stayOn(stays, until) === undefined;
  });
}

/** On leave, and the day on which the client was expected back has passed. */
function isReturnOverdue({ stays, today }: QualityFacts): boolean {
  const stay = currentStay(stays, today);
  const leave = stay && leaveOn(stay, today);
  return leave?.expectedUntil !== undefined && leave.expectedUntil <= today;
}
