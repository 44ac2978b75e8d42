import type { CivilDate } from '#calendar/civil-date.js';
import type { StoredHousing } from '../clients/client.schema.js';
import { currentStay, endsInReservation, housingStatusOn, plannedStay } from './housing-reading.js';
import type { ClientLedger, Stay } from './housing-types.js';
import { inOrder } from './stay-edits.js';

/** Whose client somebody is: the ground on which institutions and regisseurs see and change the record. */
export interface HousingRelations {
  readonly relatedOrganisationIds: readonly string[];
  readonly relatedClusterIds: readonly string[];
}

/**
 * What lists and searches of clients need of the ledger; kept on the client document and written together with the
 * ledger. The place is that of the current stay, else of the reservation, else of the last stay. `until` stands when the
 * stay ends by itself: from that day on a client who is `housed` counts as `left`.
 */
export function housingSummary({ stays }: Pick<ClientLedger, 'stays'>, today: CivilDate): StoredHousing {
  const current = currentStay(stays, today);
  const shown = current ?? plannedStay(stays) ?? lastConfirmed(stays);
  if (shown === undefined) return { status: 'none' };
  // A planned move that nobody confirmed does not end the stay: the client is taken to be where they were.
  const endsByItself = shown.until !== undefined && (current === undefined || shown.until > today);
  return {
    status: housingStatusOn(stays, today),
    placeId: shown.placeId,
    clusterId: shown.clusterId,
    organisationId: shown.organisationId,
    since: shown.from,
    ...(endsByItself && !endsInReservation(shown, stays) ? { until: shown.until } : {}),
  };
}

/**
 * Organisations and clusters related to a client: of the last confirmed stay (the current one, or the last when the
 * client left) and of every reservation that is not from outside; the registering organisation while there is none of these. A confirmed stay
 * never starts after today, so these do not depend on the date.
 */
export function housingRelations(
  { stays }: Pick<ClientLedger, 'stays'>,
  registeringOrganisationId: string | undefined,
): HousingRelations {
  const last = lastConfirmed(stays);
  const related = [
    ...(last === undefined ? [] : [last]),
    ...stays.filter(({ reserved, fromOutside }) => reserved && !fromOutside),
  ];
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
