import type { Role } from './codes.js';

/** Who may ask: a role of a person, any connected system (client credentials), or one of our own services. */
export type Asker = Role | 'system' | 'service';

/** A class whose instances class-validator can check: the shape of what is asked. */
export type PayloadClass<P extends object> = new () => P;

/**
 * One question that a service answers. `P` is what is asked, `R` what comes back.
 * Requests are data, so that the gateway, the services, the role matrix test and the documentation read one list.
 */
export interface RequestDefinition<P extends object, R> {
  /** NATS subject: `<service>.<feature>.<verb>`. */
  readonly subject: string;
  readonly service: string;
  readonly payload: PayloadClass<P>;
  /** Roles that may ask at all; relations are decided by the owner. Default deny: an empty list admits nobody. */
  readonly allow: readonly Asker[];
  /** True when the reply holds client data: it leaves the service only after an access-log entry was stored. */
  readonly clientData: boolean;
  /** Milliseconds the asker waits, and after which the service no longer starts the work. */
  readonly deadlineMs: number;
  /** Never set; carries the reply's type. */
  readonly reply?: R;
}

interface RequestOptions<P extends object> {
  payload: PayloadClass<P>;
  allow: readonly Asker[];
  clientData?: boolean;
  deadlineMs?: number;
}

/** Every request that was defined in this process, by subject. */
const registry = new Map<string, RequestDefinition<object, unknown>>();

/**
 * Defines a request: `defineRequest<Payload, Reply>('registration.clients.get', { payload: Payload, allow: [...] })`.
 * @throws Error when the subject was defined before.
 */
export function defineRequest<P extends object, R>(
  subject: string,
  options: RequestOptions<P>,
): RequestDefinition<P, R> {
  if (registry.has(subject)) throw new Error(`Request ${subject} is defined twice`);
  const service = subject.split('.')[0] ?? subject;
  const definition = {
    subject,
    service,
    payload: options.payload,
    allow: options.allow,
    clientData: options.clientData ?? false,
    deadlineMs: options.deadlineMs ?? 5_000,
  };
  registry.set(subject, definition);
  return definition;
}
