import type { Api } from './api.ts';
import { plusDays } from './dates.ts';

/** Clients of De Haven that never lived there yet (examples/history.ts keeps the last two of a list for later). */
const NEW_CLIENTS = ['HV-1069', 'HV-1070'];
const DAYS_AHEAD = [12, 9];

/**
 * What De Haven's own system reports today, as CloudEvents: its new clients will come.
 * @param freePlaces codes of places that nobody has or will have.
 * @throws Error when the system does not take over each of them.
 */
export async function reportEvents(
  system: Api,
  today: string,
  freePlaces: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const week = today.slice(0, 10);
  const event = (name: string, number: number, data: object) => ({
    specversion: '1.0',
    id: `demo-${week}-${number}`,
    source: 'urn:nld:e-vita-demo:de-haven',
    type: `nl.doorstroom.housing.${name}-reported.v1`,
    time: `${week}T08:0${number}:00Z`,
    datacontenttype: 'application/json',
    data,
  });
  const batch = freePlaces.slice(-NEW_CLIENTS.length).map((placeCode, index) => {
    const date = plusDays(today, DAYS_AHEAD[index] ?? 1);
    return event('reservation', index + 1, { clientNumber: NEW_CLIENTS[index], placeCode, date });
  });
  if (batch.length === 0) return;
  const type = 'application/cloudevents-batch+json';
  interface Answer {
    outcome: string;
    code?: string;
  }
  const { answers } = await system.post<{ answers: Answer[] }>('/v1/events', batch, { type });
  const told = answers.map(({ outcome, code }) => [outcome, code].filter(Boolean).join(' ')).join(', ');
  if (!answers.every(({ outcome }) => outcome === 'accepted' || outcome === 'already-accepted')) {
    throw new Error(`An event of the examples was not taken over: ${told}`);
  }
  say(`events from e-Vita: ${told}`);
}
