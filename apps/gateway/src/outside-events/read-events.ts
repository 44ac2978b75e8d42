import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '#contracts/refusal.js';
import { MAX_OUTSIDE_EVENTS } from '#contracts/registration/outside-events.js';
import { isTooDeep } from '../http/json-form.js';
import { BATCH_TYPE, CloudEventsBody, SINGLE_TYPE } from './cloud-events-parser.js';

/** The events of one request, each still to be checked by itself. */
export interface SentEvents {
  readonly events: readonly unknown[];
  readonly isBatch: boolean;
}

/**
 * Reads the three modes of the CloudEvents HTTP binding 1.0: structured, batched, and binary (attributes in `ce-`
 * headers, data as the JSON body).
 * @throws Refusal `media-type-unsupported`, `malformed-body`, or `batch-too-long`
 */
export function readEvents({ headers, body }: { headers: IncomingHttpHeaders; body: unknown }): SentEvents {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === BATCH_TYPE && body instanceof CloudEventsBody) return batch(body.content);
  if (type === SINGLE_TYPE && body instanceof CloudEventsBody) return { events: [body.content], isBatch: false };
  if (type === 'application/json' && headers['ce-specversion'] !== undefined) {
    if (isTooDeep(body)) throw Refusal.of('malformed-body');
    return { events: [binary(headers, body)], isBatch: false };
  }
  throw Refusal.of('media-type-unsupported', { params: { allowed: `${SINGLE_TYPE}, ${BATCH_TYPE}` } });
}

function batch(content: unknown): SentEvents {
  if (!Array.isArray(content)) throw Refusal.of('malformed-body');
  if (content.length > MAX_OUTSIDE_EVENTS) {
    throw Refusal.of('batch-too-long', { params: { max: MAX_OUTSIDE_EVENTS } });
  }
  return { events: content, isBatch: true };
}

function binary(headers: IncomingHttpHeaders, data: unknown): object {
  const attributes = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    name.startsWith('ce-') && typeof value === 'string' ? [[name.slice(3), decoded(value)]] : [],
  );
  return { ...Object.fromEntries(attributes), datacontenttype: 'application/json', data };
}

/** Header values are percent-encoded (CloudEvents HTTP binding, 3.1.3.2). */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
