import type { ChangeChannel } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import { contentHash, creationId, derivedId, newId, requestContent } from '../identity.js';
import type { HousingCommand } from './housing-commands.js';
import type { LoadedHousing, StoredChange } from './housing-snapshot.js';

/** By which door a command came in, and the identity under which it may be repeated. */
export interface HousingOrigin {
  readonly channel: ChangeChannel;
  /**
   * The same `scope` and `key` carry out the same command once only. Scope says whose key it is: `person:<id>`,
   * `import:<id>`, `event:<source>`. Without it every request is a new one.
   */
  readonly request?: { readonly scope: string; readonly key: string };
  /** Name of the request in the access log; `registration.stays.record` when absent. */
  readonly operation?: string;
}

/** What a request gives its changes and its access-log entry as identifiers. */
export interface RequestIdentity {
  readonly idFor: (name: string) => string;
  /** Of the access-log entry: unique in the outbox, so that one key cannot be used for two clients. */
  readonly entryId: string;
}

/** The same request gives the same identifiers; one without a key gives new ones. */
export function identityOf({ request }: HousingOrigin): RequestIdentity {
  const scope = request?.scope ?? 'unrepeatable';
  const key = request?.key ?? newId();
  return {
    idFor: (name) => derivedId(name, scope, key),
    entryId: creationId('housing-request', scope, request?.key),
  };
}

/** Content of a command; the version that the caller saw is a condition and no content. */
export function hashOf(command: HousingCommand): string {
  const unconditional = <T extends object>(part: T): T => ({ ...part, expectedVersion: undefined });
  const content =
    command.kind === 'swap'
      ? { ...command, first: unconditional(command.first), second: unconditional(command.second) }
      : unconditional(command);
  return contentHash(requestContent(content));
}

/** The changes that the same request made before. @throws Refusal `idempotency-key-reused` when it asked for more */
export function findEarlier(
  { clients }: LoadedHousing,
  identity: RequestIdentity,
  hash: string,
): StoredChange[] | undefined {
  const earlier = clients.flatMap(({ clientId, ledger }) => {
    const changeId = identity.idFor(`change:${clientId}`);
    const changes: readonly StoredChange[] = ledger.changes;
    return changes.filter((change) => change.changeId === changeId);
  });
  if (earlier.length === 0) return undefined;
  if (earlier.some(({ requestHash }) => requestHash !== hash)) throw Refusal.of('idempotency-key-reused');
  return earlier;
}
