import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { currentTrace, inSpan } from '#messaging/trace.js';
import { waitFor } from '#testing/wait-for.js';
import { breakNotes, readNotes } from './test-support/spine-contracts.js';
import { type SpineProcess, type SpineSystem, spineSystem } from './test-support/spine-system.js';

/** As a deployer would: an SDK beside the service, which knows nothing of it. */
const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const FACT = 'facts.spine.note-written.v1';
const CHANGE = { name: 'change', kind: SpanKind.INTERNAL };

let system: SpineSystem;
let process: SpineProcess;

beforeAll(async () => {
  trace.setGlobalTracerProvider(provider);
  system = await spineSystem();
  process = await system.start();
});
afterAll(async () => {
  await system.close();
  await provider.shutdown();
  trace.disable();
});
afterEach(() => {
  process.book.before = () => undefined;
  exporter.reset();
});

/** The span of that name, once it was ended. */
function spanOf(name: string): Promise<ReadableSpan> {
  return waitFor(() => exporter.getFinishedSpans().find((span) => span.name === name), { what: `the span ${name}` });
}

describe('with an OpenTelemetry SDK', () => {
  it('a fact that is published and handled shows under the work that made it', async () => {
    let inHandler: string | undefined;
    process.book.before = () => {
      inHandler = currentTrace()?.correlationId;
    };
    const [id] = await inSpan(CHANGE, undefined, () => process.book.write([{ noteId: 'traced', version: 1 }]));
    const [change, sent, handled] = [
      await spanOf('change'),
      await spanOf(`send ${FACT}`),
      await spanOf(`process ${FACT}`),
    ];
    expect(change.parentSpanContext).toBeUndefined();
    const { traceId, spanId } = change.spanContext();
    for (const span of [sent, handled]) {
      expect(span.parentSpanContext).toMatchObject({ traceId, spanId });
      expect(span.attributes).toMatchObject({ 'messaging.system': 'nats', 'messaging.message.id': id });
      expect(span.status.code).toBe(SpanStatusCode.UNSET);
    }
    expect([sent.kind, handled.kind]).toEqual([SpanKind.PRODUCER, SpanKind.CONSUMER]);
    expect(inHandler).toBe(traceId);
    const [entry] = await system.outbox({ _id: id });
    expect(entry?.event.traceparent).toBe(`00-${traceId}-${spanId}-01`);
  });

  it('a request shows under the work that asked, and what it publishes under the request', async () => {
    const token = await system.token();
    await inSpan(CHANGE, undefined, () => process.bus.ask(readNotes, { noteIds: ['c1'] }, token));
    const change = await spanOf('change');
    const request = await spanOf(readNotes.subject);
    const sent = await spanOf('send access.audit.access-logged.v1');
    expect(request.kind).toBe(SpanKind.SERVER);
    expect(request.parentSpanContext?.spanId).toBe(change.spanContext().spanId);
    expect(sent.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(sent.spanContext().traceId).toBe(change.spanContext().traceId);
  });

  it('a failure shows by its kind, and says nothing of the inside', async () => {
    const token = await system.token();
    await inSpan(CHANGE, undefined, () => process.bus.ask(breakNotes, {}, token)).catch(() => undefined);
    const request = await spanOf(breakNotes.subject);
    expect(request.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(request.attributes['error.type']).toBe('Error');
    expect(JSON.stringify([request.attributes, request.events])).not.toContain('secret detail');
  });

  it('a fact that waits for its turn is no failure', async () => {
    await inSpan(CHANGE, undefined, async () => {
      await process.book.writeOrdered([{ noteId: 'early', version: 2 }]);
    });
    await spanOf('process facts.spine.note-ordered.v1');
    await process.book.writeOrdered([{ noteId: 'early', version: 1 }]);
    await waitFor(async () => (await process.book.versionsInOrder('early')).length === 2);
    const spans = exporter.getFinishedSpans().filter(({ name }) => name.startsWith('process'));
    expect(spans.map(({ status }) => status.code)).toEqual(spans.map(() => SpanStatusCode.UNSET));
  });
});
