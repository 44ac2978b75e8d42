import type { CivilDate } from '#calendar/civil-date.js';
import type { HousingStatus } from '#contracts/codes.js';
import { currentStay, housingStatusOn, plannedStay } from './housing-reading.js';
import type { ClientLedger, Stay } from './housing-types.js';
import { inOrder } from './stay-edits.js';

/**
 * What lists and searches of clients need of the ledger; kept on the client document and written together with the
 * ledger. `place…` describe the current stay, else the last one.
 */
export interface HousingSummary {
  readonly status: HousingStatus;
  readonly stayId?: string;
  readonly placeId?: string;
  readonly clusterId?: string;
  readonly organisationId?: string;
  readonly since?: CivilDate;
  readonly until?: CivilDate;
  /** The first reservation that is still to be confirmed. */
  readonly plannedPlaceId?: string;
  readonly plannedFrom?: CivilDate;
  /** The day on which `status` becomes another one by itself, because a stay ends; a sweep then refreshes it. */
  readonly changesOn?: CivilDate;
}

/** Whose client somebody is: the ground on which institutions and regisseurs see and change the record. */
export interface HousingRelations {
  readonly relatedOrganisationIds: readonly string[];
  readonly relatedClusterIds: readonly string[];
}

/** Summary of a client's housing on a date. */
export function housingSummary({ stays }: Pick<ClientLedger, 'stays'>, today: CivilDate): HousingSummary {
  const current = currentStay(stays, today);
  const shown = current ?? lastConfirmed(stays);
  const planned = plannedStay(stays);
  const changesOn = current?.until !== undefined && current.until > today ? current.until : undefined;
  return {
    status: housingStatusOn(stays, today),
    ...(shown === undefined
      ? {}
      : {
          stayId: shown.stayId,
          placeId: shown.placeId,
          clusterId: shown.clusterId,
          organisationId: shown.organisationId,
          since: shown.from,
          ...(shown.until === undefined ? {} : { until: shown.until }),
        }),
    ...(planned === undefined ? {} : { plannedPlaceId: planned.placeId, plannedFrom: planned.from }),
    ...(changesOn === undefined ? {} : { changesOn }),
  };
}

/**
 * Organisations and clusters related to a client: of the last confirmed stay (the current one, or the last when the
 * client left) and of every reservation; the registering organisation while there is no stay at all. A confirmed stay
 * never starts after today, so these do not depend on the date.
 */
export function housingRelations(
  { stays }: Pick<ClientLedger, 'stays'>,
  registeringOrganisationId: string | undefined,
): HousingRelations {
  const last = lastConfirmed(stays);
  const related = [...(last === undefined ? [] : [last]), ...stays.filter(({ reserved }) => reserved)];
  if (related.length === 0) {
    const organisations = registeringOrganisationId === undefined ? [] : [registeringOrganisationId];
    return { relatedOrganisationIds: organisations, relatedClusterIds: [] };
  }
  return {
    relatedOrganisationIds: [...new Set(related.map(({ organisationId }) => organisationId))],
    relatedClusterIds: [...new Set(related.map(({ clusterId }) => clusterId))],
  };
}

function lastConfirmed(stays: readonly Stay[]): Stay | undefined {
  return inOrder(stays).findLast(({ reserved }) => !reserved);
}
