import type { Caller } from '#contracts/caller.js';
import type { Replacing } from '#contracts/notifications/caseloads.js';
import type { Person } from '#contracts/registration/people.js';
import type { Asker } from '#contracts/request.js';
import type { Identity } from './identity.js';

/** Who asks, as the directory knows them, with the means to prove it to the services. */
export interface SignedInCaller {
  readonly identity: Identity;
  readonly person: Person;
  /** Colleagues whose work the person does today. */
  readonly replacing: readonly Replacing[];
  readonly caller: Caller;
  /** A proof for the service that is asked, valid for at least 20 seconds more. */
  token(service: string): Promise<string>;
}

/** Whether a contract admits the caller at all; the owner of the data decides about relations. */
export function isAllowed(allow: readonly Asker[] | 'public', { caller }: Pick<SignedInCaller, 'caller'>): boolean {
  if (allow === 'public') return true;
  if (caller.kind !== 'person') return allow.includes(caller.kind);
  return caller.roles.some((role) => allow.includes(role));
}
