import type { CivilDate } from '#calendar/civil-date.js';
import type {
  ChangeChannel,
  HousingChangeKind,
  HousingStatus,
  StayState,
  Zwaarte,
  ZwaarteMatch,
} from '#contracts/codes.js';
import { currentStay, housingStatusOn, leaveOn, plannedStay, stayStateOn, zwaarteMatch } from './housing-reading.js';
import type { ChangeReasons, ClientLedger, HousingChange, Stay, StayEnd } from './housing-types.js';
import { replaceStays } from './stay-edits.js';

/** A stay in the event: identifiers, dates and codes only. */
export interface StayInEvent {
  readonly stayId: string;
  readonly placeId: string;
  readonly clusterId: string;
  readonly organisationId: string;
  readonly from: CivilDate;
  readonly until?: CivilDate;
  readonly endKind?: StayEnd['kind'];
  /** As of the day on which the change was recorded. */
  readonly state: StayState;
  readonly leave?: { readonly from: CivilDate; readonly expectedUntil?: CivilDate; readonly until?: CivilDate };
}

/**
 * Data of the fact `housing-situation-changed`: what changed for one client. No names, no BSN, no free text (domain.md
 * §10): who needs more asks the service that owns it.
 */
export interface HousingSituationChanged {
  readonly clientId: string;
  readonly changeId: string;
  /** Orders the facts of one client; rises by one per change. */
  readonly version: number;
  readonly change: HousingChangeKind;
  readonly channel: ChangeChannel;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly effectiveOn: CivilDate;
  readonly reasons: ChangeReasons;
  readonly undoes?: string;
  /** The other client of a swap or merge. */
  readonly pairedClientId?: string;
  readonly status: HousingStatus;
  /** Where the client is now, where they were taken to be before this change, and what is planned. */
  readonly current?: StayInEvent;
  readonly previous?: StayInEvent;
  readonly planned?: StayInEvent;
  /** The stays that the change touched, as they were and as they became. */
  readonly before: readonly StayInEvent[];
  readonly after: readonly StayInEvent[];
  /** Every cluster and organisation that the change concerns, once, in no order of meaning. */
  readonly clusterIds: readonly string[];
  readonly organisationIds: readonly string[];
  /** How the client's weight fits the place where they are now; absent without a place. */
  readonly zwaarteMatch?: ZwaarteMatch;
}

export interface EventContext {
  readonly today: CivilDate;
  readonly clientZwaarte?: Zwaarte;
  /** Weight of the place where the client is now. */
  readonly placeZwaarte?: Zwaarte;
}

/**
 * Makes the event data of a change.
 * @param ledger the client's ledger as the change left it
 */
export function toHousingSituationChanged(
  change: HousingChange,
  ledger: ClientLedger,
  { today, clientZwaarte, placeZwaarte }: EventContext,
): HousingSituationChanged {
  const inEvent = (stay: Stay) => stayInEvent(stay, today);
  const current = currentStay(ledger.stays, today);
  const previous = currentStay(replaceStays(ledger.stays, change.after, change.before), today);
  const planned = plannedStay(ledger.stays);
  const { clientId, changeId, version, kind, channel, recordedBy, recordedAt, effectiveOn, reasons } = change;
  const touched = [...change.before, ...change.after, ...(current === undefined ? [] : [current])];
  return {
    clientId,
    changeId,
    version,
    change: kind,
    channel,
    recordedBy,
    recordedAt,
    effectiveOn,
    reasons,
    ...(change.undoes === undefined ? {} : { undoes: change.undoes }),
    ...(change.paired === undefined ? {} : { pairedClientId: change.paired.clientId }),
    status: housingStatusOn(ledger.stays, today),
    ...(current === undefined ? {} : { current: inEvent(current) }),
    ...(previous === undefined ? {} : { previous: inEvent(previous) }),
    ...(planned === undefined ? {} : { planned: inEvent(planned) }),
    before: change.before.map(inEvent),
    after: change.after.map(inEvent),
    clusterIds: [...new Set(touched.map(({ clusterId }) => clusterId))],
    organisationIds: [...new Set(touched.map(({ organisationId }) => organisationId))],
    ...(current === undefined || placeZwaarte === undefined
      ? {}
      : { zwaarteMatch: zwaarteMatch(clientZwaarte, placeZwaarte) }),
  };
}

function stayInEvent(stay: Stay, today: CivilDate): StayInEvent {
  const { stayId, placeId, clusterId, organisationId, from, until, end } = stay;
  const leave = leaveOn(stay, today) ?? stay.leaves.at(-1);
  return {
    stayId,
    placeId,
    clusterId,
    organisationId,
    from,
    ...(until === undefined ? {} : { until }),
    ...(end === undefined ? {} : { endKind: end.kind }),
    state: stayStateOn(stay, today),
    ...(leave === undefined
      ? {}
      : {
          leave: {
            from: leave.from,
            ...(leave.expectedUntil === undefined ? {} : { expectedUntil: leave.expectedUntil }),
            ...(leave.until === undefined ? {} : { until: leave.until }),
          },
        }),
  };
}
