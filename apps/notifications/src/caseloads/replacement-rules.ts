import type { Role } from '#contracts/codes.js';

/** What is known of somebody in the people directory. */
export interface KnownPerson {
  roles: readonly Role[];
  organisationId?: string;
  active: boolean;
}

/** Somebody is away today and is replaced. */
export interface CurrentAbsence {
  personId: string;
  replacementPersonId: string;
}

/** People and absences of the day. */
export interface Availability {
  people: ReadonlyMap<string, KnownPerson>;
  absences: readonly CurrentAbsence[];
}

/** Replacements of replacements that are followed; longer chains are a mistake, not a plan. */
const LONGEST_CHAIN = 10;

/**
 * Whether somebody works here in a role. A person whose fact did not arrive yet counts: a melding in the inbox of
 * somebody who starts tomorrow is found, one for nobody is not.
 */
export function worksAs(availability: Availability, personId: string, role?: Role): boolean {
  const person = availability.people.get(personId);
  return person === undefined || (person.active && (role === undefined || person.roles.includes(role)));
}

/** Who acts for a person today: themselves, or the end of the chain of replacements; `insteadOf` is that chain. */
export interface Stand {
  personId: string;
  insteadOf: string[];
}

/** Undefined when the person is away and nobody in the chain is there: cycles and long chains end as nobody. */
export function whoActsFor(availability: Availability, personId: string, role?: Role): Stand | undefined {
  const insteadOf: string[] = [];
  let current = personId;
  while (insteadOf.length <= LONGEST_CHAIN) {
    const absence = availability.absences.find((one) => one.personId === current);
    if (!absence) return worksAs(availability, current, role) ? { personId: current, insteadOf } : undefined;
    insteadOf.unshift(current);
    current = absence.replacementPersonId;
    if (insteadOf.includes(current)) return undefined;
  }
  return undefined;
}

/** Everybody whom a person replaces today, directly or as replacement of a replacement. */
export function replacedBy(availability: Availability, personId: string): string[] {
  return availability.absences
    .map((absence) => absence.personId)
    .filter((absent) => whoActsFor(availability, absent)?.personId === personId);
}
