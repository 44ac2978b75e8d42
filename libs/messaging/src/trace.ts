import { randomBytes } from 'node:crypto';
import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace as tracing,
  TraceFlags,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/**
 * The trace of the work in hand. It travels in HTTP and message headers and in every fact, so that one change can be
 * followed from the door to the melding. Spans are OpenTelemetry's: without an SDK they record nothing, and the trace is
 * carried all the same.
 */
export interface Trace {
  /** W3C: `00-<trace id>-<parent span id>-<flags>`. */
  readonly traceparent: string;
  /** Shown to people as the correlation id; equals the trace id. */
  readonly correlationId: string;
  readonly context: Context;
}

/** A piece of work that a span tells of. */
interface SpanOf {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  /** Failures that are part of the work; by default every failure is one of the span. */
  readonly isExpected?: (error: unknown) => boolean;
}

/** A span that is ended by hand, where work is no single function. */
interface OpenSpan {
  readonly trace: Trace;
  readonly span: Span;
}

// Facts and requests carry W3C's form by contract, whatever else a deployer lets an SDK propagate.
const propagator = new W3CTraceContextPropagator();
const SCOPE = 'doorstroom';

carryContexts();

/** Continues the trace of an incoming `traceparent`, or begins a new one when it is absent or malformed. */
export function continueTrace(incoming: string | undefined): Trace {
  return traceIn(parentOf(incoming)) ?? newTrace();
}

/** Runs `work` within a trace; everything it awaits sees the same one. */
export function withTrace<T>(trace: Trace, work: () => T): T {
  return context.with(trace.context, work);
}

/** The trace of the work in hand, if any. */
export function currentTrace(): Trace | undefined {
  return traceIn(context.active());
}

/** Begins a span that continues the trace of an incoming `traceparent`, or a new one. End it: `opened.span.end()`. */
export function openSpan({ name, kind, attributes }: SpanOf, incoming: string | undefined): OpenSpan {
  const parent = parentOf(incoming);
  const span = tracing.getTracer(SCOPE).startSpan(name, { kind, ...(attributes ? { attributes } : {}) }, parent);
  // Without an SDK a span is its parent's, and one without a parent has no identity.
  const trace = traceIn(tracing.setSpan(parent, span)) ?? newTrace();
  return { trace, span };
}

/** Does work in a span that continues the trace of an incoming `traceparent`, or a new one; a failure shows in it. */
export async function inSpan<T>(of: SpanOf, incoming: string | undefined, work: () => Promise<T>): Promise<T> {
  const { trace, span } = openSpan(of, incoming);
  try {
    return await withTrace(trace, work);
  } catch (error) {
    if (of.isExpected?.(error) !== true) failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Shows a failure in a span. Only its kind: messages may hold what does not belong outside of the service. */
export function failSpan(span: Span, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  span.setAttribute('error.type', name);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Shows a failure in the span of the work in hand. */
export function failCurrentSpan(error: unknown): void {
  const span = tracing.getActiveSpan();
  if (span) failSpan(span, error);
}

function parentOf(traceparent: string | undefined): Context {
  return propagator.extract(ROOT_CONTEXT, traceparent === undefined ? {} : { traceparent }, defaultTextMapGetter);
}

function newTrace(): Trace {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  const trace = traceIn(
    tracing.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }),
  );
  if (!trace) throw new Error('a trace of random numbers is valid');
  return trace;
}

function traceIn(within: Context): Trace | undefined {
  const span = tracing.getSpanContext(within);
  if (!span || !isSpanContextValid(span)) return undefined;
  const carrier: { traceparent?: string } = {};
  propagator.inject(within, carrier, defaultTextMapSetter);
  if (carrier.traceparent === undefined) return undefined;
  return { context: within, traceparent: carrier.traceparent, correlationId: span.traceId };
}

/** Lets contexts follow asynchronous work, unless an SDK that was loaded before sees to that. */
function carryContexts(): void {
  const probe = createContextKey('doorstroom probe');
  const isCarried = context.with(ROOT_CONTEXT.setValue(probe, true), () => context.active().getValue(probe) === true);
  if (!isCarried) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}
