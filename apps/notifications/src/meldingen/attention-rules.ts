import { compareUrgency, meldingUrgencies } from '#contracts/notifications/codes.js';
import { decodeCursor, encodeCursor, type Page } from '#contracts/paging.js';
import type { MeldingState } from './melding-state.js';

/** What decides where an open melding stands among the others of an inbox. */
export type AttentionMark = Pick<MeldingState, '_id' | 'status' | 'urgency' | 'stage' | 'acknowledgeBy' | 'lastPartAt'>;

/** What decides whether it is late. */
type Lateness = Pick<MeldingState, 'status' | 'stage' | 'acknowledgeBy'>;

/** Where a melding stands, as of an instant. */
interface Standing {
  late: boolean;
  urgency: MeldingState['urgency'];
  /** When its last part came. */
  at: Date;
  id: string;
}

/** A page of an inbox in the order of attention: the identifiers of meldingen, and as of when. */
export interface AttentionPage extends Page<string> {
  /** The first page says as of when; the next ones keep to it, so that nothing changes place while time passes. */
  asOf: Date;
  /** The cursor behind a melding of this page, where it stood: by now it may stand elsewhere. */
  cursorAfter: (id: string) => string | undefined;
}

/** Whether it waits longer than it may: it should have been acknowledged by now, was reminded of, or went further. */
export function isLate({ status, stage, acknowledgeBy }: Lateness, now: Date): boolean {
  return status === 'open' && (stage > 0 || (acknowledgeBy !== null && acknowledgeBy < now));
}

/**
 * The order of open meldingen (ui.md, Attention first): what is late before what is not; in both the more urgent first. Of
 * equals among the late ones what waits longest comes first, for it was passed over most often; among the others the
 * newest, for that is what somebody does not know yet.
 */
function compareStanding(a: Standing, b: Standing): number {
  if (a.late !== b.late) return a.late ? -1 : 1;
  const byUrgency = compareUrgency(b.urgency, a.urgency);
  if (byUrgency !== 0) return byUrgency;
  const olderFirst = a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : Number(a.id > b.id));
  return a.late ? olderFirst : -olderFirst;
}

/**
 * The page after a cursor in the order of attention.
 * @param open all open meldingen of the list, in any order
 * @param cursor of the page before; one that is not ours begins anew
 */
export function attentionPage(
  open: readonly AttentionMark[],
  cursor: string | undefined,
  limit: number,
  now: Date,
): AttentionPage {
  const after = readCursor(cursor);
  const asOf = after?.asOf ?? now;
  const standings = open.map((mark) => standingOf(mark, asOf)).sort(compareStanding);
  const rest = after ? standings.filter((standing) => compareStanding(standing, after) > 0) : standings;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const cursorAfter = (id: string): string | undefined => {
    const standing = page.find((one) => one.id === id);
    return standing && cursorOf(standing, asOf);
  };
  return {
    items: page.map(({ id }) => id),
    total: open.length,
    asOf,
    cursorAfter,
    ...(last && rest.length > limit ? { nextCursor: cursorOf(last, asOf) } : {}),
  };
}

function standingOf(mark: AttentionMark, asOf: Date): Standing {
  return { late: isLate(mark, asOf), urgency: mark.urgency, at: mark.lastPartAt, id: mark._id };
}

function cursorOf({ late, urgency, at, id }: Standing, asOf: Date): string {
  return encodeCursor({ asOf: asOf.getTime(), late: Number(late), urgency, at: at.getTime(), id });
}

function readCursor(cursor: string | undefined): (Standing & { asOf: Date }) | undefined {
  const { asOf, late, urgency: code, at, id } = decodeCursor(cursor) ?? {};
  const urgency = meldingUrgencies.find((each) => each === code);
  if (urgency === undefined || typeof asOf !== 'number' || typeof at !== 'number' || typeof id !== 'string') {
    return undefined;
  }
  return { asOf: new Date(asOf), late: late === 1, urgency, at: new Date(at), id };
}
