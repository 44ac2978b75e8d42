import type { OrganisationKind, Role } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import type { PersonKind } from '#contracts/registration/people.js';

/**
 * For which kind of organisation somebody in a role works (domain.md §2). Roles that are not here are found in several
 * kinds: who has which role differs per municipality.
 */
const worksFor: Partial<Record<Role, OrganisationKind>> = {
  trajectregisseur: 'ggd',
  clientmanager: 'institution',
  klantmanager: 'municipality',
  wijkteam: 'neighbourhood-team',
  teamondersteuner: 'neighbourhood-team',
  corporatie: 'corporation',
  gemeente: 'municipality',
  beleid: 'municipality',
};

/** Roles that belong to no organisation. */
const withoutOrganisation: readonly Role[] = ['beheerder'];

/** What the directory must agree on about one entry. */
export interface PersonPosition {
  kind: PersonKind;
  roles: readonly Role[];
  /** Kind of the organisation that they work for; absent without one. */
  organisationKind?: OrganisationKind | undefined;
}

/**
 * A person has a role, and an organisation that fits it; a system has no roles and delivers for an institution.
 * @throws Refusal `roles-required`, `organisation-required`, `organisation-kind-unfit`, `system-has-no-roles`
 */
export function checkPosition({ kind, roles, organisationKind }: PersonPosition): void {
  if (kind === 'system') {
    if (roles.length > 0) throw Refusal.of('system-has-no-roles', { fields: ['roles'] });
    if (organisationKind === undefined) throw Refusal.of('organisation-required', { fields: ['organisationId'] });
    return;
  }
  if (roles.length === 0) throw Refusal.of('roles-required', { fields: ['roles'] });
  for (const role of roles.filter((candidate) => !withoutOrganisation.includes(candidate))) {
    if (organisationKind === undefined) throw Refusal.of('organisation-required', { fields: ['organisationId'] });
    const fitting = worksFor[role];
    if (fitting !== undefined && fitting !== organisationKind) {
      throw Refusal.of('organisation-kind-unfit', { params: { role }, fields: ['organisationId'] });
    }
  }
}
