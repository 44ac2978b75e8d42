import { queryOptions } from '@tanstack/react-query';

import type { Role } from '#contracts/codes.js';
import type { Permission } from '#contracts/permissions.js';

import { rememberOffset, rememberToday } from '../ui/dates.js';
import { api, rememberCsrfToken } from './http.js';

export type { Permission };

/** `GET /v1/me` */
export interface Me {
  personId: string;
  name: string;
  roles: Role[];
  organisationId?: string;
  organisationName?: string;
  csrfToken: string;
  locale?: string;
  /** Colleagues whose work this person does; `until` is their first day back. */
  replacing: { personId: string; name: string; until: string }[];
  demo: boolean;
  permissions: Permission[];
  /** The civil date on the services' clock. */
  today?: string;
  /** In a demo whose date can be moved: by how many milliseconds it was; absent everywhere else. */
  clockOffset?: number;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await api.get<Me>('/v1/me', { signal });
    rememberCsrfToken(me.csrfToken);
    rememberToday(me.today);
    if (me.clockOffset !== undefined) rememberOffset(me.clockOffset);
    return me;
  },
  staleTime: 5 * 60_000,
  retry: false,
});

/** Ends the session here; the answer says where the browser ends it at the issuer. */
export const signOut = (): Promise<{ signOutUrl: string }> => api.post('/auth/sign-out');

/** Address of the sign-in, which brings the person back to the page. */
export function signInAddress(returnTo: string): string {
  return `/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`;
}
