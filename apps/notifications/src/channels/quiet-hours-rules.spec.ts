import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wallTimeInAmsterdam } from '#calendar/time-zone.js';
import { mailText } from './mail-text.js';
import { afterQuiet, isQuiet, mailMoment, nextTime } from './quiet-hours-rules.js';

const night = { from: '20:00', until: '07:00', exceptHigh: true };
const wishes = { mode: 'immediate' as const, digestAt: '08:00', quietHours: night };

describe('quiet hours', () => {
  it('may pass midnight, in Amsterdam', () => {
    // 19:30 UTC is 20:30 in winter, 21:30 in summer.
    expect(isQuiet(night, new Date('2026-01-10T19:30:00Z'))).toBe(true);
    expect(isQuiet(night, new Date('2026-01-10T18:59:00Z'))).toBe(false);
    expect(isQuiet(night, new Date('2026-07-10T18:00:00Z'))).toBe(true);
    expect(isQuiet(night, new Date('2026-01-10T06:00:00Z'))).toBe(false);
  });

  it('end at their end, also in the night that the clock changes', () => {
    expect(afterQuiet(night, new Date('2026-01-10T22:00:00Z'))).toEqual(new Date('2026-01-11T06:00:00Z'));
    expect(afterQuiet(night, new Date('2026-03-28T22:00:00Z'))).toEqual(new Date('2026-03-29T05:00:00Z'));
    expect(afterQuiet(night, new Date('2026-10-24T22:00:00Z'))).toEqual(new Date('2026-10-25T06:00:00Z'));
  });

  it('that end in the hour that comes twice end in that night', () => {
    const early = { from: '22:00', until: '02:30', exceptHigh: false };
    // 02:15 for the second time; the first 02:30 was 45 minutes ago.
    expect(afterQuiet(early, new Date('2026-10-25T01:15:00Z'))).toEqual(new Date('2026-10-25T01:30:00Z'));
    expect(isQuiet(early, new Date('2026-10-25T01:30:00Z'))).toBe(false);
  });

  it('are never longer than a day and never end in the past', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, instant, (from, until, moment) => {
        const after = afterQuiet({ from, until, exceptHigh: false }, moment);
        expect(after.getTime()).toBeGreaterThanOrEqual(moment.getTime());
        expect(after.getTime() - moment.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});

describe('when a mail goes out', () => {
  it('at the end of its bundle, so that several meldingen share it', () => {
    const first = mailMoment(wishes, 'normal', new Date('2026-01-10T10:00:05Z'), 60);
    const second = mailMoment(wishes, 'normal', new Date('2026-01-10T10:00:55Z'), 60);
    expect(first).toEqual({ at: new Date('2026-01-10T10:01:00Z'), kind: 'immediate' });
    expect(second).toEqual(first);
  });

  it('after the quiet hours, unless it is urgent and may break through', () => {
    const evening = new Date('2026-01-10T21:00:00Z');
    expect(mailMoment(wishes, 'normal', evening, 60)?.at).toEqual(new Date('2026-01-11T06:00:00Z'));
    expect(mailMoment(wishes, 'high', evening, 60)?.at).toEqual(new Date('2026-01-10T21:01:00Z'));
    const strict = { ...wishes, quietHours: { ...night, exceptHigh: false } };
    expect(mailMoment(strict, 'high', evening, 60)?.at).toEqual(new Date('2026-01-11T06:00:00Z'));
  });

  it('once a day as a digest, or never', () => {
    const evening = new Date('2026-01-10T21:00:00Z');
    const digest = mailMoment({ ...wishes, mode: 'digest' }, 'high', evening, 60);
    expect(digest).toEqual({ at: new Date('2026-01-11T07:00:00Z'), kind: 'digest' });
    expect(wallTimeInAmsterdam(nextTime('08:00', evening))).toBe('08:00');
    expect(mailMoment({ ...wishes, mode: 'off' }, 'high', evening, 60)).toBeUndefined();
  });
});

describe('the text of a mail', () => {
  it('says how many and where, in both languages', () => {
    const content = { unread: 2, late: 1, inboxUrl: 'https://doorstroom.example/meldingen', digest: false };
    expect(mailText('nl', content)).toMatchObject({ subject: 'Doorstroom: 2 meldingen voor jou' });
    expect(mailText('nl', content).text).toContain('https://doorstroom.example/meldingen');
    expect(mailText('en', { ...content, unread: 1, digest: true }).subject).toBe(
      'Doorstroom: your overview (1 melding)',
    );
  });

  it('reminds of what was read and still waits, and never speaks of none', () => {
    const inboxUrl = 'https://doorstroom.example/meldingen';
    const one = { unread: 0, late: 1, inboxUrl, digest: false };
    expect(mailText('nl', one).subject).toBe('Doorstroom: 1 melding wacht op jou');
    expect(mailText('nl', one).text).toMatch(/^Eén melding wacht al te lang\./);
    expect(mailText('en', { ...one, late: 3 }).subject).toBe('Doorstroom: 3 meldingen wait for you');
    expect(mailText('en', { ...one, late: 3, digest: true }).subject).toBe('Doorstroom: your overview (3 meldingen)');
    for (const language of ['nl', 'en'] as const) {
      for (const digest of [true, false]) {
        const { subject, text } = mailText(language, { ...one, digest });
        expect(`${subject} ${text}`).not.toContain('0 ');
      }
    }
  });
});
