import type { Api } from './api.ts';
import { plusDays } from './dates.ts';

/** What De Haven's own system reports of this week, as CloudEvents: leave, and the return before it was known. */
export async function reportEvents(system: Api, today: string, say: (line: string) => void): Promise<void> {
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
  const batch = [
    event('reservation', 1, { clientNumber: 'HV-1069', placeCode: 'HVM-14', date: plusDays(today, 12) }),
    event('reservation', 2, { clientNumber: 'HV-1070', placeCode: 'HVM-13', date: plusDays(today, 9) }),
  ];
  const type = 'application/cloudevents-batch+json';
  const { answers } = await system.post<{ answers: { outcome: string }[] }>('/v1/events', batch, { type });
  say(`events from e-Vita: ${answers.map(({ outcome }) => outcome).join(', ')}`);
}
