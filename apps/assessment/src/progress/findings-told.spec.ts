import { describe, expect, it } from '@jest/globals';
import { defaultDueSettings } from '../due/default-settings.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { isNews } from './findings-told.js';

describe('what a ZRM from a file gives reason to discuss', () => {
  const today = d('2026-06-15');
  const latest = { latest: { measurementId: 'a', kind: 'periodic' as const, date: d('2026-06-01') } };
  const news = (measurementId: string, date: string, ladder = defaultDueSettings.ladder) =>
    isNews({ measurementId, date: d(date) }, latest, { ladder }, today);

  it('is news of the latest, as long as a late one would be reminded of', () => {
    expect(news('a', '2026-06-15')).toBe(true);
    expect(news('a', '2026-06-01')).toBe(true);
    expect(news('a', '2026-05-31')).toBe(false);
  });

  it('is no news of one before the latest, however recent', () => {
    expect(news('b', '2026-06-15')).toBe(false);
    expect(isNews({ measurementId: 'a', date: today }, {}, defaultDueSettings, today)).toBe(false);
  });

  it('goes by the ladder of the region; without a step after the date only of today', () => {
    expect(news('a', '2026-06-14', [])).toBe(false);
    expect(news('a', '2026-06-15', [])).toBe(true);
    const long = [{ step: 'last', days: 30, audience: ['clientmanager' as const] }];
    expect(news('a', '2026-05-16', long)).toBe(true);
  });
});
