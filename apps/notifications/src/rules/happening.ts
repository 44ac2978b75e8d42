import type { ZrmDueChanged } from '#contracts/assessment/due-facts.js';
import type { ZrmSubmitted } from '#contracts/assessment/facts.js';
import { PARTICULARS } from '#contracts/notifications/rule-catalogue.js';
import type { CloudEvent } from '#contracts/fact.js';
import type { ClientChanged, HousingSituationChanged, WaitingListChanged } from '#contracts/registration/facts.js';

/** What a rule sees of an event about a client: identifiers, codes and dates. */
export interface Happening {
  eventId: string;
  eventType: string;
  clientId: string;
  kind: string;
  codes: Record<string, string>;
  placeId?: string;
  clusterId?: string;
  organisationId?: string;
  previousPlaceId?: string;
  previousClusterId?: string;
  otherClusterIds?: string[];
  effectiveOn?: string;
  /** What it asks for, where that can be done or lapse. */
  aboutId?: string;
  until?: string;
  recordedAt: string;
  recordedBy?: string;
  sequence: number;
}

type Optional =
  'placeId' | 'clusterId' | 'organisationId' | 'previousPlaceId' | 'previousClusterId' | 'until' | 'effectiveOn';

/** Takes the fields that are there; an absent one stays absent. */
function present(source: Partial<Record<Optional, string | undefined>>): Partial<Record<Optional, string>> {
  const given = Object.entries(source).filter((entry: [string, unknown]) => entry[1] !== undefined);
  return Object.fromEntries(given);
}

/** A change of the housing situation. */
export function happeningOfHousing(event: CloudEvent<HousingSituationChanged>): Happening {
  const { data } = event;
  const codes = Object.entries(data.reasons).flatMap(([field, code]: [string, unknown]) =>
    typeof code === 'string' ? [[field, code] as const] : [],
  );
  return {
    eventId: event.id,
    eventType: event.type,
    clientId: data.clientId,
    kind: data.kind,
    codes: Object.fromEntries(codes),
    ...present({
      placeId: data.placeId,
      clusterId: data.clusterId,
      organisationId: data.organisationId,
      previousPlaceId: data.previousPlaceId,
      previousClusterId: data.previousClusterId,
      until: data.until,
      effectiveOn: data.effectiveOn,
    }),
    ...(data.otherClusterIds ? { otherClusterIds: data.otherClusterIds } : {}),
    recordedAt: data.recordedAt,
    recordedBy: data.recordedBy,
    sequence: data.version,
  };
}

/** Something on the waiting list. */
export function happeningOfWaitingList(event: CloudEvent<WaitingListChanged>): Happening {
  const { data } = event;
  return {
    eventId: event.id,
    eventType: event.type,
    clientId: data.clientId,
    kind: data.change,
    codes: {},
    ...present({
      placeId: data.placeId,
      clusterId: data.clusterId,
      organisationId: data.organisationId,
      until: data.answerBy,
    }),
    recordedAt: event.time,
    sequence: data.version,
  };
}

/** A change of the client's record. */
export function happeningOfClient(event: CloudEvent<ClientChanged>): Happening {
  return {
    eventId: event.id,
    eventType: event.type,
    clientId: event.data.clientId,
    kind: event.data.change,
    codes: {},
    recordedAt: event.time,
    sequence: event.data.version,
  };
}

/** A reminder of a ZRM that is due, or that one is no longer waited for. Whom the region reminds are among its codes. */
export function happeningOfZrmDue(event: CloudEvent<ZrmDueChanged>): Happening {
  const { data } = event;
  const audience = data.audience.map((relation) => [relation, relation] as const);
  return {
    eventId: event.id,
    eventType: event.type,
    clientId: data.clientId,
    kind: data.change,
    codes: { due: data.due, ...Object.fromEntries(audience) },
    ...present({ clusterId: data.clusterId, organisationId: data.organisationId }),
    effectiveOn: data.dueOn,
    aboutId: data.dueId,
    recordedAt: data.recordedAt,
    sequence: data.version,
  };
}

/** A ZRM that was submitted or corrected, with what it gives reason to discuss as its codes. */
export function happeningOfZrmSubmitted(event: CloudEvent<ZrmSubmitted>): Happening {
  const { data } = event;
  const found = [...(data.particulars ? [PARTICULARS] : []), ...data.findings.map(({ kind }) => kind)];
  return {
    eventId: event.id,
    eventType: event.type,
    clientId: data.clientId,
    kind: data.kind,
    codes: Object.fromEntries(found.map((code) => [code, code])),
    ...present({ clusterId: data.clusterId, organisationId: data.organisationId }),
    effectiveOn: data.date,
    recordedAt: data.recordedAt,
    recordedBy: data.recordedBy,
    sequence: data.version,
  };
}
