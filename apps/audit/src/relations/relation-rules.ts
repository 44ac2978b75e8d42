import { type ClientRelations, groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { ClientChanged, HousingSituationChanged } from '#contracts/registration/facts.js';

/** What one change tells of whom a client has to do with: facts of before they told who is related from then on. */
export interface RelationPart {
  /** The change, or `registered`. */
  changeId: string;
  organisationIds: string[];
  clusterIds: string[];
}

/** Who is related to a client from a change on, until the next one. */
export interface RelationState {
  /** Of the client's housing ledger; 0 for the registration of the client. */
  version: number;
  /** ISO instant in UTC. */
  at: string;
  organisationIds: string[];
  clusterIds: string[];
}

/** Everything that was told of one client. */
export interface ToldOfClient {
  clientId: string;
  parts: readonly RelationPart[];
  /** Changes that were undone, in whatever order that was told. */
  undone: readonly string[];
  /** In whatever order they were told. */
  states: readonly RelationState[];
}

/** What a change tells that does not say who is related; undefined for one that does, or only undoes another. */
export function partOfHousing(change: HousingSituationChanged): RelationPart | undefined {
  if (change.relatedOrganisationIds !== undefined || change.kind === 'cancellation') return undefined;
  return {
    changeId: change.changeId,
    organisationIds: present([change.organisationId, change.previousOrganisationId]),
    clusterIds: present([change.clusterId, change.previousClusterId]),
  };
}

/** Who is related from a change of the housing on; undefined where it does not say so. */
export function stateOfHousing(change: HousingSituationChanged): RelationState | undefined {
  const { version, recordedAt: at, relatedOrganisationIds, relatedClusterIds = [] } = change;
  return (
    relatedOrganisationIds && { version, at, organisationIds: relatedOrganisationIds, clusterIds: relatedClusterIds }
  );
}

/** Who is related from the registration of a client on; undefined when no organisation registered the client. */
export function stateOfRegistration({ organisationId }: ClientChanged, at: string): RelationState | undefined {
  return organisationId === undefined
    ? undefined
    : { version: 0, at, organisationIds: [organisationId], clusterIds: [] };
}

/** A period, both ends as ISO instants; `until` is not in it. */
export interface Period {
  from?: string;
  until?: string;
}

/** What of a client's access log somebody may read: all of it, or what was done in some periods and by their own side. */
export interface Readable {
  ground: AccessGround;
  /** Absent: everything. */
  only?: { periods: Period[]; organisationId?: string; personId: string };
}

/**
 * What a caller may read of a client's access log (docs/decisions/0012). Who has to do with the client now reads all of
 * it: "readable per client" (domain.md §10). Who had to do with the client before reads what was done in that time, and
 * later by the own organisation or person: not who works with the client where they are now.
 * @returns undefined for who never had to do with the client
 */
export function readableBy(caller: Caller, told: ToldOfClient): Readable | undefined {
  const periods = periodsOf(told);
  const now = periods.at(-1);
  const current = now && groundFor(caller, now.relations);
  if (current !== undefined) return { ground: current };
  const earlier = periods.flatMap(({ from, until, relations }) => {
    const ground = groundFor(caller, relations);
    return ground === undefined ? [] : [{ ground, period: { ...(from && { from }), ...(until && { until }) } }];
  });
  const [first] = earlier;
  // Named in the caseload, of a client of whom nothing was told: there is nothing to read by time.
  const ground =
    first?.ground ?? groundFor(caller, relationsIn(told.clientId, { organisationIds: [], clusterIds: [] }));
  if (ground === undefined) return undefined;
  if (first === undefined) return { ground };
  const organisation =
    ground === 'own-caseload' || caller.organisationId === undefined ? {} : { organisationId: caller.organisationId };
  return {
    ground,
    only: { periods: earlier.map(({ period }) => period), ...organisation, personId: caller.personId },
  };
}

/** Who was related when, in order. What older facts told holds from the beginning until the first that says it all. */
function periodsOf({ clientId, parts, undone, states }: ToldOfClient): (Period & { relations: ClientRelations })[] {
  const valid = parts.filter(({ changeId }) => !undone.includes(changeId));
  const told = states.toSorted((a, b) => a.version - b.version);
  const before = {
    organisationIds: valid.flatMap(({ organisationIds }) => organisationIds),
    clusterIds: valid.flatMap(({ clusterIds }) => clusterIds),
  };
  const firstAt = told[0]?.at;
  const beginning =
    valid.length === 0 ? [] : [{ ...(firstAt && { until: firstAt }), relations: relationsIn(clientId, before) }];
  const periods = told.map((state, index) => {
    const next = told[index + 1]?.at;
    return { from: state.at, ...(next && { until: next }), relations: relationsIn(clientId, state) };
  });
  return [...beginning, ...periods];
}

function relationsIn(
  clientId: string,
  { organisationIds, clusterIds }: Pick<RelationState, 'organisationIds' | 'clusterIds'>,
): ClientRelations {
  return {
    clientId,
    relatedOrganisationIds: [...new Set(organisationIds)],
    relatedClusterIds: [...new Set(clusterIds)],
  };
}

function present(values: (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}
