import { describe, expect, it } from '@jest/globals';
import { positionFrom, SentMeldingen } from './sent-meldingen.js';

describe('SentMeldingen', () => {
  const melding = (meldingId: string, version = 1) => ({ meldingId, version });

  it('sends no version twice, and moves forward only', () => {
    const sent = new SentMeldingen('1000-0');
    expect(sent.note('2000-b', melding('b'), 0)).toBe(true);
    expect(sent.note('2000-b', melding('b'), 0)).toBe(false);
    expect(sent.note('2100-b', melding('b', 2), 0)).toBe(true);
    expect(sent.note('1500-a', melding('a'), 0)).toBe(true);
    expect(sent.position).toBe('2100-b');
    expect(sent.known(0)).toEqual(['b:1', 'b:2', 'a:1']);
  });

  it('forgets what is older than a minute, and the oldest above 500', () => {
    const sent = new SentMeldingen('0-0');
    for (let index = 0; index < 600; index += 1) sent.note(`${index}-m`, melding(`m${index}`), index);
    expect(sent.known(600)).toHaveLength(500);
    expect(sent.known(600)[0]).toBe('m100:1');
    expect(sent.known(120_000)).toEqual([]);
  });

  it('names to the service only what it will look back at', () => {
    const sent = new SentMeldingen('1000-0');
    sent.note('1000-a', melding('a'), 0);
    sent.note('10999-b', melding('b'), 0);
    sent.note('21000-c', melding('c'), 0);
    expect(sent.known(0)).toEqual(['c:1']);
    sent.position = '20999-c';
    expect(sent.known(0)).toEqual(['b:1', 'c:1']);
    expect(sent.note('10999-b', melding('b'), 0)).toBe(false);
  });

  it('looks back to before a move of the date for a while: what was changed before it may be stored after it', () => {
    const sent = new SentMeldingen('1000-0');
    sent.note('2000-a', melding('a'), 0);
    sent.dateMoved(5);
    expect(sent.note('9000000-b', melding('b'), 10)).toBe(true);
    expect(sent.position).toBe('9000000-b');
    expect(sent.from(20)).toBe('2000-a');
    expect(sent.known(20)).toEqual(['a:1', 'b:1']);
    sent.dateMoved(25);
    expect(sent.from(30_024)).toBe('2000-a');
    expect(sent.from(30_025)).toBe('9000000-b');
    expect(sent.known(30_025)).toEqual(['b:1']);
  });

  it('takes only positions of ours from outside', () => {
    expect(positionFrom('1700000000000-0192f6a8-0000')).toBe('1700000000000-0192f6a8-0000');
    expect([positionFrom(undefined), positionFrom('x'), positionFrom('1-a b'), positionFrom('1-')]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
