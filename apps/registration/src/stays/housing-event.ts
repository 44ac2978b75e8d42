import type { CivilDate } from '#calendar/civil-date.js';
import { contains } from '#calendar/date-interval.js';
import type { HousingSituationChanged } from '#contracts/registration/facts.js';
import type { ClientLedger, HousingChange, Stay } from './housing-types.js';
import { inOrder, replaceStays } from './stay-edits.js';

/** The data of the fact as a plain object. */
export type HousingSituationChangedData = Pick<HousingSituationChanged, keyof HousingSituationChanged>;

/**
 * Data of the fact `housing-situation-changed` for one change: identifiers, codes, dates and the version only, no names
 * and no free text (domain.md §10). The place is where the client is, as known now, on the day from which the change
 * holds; when they are nowhere then (a departure), the place that they leave. The previous place is where they would
 * have been on that day without the change, when that is another one. Whatever else the change touched is told by its
 * cluster: a death that makes reservations lapse concerns whoever keeps those places free.
 * @param ledger the client's ledger as the change left it
 */
export function toHousingSituationChanged(change: HousingChange, ledger: ClientLedger): HousingSituationChangedData {
  const { clientId, changeId, version, kind, effectiveOn, recordedAt, recordedBy, channel, reasons } = change;
  const before = stayAt(replaceStays(ledger.stays, change.after, change.before), effectiveOn);
  const stay = stayAt(ledger.stays, effectiveOn) ?? lastTouched(change, effectiveOn);
  const until = stay && endOfWhatBegan(stay, effectiveOn);
  const isFromOutside = concernsOutside(change);
  const named = [stay?.clusterId, before?.clusterId];
  const touched = new Set([...change.before, ...change.after].map(({ clusterId }) => clusterId));
  const otherClusterIds = [...touched].filter((clusterId) => !named.includes(clusterId)).sort();
  return {
    clientId,
    changeId,
    version,
    kind,
    effectiveOn,
    recordedAt,
    recordedBy,
    channel,
    reasons,
    ...(stay && { placeId: stay.placeId, clusterId: stay.clusterId, organisationId: stay.organisationId }),
    ...(before &&
      before.placeId !== stay?.placeId && {
        // The other side hears of it by its cluster; who reserved from outside is not told at which place the client is.
        ...(isFromOutside ? {} : { previousPlaceId: before.placeId, previousOrganisationId: before.organisationId }),
        previousClusterId: before.clusterId,
      }),
    ...(otherClusterIds.length > 0 && { otherClusterIds }),
    ...(until && { until }),
    ...(isFromOutside && { fromOutside: true }),
    ...(change.undoes !== undefined && { undoes: change.undoes }),
    ...(change.paired && { pairedClientId: change.paired.clientId }),
  };
}

/** Whether the change only made a reservation from outside, or took one back. */
function concernsOutside({ kind, before, after }: HousingChange): boolean {
  const isMade = kind === 'reservation' && after.some(({ fromOutside }) => fromOutside);
  const isTakenBack =
    kind === 'cancellation' &&
    before.some(({ stayId, fromOutside }) => fromOutside && after.every((stay) => stay.stayId !== stayId));
  return isMade || isTakenBack;
}

function stayAt(stays: readonly Stay[], date: CivilDate): Stay | undefined {
  return stays.find((stay) => contains(stay, date));
}

/** The stay that the change ended on the date, else the last that it touched. */
function lastTouched({ before, after }: HousingChange, date: CivilDate): Stay | undefined {
  return after.find(({ until }) => until === date) ?? inOrder(after).at(-1) ?? inOrder(before).at(-1);
}

/** The end, known or expected, of the leave or stay that starts on the date. */
function endOfWhatBegan(stay: Stay, date: CivilDate): CivilDate | undefined {
  const leave = stay.leaves.find(({ from }) => from === date);
  if (leave !== undefined) return leave.until ?? leave.expectedUntil;
  return stay.from === date ? stay.until : undefined;
}
