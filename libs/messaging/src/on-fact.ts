import { EventPattern } from '@nestjs/microservices';
import type { CloudEvent, FactDefinition } from '#contracts/fact.js';

/** Transport id of the JetStream strategy: handlers marked with it are not seen by the request transport. */
export const JETSTREAM = Symbol('JETSTREAM');

/** What the strategy needs to know of a handler: the fact it takes. */
export interface FactHandlerExtras {
  fact: FactDefinition<object>;
}

/** True when a handler's extras were made by `OnFact`. */
export function isFactHandlerExtras(extras: unknown): extras is FactHandlerExtras {
  return typeof extras === 'object' && extras !== null && 'fact' in extras;
}

/**
 * Marks a controller method as the handler of a fact: `handler(event: CloudEvent<D>): Promise<void>`. It runs at least
 * once for each fact and must be idempotent; the message is acknowledged after it returned. Throwing means: again later.
 */
export function OnFact<D extends object>(fact: FactDefinition<D>) {
  const mark = EventPattern<Record<string, CloudEvent<D>>>(fact.subject, JETSTREAM, { fact });
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<(event: CloudEvent<D>) => Promise<void>>,
  ): void => {
    mark(target, key, descriptor);
  };
}
