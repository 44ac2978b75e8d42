import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import { Refusal } from '#contracts/refusal.js';
import { knownSteps, knownVersions } from '../matrix/known-versions.js';
import { VersionMapping } from '../matrix/mapping.js';
import { decideCalibration } from './calibration-decision.js';
import type { CalibrationCommand, GivenCase, Session } from './calibration-types.js';
import { blindRatingsOf, listedOf, viewOf } from './calibration-views.js';

const matrix = new VersionMapping(knownVersions, knownSteps);
const domains = matrix.version('2017')?.domains.map(({ code }) => code) ?? [];
const vignette: GivenCase = { kind: 'vignette', title: ' Noor ', text: 'Slaapt bij vrienden.' };

/** Every domain at a level. */
const scores = (level: ZrmScore) => domains.map((domain) => ({ domain, score: level }));

/** One session: given … when … then. */
class World {
  session: Session | undefined;

  do(by: string, command: CalibrationCommand, seesClosed = false): this {
    this.session = decideCalibration(command, this.session, {
      sessionId: 'session',
      now: new Date('2026-06-15T10:00:00Z'),
      by,
      organisationId: `${by}-house`,
      seesClosed,
      matrix,
    });
    return this;
  }

  plan(change: Partial<Extract<CalibrationCommand, { kind: 'plan' }>> = {}): this {
    const plan = { matrixVersion: '2017', cases: [vignette, vignette], personIds: ['ann', 'bob'] };
    return this.do('regisseur', { kind: 'plan', ...plan, ...change });
  }

  score(by: string, caseId: string, level: ZrmScore, expectedVersion = 0, seesClosed = false): this {
    return this.do(by, { kind: 'score', caseId, expectedVersion, scores: scores(level) }, seesClosed);
  }

  /** By who plans, on the version that stands. */
  change(
    command: { kind: 'close' } | { kind: 'invite'; personIds: string[] } | { kind: 'withdraw'; personId: string },
  ) {
    return this.do('regisseur', { ...command, expectedVersion: this.now.version });
  }

  reopen(): this {
    return this.do('regisseur', { kind: 'reopen', expectedVersion: this.now.version, reason: 'rater-missing' });
  }

  get now(): Session {
    if (this.session === undefined) throw new Error('nothing was planned');
    return this.session;
  }

  get history(): string[] {
    return this.now.history.map(({ kind }) => kind);
  }

  /** What counts in figures, as `rater case level`. */
  get counting(): string[] {
    return blindRatingsOf(this.now)
      .filter(({ domain }) => domain === 'housing')
      .map(({ rater, subject, score }) => `${rater} ${subject.slice(-1)} ${score}`);
  }
}

/** The refusal as `code`, or `path: code` per field; what was stored must not have changed. */
function refused(world: World, act: () => unknown): string[] {
  const before = JSON.stringify(world.session);
  try {
    act();
    return ['accepted'];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (JSON.stringify(world.session) !== before) return ['a refusal changed what was stored'];
    return error.code === 'invalid-input' ? error.fields.map(({ path, code }) => `${path}: ${code}`) : [error.code];
  }
}

describe('planning a calibration session', () => {
  it('opens it with its cases and raters', () => {
    const { now } = new World().plan({ cases: [vignette, { kind: 'client', clientId: 'noor' }] });
    expect(now).toMatchObject({
      state: 'open',
      version: 1,
      createdBy: 'regisseur',
      cases: [
        { caseId: 'case-1', kind: 'vignette', title: 'Noor', text: 'Slaapt bij vrienden.' },
        { caseId: 'case-2', kind: 'client', clientId: 'noor' },
      ],
      history: [{ kind: 'planned', by: 'regisseur', personIds: ['ann', 'bob'] }],
    });
  });

  it.each([
    ['one rater', { personIds: ['ann'] }, ['personIds: calibration-raters-too-few']],
    ['a rater twice', { personIds: ['ann', 'bob', 'ann'] }, ['personIds[2]: calibration-rater-twice']],
    ['an unknown version', { matrixVersion: '1999' }, ['matrixVersion: zrm-version-unknown']],
    ['a supplement', { matrixVersion: 'parenthood' }, ['matrixVersion: zrm-version-unknown']],
    ['a day that is over', { scoreBy: parseCivilDate('2026-06-14') }, ['scoreBy: calibration-date-past']],
    [
      'a vignette of spaces',
      { cases: [vignette, { ...vignette, title: ' ', text: '\n' }] },
      ['cases[1].title: field-required', 'cases[1].text: field-required'],
    ],
    [
      'a client twice',
      { cases: [1, 2].map((): GivenCase => ({ kind: 'client', clientId: 'noor' })) },
      ['cases[1].clientId: calibration-client-twice'],
    ],
  ])('refuses %s', (_what, change, codes) => {
    const world = new World();
    expect(refused(world, () => world.plan(change))).toEqual(codes);
  });

  it('takes today as the day by which to score', () => {
    expect(new World().plan({ scoreBy: parseCivilDate('2026-06-15') }).now.scoreBy).toBe('2026-06-15');
  });
});

describe('inviting raters', () => {
  it('adds them, and takes back who did not score', () => {
    const world = new World().plan().change({ kind: 'invite', personIds: ['cas'] });
    expect(world.now).toMatchObject({ version: 2, raters: [{}, {}, { personId: 'cas' }] });
    world.change({ kind: 'withdraw', personId: 'cas' });
    expect(world.now.raters.map(({ personId }) => personId)).toEqual(['ann', 'bob']);
    expect(world.history).toEqual(['planned', 'invited', 'withdrawn']);
  });

  it('refuses who is there, too many, too few, who scored, a stale version', () => {
    const world = new World().plan({ personIds: ['ann', 'bob', 'cas'] }).score('ann', 'case-1', 3);
    const invite = (personIds: string[]) => refused(world, () => world.change({ kind: 'invite', personIds }));
    expect(invite(['dee', 'bob'])).toEqual(['personIds[1]: calibration-rater-twice']);
    expect(invite(Array.from({ length: 28 }, (_, index) => `rater-${index}`))).toEqual(['calibration-raters-too-many']);
    const withdraw = (personId: string) => refused(world, () => world.change({ kind: 'withdraw', personId }));
    expect(withdraw('ann')).toEqual(['calibration-rater-scored']);
    expect(withdraw('zed')).toEqual(['not-found']);
    world.change({ kind: 'withdraw', personId: 'cas' });
    expect(withdraw('bob')).toEqual(['calibration-raters-too-few']);
    expect(refused(world, () => world.do('regisseur', { kind: 'close', expectedVersion: 1 }))).toEqual([
      'stale-version',
    ]);
  });
});

describe('scoring', () => {
  it('is blind: an open session shows nobody the scores of others, not even who plans it', () => {
    const { now } = new World().plan().score('ann', 'case-1', 3);
    expect(viewOf(now, 'ann').scores).toMatchObject([{ personId: 'ann', caseId: 'case-1', version: 1, blind: true }]);
    for (const other of ['bob', 'regisseur']) {
      const view = viewOf(now, other);
      expect(view.scores).toEqual([]);
      expect(view.agreement).toBeUndefined();
      expect(view.raters).toMatchObject([{ personId: 'ann', casesScored: 1 }, { casesScored: 0 }]);
    }
  });

  it('leaves the version of the session alone, so that closing is not refused because of it', () => {
    const world = new World().plan().score('ann', 'case-1', 3);
    expect(world.now).toMatchObject({ version: 1, writes: 2 });
  });

  it('lets a rater change own scores, on the version that they saw', () => {
    const world = new World().plan().score('ann', 'case-1', 3).score('ann', 'case-1', 'not-assessed', 1);
    expect(world.counting).toEqual(['ann 1 not-assessed']);
    expect(refused(world, () => world.score('ann', 'case-1', 4, 1))).toEqual(['stale-version']);
    expect(refused(world, () => world.score('ann', 'case-2', 4, 1))).toEqual(['stale-version']);
  });

  it('closes the session by itself when everybody scored everything, and then shows all', () => {
    const world = new World().plan().score('ann', 'case-1', 3).score('ann', 'case-2', 3).score('bob', 'case-1', 4);
    expect(world.now.state).toBe('open');
    expect(listedOf(world.now, 'bob')).toMatchObject({ raters: 2, ratersReady: 1, isRater: true, ownToScore: 1 });
    world.score('bob', 'case-2', 3);
    expect(world.now.state).toBe('closed');
    expect(world.history).toEqual(['planned', 'completed']);
    const view = viewOf(world.now, 'ann');
    expect(view.scores.map(({ personId, caseId }) => `${personId} ${caseId}`)).toEqual([
      'ann case-1',
      'ann case-2',
      'bob case-1',
      'bob case-2',
    ]);
    // Two cases are too few for a figure; the scores themselves stand side by side.
    expect(view.agreement).toHaveLength(13);
    expect(view.agreement?.[0]?.agreement).toEqual({
      shown: false,
      because: 'too-few-subjects',
      raters: 2,
      subjects: 2,
      leftOut: 0,
    });
    expect(refused(world, () => world.score('ann', 'case-1', 5, 1))).toEqual(['calibration-closed']);
  });

  it('also closes when the last who was waited for is taken back', () => {
    const world = new World().plan({ cases: [vignette], personIds: ['ann', 'bob', 'cas'] });
    world.score('ann', 'case-1', 3).score('bob', 'case-1', 4).change({ kind: 'withdraw', personId: 'cas' });
    expect(world.history).toEqual(['planned', 'withdrawn', 'completed']);
  });

  it('refuses who was not invited, an unknown case, and scores that are not whole', () => {
    const world = new World().plan();
    expect(refused(world, () => world.score('regisseur', 'case-1', 3))).toEqual(['calibration-not-invited']);
    expect(refused(world, () => world.score('ann', 'case-3', 3))).toEqual(['not-found']);
    const given = [...scores(3).slice(1), { domain: 'housing', score: 2 as const }, { domain: 'x', score: 1 as const }];
    const command = { kind: 'score', caseId: 'case-1', expectedVersion: 0, scores: given } as const;
    expect(refused(world, () => world.do('ann', command))).toEqual([
      'scores[12].domain: zrm-domain-twice',
      'scores[13].domain: zrm-domain-unknown',
      `scores.${domains[0]}.score: zrm-score-missing`,
    ]);
  });
});

describe('closing and opening again', () => {
  const closed = () =>
    new World()
      .plan({ cases: [vignette] })
      .score('ann', 'case-1', 2)
      .change({ kind: 'close' });

  it('keeps what happened', () => {
    const world = closed().reopen();
    expect(world.now.state).toBe('open');
    expect(world.history).toEqual(['planned', 'closed', 'reopened']);
    expect(world.now.history[2]).toMatchObject({ by: 'regisseur', reason: 'rater-missing' });
    // Blind again, though what was seen was seen.
    expect(viewOf(world.now, 'bob').scores).toEqual([]);
  });

  it('refuses twice the same', () => {
    expect(refused(closed(), () => closed().change({ kind: 'close' }))).toEqual(['calibration-closed']);
    expect(refused(new World(), () => new World().plan().reopen())).toEqual(['calibration-still-open']);
    expect(refused(new World(), () => new World().do('regisseur', { kind: 'close', expectedVersion: 1 }))).toEqual([
      'not-found',
    ]);
  });

  it('counts what was given blind, also when it is changed after the others were seen', () => {
    const world = closed().reopen().score('ann', 'case-1', 5, 1).score('bob', 'case-1', 5);
    expect(world.now.state).toBe('open');
    world.change({ kind: 'close' });
    expect(world.counting).toEqual(['ann 1 2']);
    const shown = viewOf(world.now, 'regisseur').scores;
    expect(shown).toMatchObject([
      { personId: 'ann', blind: false, version: 2 },
      { personId: 'bob', blind: false, version: 1 },
    ]);
    expect(shown[0]?.scores).toContainEqual({ domain: 'housing', score: 5 });
    expect(shown[0]?.blindScores).toContainEqual({ domain: 'housing', score: 2 });
    expect(shown[1]?.blindScores).toBeUndefined();
  });

  it('counts who was invited after it was opened again and could not have seen it', () => {
    const world = closed()
      .reopen()
      .change({ kind: 'invite', personIds: ['cas', 'colleague'] });
    world.score('cas', 'case-1', 4).score('colleague', 'case-1', 4, 0, true);
    expect(world.counting).toEqual(['ann 1 2', 'cas 1 4']);
    // Who is taken back and invited again saw it all the same.
    world.change({ kind: 'withdraw', personId: 'bob' }).change({ kind: 'invite', personIds: ['bob'] });
    expect(world.score('bob', 'case-1', 4).counting).toEqual(['ann 1 2', 'cas 1 4']);
  });
});
