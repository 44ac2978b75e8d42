import { type Api, ApiError } from './api.ts';
import { plusDays } from './dates.ts';

/** What happened longer ago was talked about before there was a system; the rest waits for somebody to look at it. */
const RECENT_DAYS = 14;
/** The interface takes so many at once. */
const AT_ONCE = 100;
/** How often is looked again, and for how long at most: the services tell of the last import while this runs. */
const LOOK_AGAIN_MS = 1_000;
const LOOKS = 60;

interface Told {
  meldingId: string;
  parts: { effectiveOn?: string }[];
}

/**
 * What a regisseur or clientmanager does after a year of history was imported: acknowledges what is long past, and keeps
 * what is recent or still to come. Answers how many were acknowledged.
 */
export async function acknowledgeHistory(person: Api, today: string): Promise<number> {
  const recent = plusDays(today, -RECENT_DAYS);
  const isPast = ({ parts }: Told): boolean => parts.every(({ effectiveOn = today }) => effectiveOn < recent);
  let acknowledged = 0;
  let before = -1;
  for (let look = 0; look < LOOKS; look += 1) {
    const open = await person.all<Told>('/v1/meldingen?status=open&limit=200');
    const past = open.filter(isPast);
    // Twice the same, and nothing left to do: everything has come in.
    if (past.length === 0 && open.length === before) return acknowledged;
    before = open.length - past.length;
    for (let start = 0; start < past.length; start += AT_ONCE) {
      const meldingen = past
        .slice(start, start + AT_ONCE)
        .map(({ meldingId, parts }) => ({ meldingId, parts: parts.length }));
      if (await isDone(person.post('/v1/meldingen/acknowledge', { meldingen }))) acknowledged += meldingen.length;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return acknowledged;
}

/** Whether it was done, or what is still coming in was written to at the same moment: then the next look finds it again. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof ApiError && (error.code === 'concurrent-change' || error.status === 503)) return false;
    throw error;
  }
}
