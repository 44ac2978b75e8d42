import { queryOptions } from '@tanstack/react-query';

import type { MeldingStatus, MeldingUrgency } from '#contracts/notifications/codes.js';
import type {
  AcknowledgedMeldingen,
  ClientMelding as ClientMeldingReply,
  ClientMeldingen as ClientMeldingenReply,
  HandOverOptions,
  Melding as MeldingReply,
  MeldingCounts as CountsReply,
  MeldingPart,
} from '#contracts/notifications/meldingen.js';
import type { NotificationPreferences } from '#contracts/notifications/preferences.js';

import { api, type Page } from './http.js';
import { NO_NAMES, type Beside, type Names } from './joined.js';
import { pagedQuery } from './paging.js';

/** The inbox of meldingen for which nobody is responsible, as the API names it. */
export const UNASSIGNED = 'unassigned';

export type { MeldingPart, MeldingStatus, MeldingUrgency, NotificationPreferences };

/** The lists that a person can look at. */
export const MELDING_LISTS = [
  'open',
  'snoozed',
  'acknowledged',
  'picked-up',
] as const satisfies readonly MeldingStatus[];
export type MeldingList = (typeof MELDING_LISTS)[number];

export const URGENCIES = ['high', 'normal', 'low'] as const satisfies readonly MeldingUrgency[];

/** Why an open melding stands where it stands: late ones come first, then by urgency (the order is the service's). */
export const ATTENTION_GROUPS = ['late', 'high', 'normal', 'low'] as const satisfies readonly (
  'late' | MeldingUrgency
)[];
export type AttentionGroup = (typeof ATTENTION_GROUPS)[number];

/** A melding with the names of the client, places and people in it. */
export type Melding = MeldingReply & {
  names: Names;
  /** As it was when the list was fetched: what becomes late meanwhile says so in its place, and does not move. */
  group: AttentionGroup;
};
export type MeldingCounts = Beside<CountsReply>;

/** How many meldingen are in a list. */
export const countOf = (counts: MeldingCounts, list: MeldingList): number =>
  list === 'picked-up' ? counts.pickedUp : counts[list];

export interface MeldingFilter {
  status?: MeldingStatus | undefined;
  urgency?: MeldingUrgency | undefined;
  clientId?: string | undefined;
  /** The inbox of a colleague who is replaced, or `unassigned`. */
  ofPersonId?: string | undefined;
}

export const meldingKeys = {
  all: ['meldingen'] as const,
  lists: ['meldingen', 'list'] as const,
  ones: ['meldingen', 'one'] as const,
  counts: ['meldingen', 'counts'] as const,
};

export const meldingCountsQuery = queryOptions({
  queryKey: meldingKeys.counts,
  queryFn: ({ signal }) => api.get<MeldingCounts>('/v1/meldingen/counts', { signal }),
});

export const meldingenQuery = (filter: MeldingFilter) =>
  pagedQuery<Melding>([...meldingKeys.lists, filter], async (cursor, signal) => {
    const page = await api.get<Beside<Page<MeldingReply>>>('/v1/meldingen', { query: { ...filter, cursor }, signal });
    return { ...page, items: page.items.map((melding) => withNames(melding, page.names)) };
  });

/** One melding, for who comes by its address. */
export const meldingQuery = (meldingId: string) =>
  queryOptions({
    queryKey: [...meldingKeys.ones, meldingId],
    queryFn: async ({ signal }) => {
      const { names, ...melding } = await api.get<Beside<MeldingReply>>(`/v1/meldingen/${meldingId}`, { signal });
      return withNames(melding, names);
    },
  });

function withNames(melding: MeldingReply, names: Names | undefined): Melding {
  return { ...melding, names: names ?? NO_NAMES, group: melding.late ? 'late' : melding.urgency };
}

/** A melding about a client, of whoever got it, with the names in it. */
export type ClientMelding = ClientMeldingReply & { names: Names };

/** Every melding about a client that the person may see, newest first. */
export const clientMeldingenQuery = (clientId: string) =>
  pagedQuery<ClientMelding, Page<ClientMelding> & Pick<ClientMeldingenReply, 'of'>>(
    [...meldingKeys.lists, 'client', clientId],
    async (cursor, signal) => {
      const page = await api.get<Beside<ClientMeldingenReply>>(`/v1/clients/${clientId}/meldingen`, {
        query: { cursor },
        signal,
      });
      return { ...page, items: page.items.map((melding) => ({ ...melding, names: page.names ?? NO_NAMES })) };
    },
  );

type MeldingRef = Pick<Melding, 'meldingId' | 'version'>;
const on = (melding: MeldingRef): string => `/v1/meldingen/${melding.meldingId}`;

export const markRead = (melding: MeldingRef): Promise<MeldingReply> => api.post(`${on(melding)}/read`);
export const markUnread = (melding: MeldingRef): Promise<MeldingReply> => api.post(`${on(melding)}/unread`);
/** With the version that was looked at: refused when a part came in that the person has not seen. */
export const acknowledge = (melding: MeldingRef): Promise<MeldingReply> =>
  api.post(`${on(melding)}/acknowledge`, { version: melding.version });
export const reopen = (melding: MeldingRef): Promise<MeldingReply> => api.post(`${on(melding)}/reopen`);

/** Out of the way until a day; then it comes back by itself, unread. */
export const snooze = (melding: MeldingRef, until: string): Promise<MeldingReply> =>
  api.post(`${on(melding)}/snooze`, { body: { until } });

export const handOver = (melding: MeldingRef, toPersonId: string, note: string): Promise<MeldingReply> =>
  api.post(`${on(melding)}/hand-over`, { body: note === '' ? { toPersonId } : { toPersonId, note } });

/** Colleagues who may see the client, and so can take the melding over. */
export const handOverQuery = (melding: MeldingRef) =>
  queryOptions({
    queryKey: [...meldingKeys.all, 'colleagues', melding.meldingId],
    queryFn: ({ signal }) => api.get<Beside<HandOverOptions>>(`${on(melding)}/colleagues`, { signal }),
  });

/** As many as the API takes at once. */
const AT_ONCE = 100;

/** Each as it was seen: one that got another part meanwhile stays open. */
export async function acknowledgeMany(
  seen: readonly Pick<Melding, 'meldingId' | 'parts'>[],
): Promise<AcknowledgedMeldingen> {
  const meldingen = seen.map(({ meldingId, parts }) => ({ meldingId, parts: parts.length }));
  const items: AcknowledgedMeldingen['items'] = [];
  for (let start = 0; start < meldingen.length; start += AT_ONCE) {
    const body = { meldingen: meldingen.slice(start, start + AT_ONCE) };
    items.push(...(await api.post<AcknowledgedMeldingen>('/v1/meldingen/acknowledge', { body })).items);
  }
  return { items };
}

export const preferencesQuery = queryOptions({
  queryKey: ['notification-preferences'],
  queryFn: ({ signal }) => api.get<NotificationPreferences>('/v1/me/notification-preferences', { signal }),
});

export const savePreferences = (
  version: number,
  body: Pick<NotificationPreferences, 'email' | 'quietHours' | 'language'>,
): Promise<NotificationPreferences> => api.put('/v1/me/notification-preferences', { body, version });
