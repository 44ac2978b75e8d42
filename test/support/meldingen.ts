import type { Api } from '../../examples/api.ts';
import { waitFor } from '../../libs/testing/src/wait-for.ts';
import type { Melding, MeldingPart } from '../../libs/contracts/src/notifications/meldingen.ts';

/** One change of one client as a melding told it. */
export interface Told {
  readonly clientId: string;
  readonly version: number;
  readonly kind: string;
}

/** The parts that tell of housing changes; reminders of ZRMs about the same client may stand beside them. */
export function housingParts({ parts }: Pick<Melding, 'parts'>): MeldingPart[] {
  return parts.filter(({ eventType }) => eventType.includes('housing-situation-changed'));
}

/** Every melding of somebody, in the order in which they came. */
async function inboxOf(api: Api): Promise<Melding[]> {
  const meldingen = await api.all<Melding>('/v1/meldingen?limit=100');
  return meldingen.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** Every housing change that stands in somebody's inbox, in the order in which it came there per client. */
export async function toldTo(api: Api): Promise<Told[]> {
  return (await inboxOf(api)).flatMap((melding) =>
    housingParts(melding).map(({ sequence, kind }) => ({ clientId: melding.clientId, version: sequence, kind })),
  );
}

/** Every ZRM that stands in somebody's inbox because it gives reason to talk, in the order in which it came there per client. */
export async function zrmsToldTo(api: Api): Promise<{ clientId: string; date: string; sequence: number }[]> {
  return (await inboxOf(api)).flatMap(({ clientId, parts }) =>
    parts
      .filter(({ eventType }) => eventType.includes('zrm-submitted'))
      .map(({ effectiveOn = '', sequence }) => ({ clientId, date: effectiveOn, sequence })),
  );
}

/** Waits until as many changes as expected stand in an inbox, and gives them. */
export function allTold(api: Api, expected: number): Promise<Told[]> {
  return waitFor(
    async () => {
      const told = await toldTo(api);
      return told.length >= expected ? told : undefined;
    },
    { timeout: 240_000, interval: 2_000, what: `${expected} meldingen` },
  );
}

/** Changes as texts that can be compared as a set, doubles included. */
export function inSortedOrder(told: readonly Pick<Told, 'clientId' | 'version'>[]): string[] {
  return told.map(({ clientId, version }) => `${clientId} ${String(version).padStart(4, '0')}`).sort();
}
