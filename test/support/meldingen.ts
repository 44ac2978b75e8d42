import type { Api } from '../../examples/api.ts';
import type { Melding } from '../../libs/contracts/src/notifications/meldingen.ts';

/** One change of one client as a melding told it. */
export interface Told {
  readonly clientId: string;
  readonly version: number;
  readonly kind: string;
}

/** Every housing change that stands in somebody's inbox, in the order in which it came there per client. */
export async function toldTo(api: Api): Promise<Told[]> {
  const meldingen = await api.all<Melding>('/v1/meldingen?limit=200');
  return meldingen
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    .flatMap(({ clientId, parts }) =>
      parts
        .filter(({ eventType }) => eventType.includes('housing-situation-changed'))
        .map(({ sequence, kind }) => ({ clientId, version: sequence, kind })),
    );
}
