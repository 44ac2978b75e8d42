import { describe, expect, it } from '@jest/globals';
import { checkPosition } from './people-rules.js';

describe('the position of somebody in the directory', () => {
  it.each([
    { kind: 'person', roles: ['clientmanager'], organisationKind: 'institution' },
    { kind: 'person', roles: ['trajectregisseur', 'ttcj_member'], organisationKind: 'ggd' },
    { kind: 'person', roles: ['beheerder'] },
    { kind: 'person', roles: ['beheerder', 'beleid'], organisationKind: 'municipality' },
    { kind: 'system', roles: [], organisationKind: 'institution' },
  ] as const)('fits: $roles at $organisationKind', (position) => {
    expect(() => checkPosition(position)).not.toThrow();
  });

  it.each([
    [{ kind: 'person', roles: [] }, 'roles-required'],
    [{ kind: 'person', roles: ['clientmanager'] }, 'organisation-required'],
    [{ kind: 'person', roles: ['clientmanager'], organisationKind: 'ggd' }, 'organisation-kind-unfit'],
    [{ kind: 'person', roles: ['beheerder', 'beleid'] }, 'organisation-required'],
    [{ kind: 'system', roles: ['clientmanager'], organisationKind: 'institution' }, 'system-has-no-roles'],
    [{ kind: 'system', roles: [] }, 'organisation-required'],
  ] as const)('does not fit: %j', (position, code) => {
    expect(() => checkPosition(position)).toThrow(expect.objectContaining({ code }));
  });
});
