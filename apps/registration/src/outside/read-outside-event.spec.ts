import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts/refusal.js';
import { readOutsideEvent } from './read-outside-event.js';

const data = { clientNumber: 'C1', placeCode: 'P1', date: '2026-01-10' };
const event = (over: object = {}) => ({
  specversion: '1.0',
  id: '1',
  source: 'urn:nld:e-vita:de-haven',
  type: 'nl.doorstroom.housing.arrival-reported.v1',
  time: '2026-03-01T08:00:00Z',
  data,
  ...over,
});

async function told(value: unknown): Promise<string> {
  try {
    await readOutsideEvent(value);
    return 'read';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, ...error.fields.map(({ path, code }) => `${path}:${code}`)].join(' ');
  }
}

describe('an event from outside', () => {
  it.each(['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.123456Z', '2026-03-01T08:00:00+02:00', '9999-12-31T23:59:59Z'])(
    'can have the time %s',
    async (time) => {
      expect(await told(event({ time }))).toBe('read');
      expect((await readOutsideEvent(event({ time }))).time.toISOString()).toMatch(/Z$/);
    },
  );

  it.each([
    '2026-W09-7T08:00:00Z',
    '2026-060T08:00:00Z',
    '20260301T08:00:00Z',
    '2026-03-01T08Z',
    '2026-03-01T08:00:00,5Z',
    '2026-02-30T08:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T23:59:60Z',
    '2026-03-01T08:00:00+99:99',
    '-0001-03-01T08:00:00Z',
    '2026-03-01',
    'gisteren',
  ])('with the time %s is refused at that field, and breaks nothing', async (time) => {
    expect(await told(event({ time }))).toBe('event-malformed time:instant-form');
  });

  it('keeps of the data what its type has, and nothing else: no name, no BSN, no key that a database cannot store', async () => {
    const sent = { ...data, bsn: '111222333', naam: 'Noor', 'a\u0000b': 1, $where: '1', deep: { er: { still: 1 } } };
    const read = await readOutsideEvent(event({ data: sent }));
    expect(JSON.parse(JSON.stringify(read.data))).toEqual(data);
    expect(read.sent).toMatchObject({ bsn: '111222333' });
  });

  it('is at most 64 KB, whatever is large in it', async () => {
    const large = 'x'.repeat(70_000);
    for (const over of [{ data: { ...data, remark: large } }, { extension: large }, { subject: '😀'.repeat(20_000) }]) {
      expect(await told(event(over))).toBe('event-malformed :field-too-long');
    }
    expect(await told(event({ extension: 'x'.repeat(60_000) }))).toBe('read');
  });

  it('holds only text that a person can read', async () => {
    expect(await told(event({ data: { ...data, clientNumber: 'C1\u0000' } }))).toBe(
      'event-malformed data.clientNumber:field-invalid',
    );
    expect(await told(event({ id: '\u202E1' }))).toBe('event-malformed id:field-invalid');
  });

  it('cannot bring a prototype along', async () => {
    const value: unknown = JSON.parse(
      JSON.stringify(event()).replace('"clientNumber":"C1"', '"__proto__":{"clientNumber":"C1"},"constructor":{"x":1}'),
    );
    expect(await told(value)).toBe('event-malformed data.clientNumber:field-required');
  });
});
