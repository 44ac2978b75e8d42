import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/**
 * The W3C trace context of the work in hand. It travels in HTTP and message headers and in every fact, so that one
 * change can be followed from the door to the melding.
 */
export interface Trace {
  /** `00-<trace id>-<parent span id>-<flags>`. */
  traceparent: string;
  /** Shown to people as the correlation id; equals the trace id. */
  correlationId: string;
}

const storage = new AsyncLocalStorage<Trace>();
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Continues the trace of an incoming `traceparent`, or begins a new one when it is absent or malformed. */
export function continueTrace(incoming: string | undefined): Trace {
  const [, traceId, , flags] = TRACEPARENT.exec(incoming ?? '') ?? [];
  const valid = traceId !== undefined && !/^0+$/.test(traceId);
  const id = valid ? traceId : randomBytes(16).toString('hex');
  return { traceparent: `00-${id}-${randomBytes(8).toString('hex')}-${flags ?? '01'}`, correlationId: id };
}

/** Runs `work` within a trace; everything it awaits sees the same one. */
export function withTrace<T>(trace: Trace, work: () => T): T {
  return storage.run(trace, work);
}

/** The trace of the work in hand, if any. */
export function currentTrace(): Trace | undefined {
  return storage.getStore();
}
