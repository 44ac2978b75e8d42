import { describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '#contracts/refusal.js';
import { BATCH_TYPE, CloudEventsBody, SINGLE_TYPE } from './cloud-events-parser.js';
import { statusOf } from './outside-events.route.js';
import { readEvents } from './read-events.js';

const event = { specversion: '1.0', id: '1' };
const read = (type: string, body: unknown, headers: IncomingHttpHeaders = {}) =>
  readEvents({ headers: { 'content-type': type, ...headers }, body });

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('the events of a request', () => {
  it('are read in structured and batched mode, whatever the parameters of the type', () => {
    const single = read(`${SINGLE_TYPE}; charset=utf-8`, new CloudEventsBody(event));
    expect(single).toEqual({ events: [event], isBatch: false });
    expect(read(BATCH_TYPE, new CloudEventsBody([event, 7]))).toEqual({ events: [event, 7], isBatch: true });
    expect(read(BATCH_TYPE, new CloudEventsBody([]))).toEqual({ events: [], isBatch: true });
  });

  it('are read in binary mode, with their headers decoded', () => {
    const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': 'urn:caf%C3%A9', 'ce-type': 'x' };
    expect(read('application/json', { clientNumber: 'C1' }, headers)).toEqual({
      events: [
        {
          specversion: '1.0',
          id: '1',
          source: 'urn:café',
          type: 'x',
          datacontenttype: 'application/json',
          data: { clientNumber: 'C1' },
        },
      ],
      isBatch: false,
    });
  });

  it.each([
    ['plain JSON', () => read('application/json', event), 'media-type-unsupported'],
    ['another kind of content', () => read('text/csv', 'a;b'), 'media-type-unsupported'],
    ['a batch that is no list', () => read(BATCH_TYPE, new CloudEventsBody(event)), 'malformed-body'],
    ['a batch of 201', () => read(BATCH_TYPE, new CloudEventsBody(Array(201).fill(event))), 'batch-too-long'],
  ])('are refused as %s', (_what, work, code) => {
    expect(codeOf(work)).toBe(code);
  });
});

describe('the status of one answer', () => {
  it.each([
    [{ outcome: 'accepted' }, 200],
    [{ outcome: 'already-accepted' }, 200],
    [{ outcome: 'waiting', code: 'client-not-housed' }, 202],
    [{ outcome: 'refused', code: 'event-content-differs' }, 409],
    [{ outcome: 'refused', code: 'unknown-event-type' }, 422],
    [{ outcome: 'refused', code: 'event-malformed' }, 400],
    [{ outcome: 'refused' }, 422],
  ] as const)('of %j is %d', (answer, status) => {
    expect(statusOf(answer)).toBe(status);
  });
});
