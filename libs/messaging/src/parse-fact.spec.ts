import { describe, expect, it } from '@jest/globals';
import { IsString } from 'class-validator';
import { defineFact } from '#contracts/fact.js';
import { parseFact, PoisonFact } from './parse-fact.js';

class Told {
  @IsString() text: string;
}

const told = defineFact('nl.doorstroom.parsing.told.v1', { data: Told, summary: 'For this spec only.' });

function eventWith(changes: object): string {
  return JSON.stringify({
    specversion: '1.0',
    id: 'event-1',
    source: 'urn:nld:doorstroom:parsing',
    type: told.type,
    time: '2026-01-01T00:00:00Z',
    datacontenttype: 'application/json',
    partitionkey: 'key',
    sequence: '1',
    data: { text: 'hello' },
    ...changes,
  });
}

describe('parseFact', () => {
  it('reads an event, and leaves out what it does not know', async () => {
    const event = await parseFact(told, eventWith({ data: { text: 'hello', later: true } }));
    expect(event).toMatchObject({ id: 'event-1', sequence: '1', data: { text: 'hello' } });
    expect(event.data).not.toHaveProperty('later');
  });

  it.each([
    ['no number', 'first'],
    ['negative', '-1'],
    ['no whole number', '1.5'],
    ['larger than can be counted', '9'.repeat(16)],
    ['empty', ''],
  ])('refuses a version that is %s: it would never have a turn', async (_, sequence) => {
    await expect(parseFact(told, eventWith({ sequence }))).rejects.toBeInstanceOf(PoisonFact);
  });
});
