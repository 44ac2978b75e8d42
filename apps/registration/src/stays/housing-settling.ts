import { isDeepStrictEqual } from 'node:util';
import { earlierOf } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { HousingChangeKind } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import type { HousingContext, HousingDecision, HousingState } from './housing-commands.js';
import { checkClientStays, checkPlace } from './housing-invariants.js';
import type { FieldPaths } from './housing-invariants.js';
import { leaveInterval } from './housing-reading.js';
import type { ChangeReasons, ClientLedger, HousingChange, Occupation, PlaceLedger, Stay } from './housing-types.js';
import { inOrder, mendLinks, withoutOutside } from './stay-edits.js';

/** What a decision wants for one client: the stays as they should become. The checks are made in {@link settle}. */
export interface Edit {
  readonly ledger: ClientLedger;
  readonly kind: HousingChangeKind;
  readonly stays: readonly Stay[];
  /** Taken from the difference when absent. */
  readonly effectiveOn?: CivilDate;
  readonly reasons?: ChangeReasons;
  readonly undoes?: string;
  readonly mergedInto?: string;
  readonly fields: FieldPaths;
  /** When the stays do not differ: accepted for merges, refused for the rest. */
  readonly mayBeEmpty?: boolean;
}

interface Touched {
  readonly before: Stay[];
  readonly after: Stay[];
}

/**
 * Turns edits into new ledgers and changes, after checking all that must hold. One or two edits: with two, both
 * clients change in one step, and neither sees the other's old occupation.
 * @throws Refusal when the result would break a rule
 */
export function settle(edits: readonly Edit[], state: HousingState, context: HousingContext): HousingDecision {
  const settled = edits.map((wanted) => {
    const edit = { ...wanted, stays: mendLinks(wanted.stays).map(asArrived) };
    const touched = difference(edit.ledger.stays, edit.stays);
    if (touched.before.length + touched.after.length === 0 && edit.mayBeEmpty !== true) {
      throw Refusal.of('nothing-to-correct');
    }
    checkClientStays(edit.stays, touched.after, context.birthDates.get(edit.ledger.clientId), edit.fields);
    return { edit, touched };
  });
  const places = settlePlaces(settled, state, context.today);
  const clients = settled.map(({ edit, touched }, index) => {
    const other = settled[1 - index]?.edit.ledger.clientId;
    return ledgerWith(edit, touched, other, context);
  });
  return { clients, places, changes: clients.flatMap(({ changes }) => changes.slice(-1)) };
}

/** Only a reservation can be from outside. */
function asArrived(stay: Stay): Stay {
  return stay.reserved ? stay : withoutOutside(stay);
}

function difference(old: readonly Stay[], next: readonly Stay[]): Touched {
  const oldById = new Map(old.map((stay) => [stay.stayId, stay]));
  const nextById = new Map(next.map((stay) => [stay.stayId, stay]));
  return {
    before: inOrder(old.filter((stay) => !isDeepStrictEqual(stay, nextById.get(stay.stayId)))),
    after: inOrder(next.filter((stay) => !isDeepStrictEqual(stay, oldById.get(stay.stayId)))),
  };
}

function ledgerWith(edit: Edit, touched: Touched, other: string | undefined, context: HousingContext): ClientLedger {
  const { ledger, kind } = edit;
  const now = context.now.toISOString();
  const last = ledger.changes.at(-1)?.recordedAt;
  const changeId = changeIdFor(ledger.clientId, context);
  // The caller answers a repeated request from what is stored; deciding on it again would overwrite what it made.
  if (ledger.changes.some((earlier) => earlier.changeId === changeId))
    throw new Error('this request was decided before');
  const change: HousingChange = {
    changeId,
    clientId: ledger.clientId,
    version: ledger.version + 1,
    kind,
    // Clocks of two processes may differ a little; the history of one client must not run backwards.
    recordedAt: last !== undefined && last > now ? last : now,
    recordedBy: context.recordedBy,
    channel: context.channel,
    effectiveOn: edit.effectiveOn ?? firstDifference(touched) ?? context.today,
    ...touched,
    reasons: edit.reasons ?? {},
    ...(edit.undoes === undefined ? {} : { undoes: edit.undoes }),
    ...(other === undefined ? {} : { paired: { clientId: other, changeId: changeIdFor(other, context) } }),
    ...(edit.mergedInto === undefined ? {} : { mergedInto: edit.mergedInto }),
  };
  return {
    clientId: ledger.clientId,
    version: change.version,
    stays: inOrder(edit.stays),
    changes: [...ledger.changes, change],
    ...(edit.mergedInto === undefined ? {} : { mergedInto: edit.mergedInto }),
  };
}

function changeIdFor(clientId: string, context: HousingContext): string {
  return context.newIdFor(`change:${clientId}`);
}

function settlePlaces(
  settled: readonly { readonly edit: Edit; readonly touched: Touched }[],
  state: HousingState,
  today: CivilDate,
): PlaceLedger[] {
  const removed = new Set(settled.flatMap(({ touched }) => touched.before.map(({ stayId }) => stayId)));
  const added = settled.flatMap(({ edit, touched }) =>
    touched.after.map((stay) => ({ stay, occupation: occupationOf(edit.ledger.clientId, stay), fields: edit.fields })),
  );
  const touchedIds = new Set(
    settled.flatMap(({ touched }) => [...touched.before, ...touched.after]).map((s) => s.placeId),
  );
  const ledgers = [...touchedIds].map((placeId) => placeIn(state, placeId));
  return ledgers.flatMap((ledger) => {
    const mine = added.filter(({ stay }) => stay.placeId === ledger.placeId);
    const kept = ledger.occupations.filter(({ stayId }) => !removed.has(stayId));
    const occupations = [...kept, ...mine.map(({ occupation }) => occupation)].sort((a, b) =>
      a.from < b.from ? -1 : 1,
    );
    const changed: PlaceLedger = { ...ledger, occupations, version: ledger.version + 1 };
    for (const { occupation, fields } of mine) checkPlace(changed, ledger, [occupation], fields, today);
    return isDeepStrictEqual(occupations, ledger.occupations) ? [] : [changed];
  });
}

/** The ledger of a place. @throws Refusal `unknown-place` when there is none */
export function placeIn(state: HousingState, placeId: string, field = 'placeId'): PlaceLedger {
  const place = state.places.find((candidate) => candidate.placeId === placeId);
  if (place === undefined) throw Refusal.of('unknown-place', { fields: [field] });
  return place;
}

/** The ledger of a client. @throws Refusal `unknown-client` when there is none */
export function clientIn(state: HousingState, clientId: string, field = 'clientId'): ClientLedger {
  const ledger = state.clients.find((candidate) => candidate.clientId === clientId);
  if (ledger === undefined) throw Refusal.of('unknown-client', { fields: [field] });
  return ledger;
}

/** The same, of a client who accepts changes. @throws Refusal `client-merged-away` */
export function openClientIn(state: HousingState, clientId: string, field = 'clientId'): ClientLedger {
  const ledger = clientIn(state, clientId, field);
  if (ledger.mergedInto !== undefined) throw Refusal.of('client-merged-away', { fields: [field] });
  return ledger;
}

/** A stay as its place sees it. */
export function occupationOf(clientId: string, stay: Stay): Occupation {
  return {
    stayId: stay.stayId,
    clientId,
    from: stay.from,
    ...(stay.until === undefined ? {} : { until: stay.until }),
    reserved: stay.reserved,
    ...(stay.fromOutside === undefined ? {} : { fromOutside: stay.fromOutside }),
    leaves: stay.leaves.map((leave) => {
      const { from, until } = leaveInterval(stay, leave);
      return until === undefined ? { from } : { from, until };
    }),
  };
}

/** The first date on which the situation differs between two sets of stays. */
function firstDifference({ before, after }: Touched): CivilDate | undefined {
  const dates = [...before.flatMap((stay) => datesOf(stay, after)), ...after.flatMap((stay) => datesOf(stay, before))];
  return dates.length === 0 ? undefined : dates.reduce(earlierOf);
}

function datesOf(stay: Stay, others: readonly Stay[]): CivilDate[] {
  const other = others.find(({ stayId }) => stayId === stay.stayId);
  if (other === undefined || other.placeId !== stay.placeId || other.from !== stay.from) return [stay.from];
  if (other.reserved !== stay.reserved) return [stay.from];
  const leaves = stay.leaves.filter((leave) => !other.leaves.some((same) => isDeepStrictEqual(leave, same)));
  const dates = leaves.map(({ from }) => from);
  const sameEnd = other.until === stay.until && isDeepStrictEqual(other.end, stay.end);
  return sameEnd || stay.until === undefined ? dates : [...dates, stay.until];
}
