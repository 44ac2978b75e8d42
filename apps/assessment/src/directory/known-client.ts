import { parseCivilDate } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { DateInterval } from '#calendar/date-interval.js';
import type {
  ChainLeave,
  ChainPeriod,
  ClientChanged,
  ClientKnown,
  HousingSituationChanged,
} from '#contracts/registration/facts.js';

/** A time in the chain, from arrival to departure, as registration told it. */
export interface KnownPresence {
  /** The stay that it began with. */
  readonly stayId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  /** Where the client stayed last in it. */
  readonly clusterId: string;
  readonly organisationId: string;
  /** From which day on at which institution, oldest first, when it was more than one. */
  readonly organisations?: readonly { readonly from: CivilDate; readonly organisationId: string }[];
  /** When the arrival became known, ISO in UTC. */
  readonly knownAt: string;
  /** It became known from a file, perhaps one of several. */
  readonly isImported?: true;
}

/** A temporary leave; without `until` the client is not back yet. */
export interface KnownLeave {
  readonly leaveId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  /** When the return, or before it the leave, became known, ISO in UTC. */
  readonly knownAt: string;
  /** That became known from a file, perhaps one of several. */
  readonly isImported?: true;
}

/** What this service knows of a client: identifiers and dates, from the facts of registration. */
export interface KnownClient {
  readonly clientId: string;
  /** Of the housing ledger, and of the record; 0 before anything was told. */
  readonly housingVersion: number;
  readonly recordVersion: number;
  /** Of the housing ledger when the times in the chain were told last; facts of before this do not tell them. */
  readonly presenceVersion: number;
  /** Oldest first. */
  readonly presence: readonly KnownPresence[];
  readonly leaves: readonly KnownLeave[];
  /** Who has to do with the client: the ground for seeing them (libs/access). */
  readonly relatedOrganisationIds: readonly string[];
  readonly relatedClusterIds: readonly string[];
  /** The record that goes on, when this one was merged into it. */
  readonly mergedInto?: string;
}

/** A client of whom nothing was told yet. */
export function unknownClient(clientId: string): KnownClient {
  const nothing = { presence: [], leaves: [], relatedOrganisationIds: [], relatedClusterIds: [] };
  return { clientId, housingVersion: 0, recordVersion: 0, presenceVersion: 0, ...nothing };
}

/** What is known after a housing change; a stale one changes nothing. */
export function afterHousing(known: KnownClient, data: HousingSituationChanged): KnownClient {
  if (data.version <= known.housingVersion) return known;
  const { presence, leaves, relatedOrganisationIds, relatedClusterIds, recordedAt } = data;
  return {
    ...known,
    housingVersion: data.version,
    ...(presence === undefined || leaves === undefined
      ? {}
      : {
          presenceVersion: data.version,
          ...chainOf({ presence, leaves, recordedAt }, known, data.channel === 'import'),
        }),
    relatedOrganisationIds: relatedOrganisationIds ?? known.relatedOrganisationIds,
    relatedClusterIds: relatedClusterIds ?? known.relatedClusterIds,
  };
}

/** What is known after a change of the record: who registered the client, and into which record it was merged. */
export function afterRecord(known: KnownClient, data: ClientChanged): KnownClient {
  if (data.version <= known.recordVersion) return known;
  const { mergedInto: _before, ...rest } = known;
  const { organisationId, mergedInto, version } = data;
  // The registering institution has to do with the client until a stay tells otherwise.
  const registered = organisationId !== undefined && known.housingVersion === 0;
  return {
    ...rest,
    recordVersion: version,
    ...(registered ? { relatedOrganisationIds: [organisationId] } : {}),
    ...(mergedInto === undefined ? {} : { mergedInto }),
  };
}

/** What is known after a client was told of as they stand; whoever heard of the changes hears nothing new. */
export function afterKnown(known: KnownClient, data: ClientKnown): KnownClient {
  const { housingVersion, recordVersion, relatedOrganisationIds, relatedClusterIds, mergedInto } = data;
  const isNewChain = housingVersion > known.presenceVersion;
  const isNewRecord = recordVersion > known.recordVersion;
  if (!isNewChain && !isNewRecord) return known;
  const isNewest = housingVersion >= known.housingVersion;
  return {
    ...known,
    ...(isNewest ? { housingVersion, relatedOrganisationIds, relatedClusterIds } : {}),
    ...(isNewChain ? { presenceVersion: housingVersion, ...chainOf(data, known) } : {}),
    ...(isNewRecord ? { recordVersion, ...(mergedInto === undefined ? {} : { mergedInto }) } : {}),
  };
}

/** The last time in the chain: the present one, or the last of who left. A confirmed stay never starts after today. */
export function lastPresence({ presence }: KnownClient): KnownPresence | undefined {
  return presence.at(-1);
}

/** The times at one institution that a time in the chain is made of, oldest first. */
export function institutionsIn({ from, until, organisationId, organisations }: KnownPresence) {
  const parts = organisations ?? [{ from, organisationId }];
  return parts.map((part, index): DateInterval & { readonly organisationId: string } => {
    const end = parts[index + 1]?.from ?? until;
    return { ...part, ...(end === undefined ? {} : { until: end }) };
  });
}

/** Where the client stayed on a day, or stayed last before it; undefined before the first arrival. */
export function institutionOn(presence: readonly KnownPresence[], day: CivilDate): string | undefined {
  return presence.flatMap(institutionsIn).findLast(({ from }) => from <= day)?.organisationId;
}

function chainOf(
  { presence, leaves, recordedAt }: Pick<ClientKnown, 'presence' | 'leaves' | 'recordedAt'>,
  known: KnownClient,
  isImported = false,
): Pick<KnownClient, 'presence' | 'leaves'> {
  return {
    presence: presence.map((period) => presenceFrom(period, known, recordedAt, isImported)),
    leaves: leaves.map((leave) => leaveFrom(leave, known, recordedAt, isImported)),
  };
}

function presenceFrom(
  { stayId, from, until, clusterId, organisationId, organisations }: ChainPeriod,
  known: KnownClient,
  recordedAt: string,
  isImported: boolean,
): KnownPresence {
  const before = known.presence.find((period) => period.stayId === stayId);
  return {
    stayId,
    from: parseCivilDate(from),
    ...(until === undefined ? {} : { until: parseCivilDate(until) }),
    clusterId,
    organisationId,
    ...(organisations === undefined
      ? {}
      : {
          organisations: organisations.map((one) => ({
            organisationId: one.organisationId,
            from: parseCivilDate(one.from),
          })),
        }),
    knownAt: before?.knownAt ?? recordedAt,
    ...((before === undefined ? isImported : before.isImported === true) ? { isImported: true } : {}),
  };
}

function leaveFrom(
  { leaveId, from, until }: ChainLeave,
  known: KnownClient,
  recordedAt: string,
  isImported: boolean,
): KnownLeave {
  const before = known.leaves.find((leave) => leave.leaveId === leaveId);
  const isReturn = (before?.until === undefined) !== (until === undefined);
  const isNews = before === undefined || isReturn;
  return {
    leaveId,
    from: parseCivilDate(from),
    ...(until === undefined ? {} : { until: parseCivilDate(until) }),
    knownAt: isNews ? recordedAt : before.knownAt,
    ...((isNews ? isImported : before.isImported === true) ? { isImported: true } : {}),
  };
}
