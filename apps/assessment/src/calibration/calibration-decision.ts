import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import { MOST_RATERS } from '#contracts/assessment/calibration.js';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import type {
  CalibrationCommand,
  CalibrationContext,
  GivenCase,
  ScoresByDomain,
  Session,
  SessionCase,
  SessionEvent,
  SessionRater,
  Sheet,
} from './calibration-types.js';

/** One rater agrees with nobody. */
const FEWEST_RATERS = 2;

type Command<Kind extends CalibrationCommand['kind']> = Extract<CalibrationCommand, { readonly kind: Kind }>;

/**
 * Decides on a calibration session (ijking, domain.md §4). Pure; `session` is what is stored, undefined when nothing is yet.
 * Whether the asker may see the session, and the clients in it, was decided before.
 * @throws Refusal when a rule forbids it; what was stored stays as it is
 */
export function decideCalibration(
  command: CalibrationCommand,
  session: Session | undefined,
  context: CalibrationContext,
): Session {
  if (command.kind === 'plan') return plan(command, context);
  if (session === undefined) throw Refusal.of('not-found', { fields: ['sessionId'] });
  const decided = change(command, session, context);
  return { ...decided, writes: session.writes + 1 };
}

function change(
  command: Exclude<CalibrationCommand, { readonly kind: 'plan' }>,
  session: Session,
  context: CalibrationContext,
): Session {
  if (command.kind === 'score') return score(command, session, context);
  checkVersion(command.expectedVersion, session.version);
  const changed = { ...session, version: session.version + 1 };
  if (command.kind === 'reopen') {
    if (session.state === 'open') throw Refusal.of('calibration-still-open');
    const history = [...session.history, eventOf('reopened', context, { reason: command.reason })];
    return { ...changed, state: 'open', history };
  }
  checkOpen(session);
  switch (command.kind) {
    case 'invite':
      return invite(command, changed, context);
    case 'withdraw':
      return withdraw(command, changed, context);
    case 'close':
      return closed(changed, eventOf('closed', context));
  }
}

function plan({ matrixVersion, scoreBy, cases, personIds }: Command<'plan'>, context: CalibrationContext): Session {
  const problems: FieldProblem[] = [];
  if (context.matrix.version(matrixVersion)?.kind !== 'core') {
    const allowed = context.matrix.codes('core').join(', ');
    problems.push(fieldProblem('matrixVersion', 'zrm-version-unknown', { allowed }));
  }
  if (scoreBy !== undefined && scoreBy < civilDateInAmsterdam(context.now)) {
    problems.push(fieldProblem('scoreBy', 'calibration-date-past'));
  }
  for (const [index, { clientId, ...words }] of cases.entries()) {
    for (const field of ['title', 'text'] as const) {
      if (words[field]?.trim() === '') problems.push(fieldProblem(`cases[${index}].${field}`, 'field-required'));
    }
    const isAgain = clientId !== undefined && cases.findIndex((one) => one.clientId === clientId) < index;
    if (isAgain) problems.push(fieldProblem(`cases[${index}].clientId`, 'calibration-client-twice'));
  }
  problems.push(...againIn(personIds, []));
  if (personIds.length < FEWEST_RATERS) problems.push(fieldProblem('personIds', 'calibration-raters-too-few'));
  if (problems.length > 0) throw Refusal.ofFields(problems);
  const planned = eventOf('planned', context, { personIds: [...personIds] });
  return {
    sessionId: context.sessionId,
    version: 1,
    writes: 1,
    state: 'open',
    matrixVersion,
    ...(scoreBy === undefined ? {} : { scoreBy }),
    createdBy: context.by,
    createdAt: planned.at,
    cases: cases.map(caseOf),
    raters: personIds.map((personId) => ({ personId, mayHaveSeen: false, sheets: [] })),
    history: [planned],
  };
}

/** Which fields a kind has was checked at the door (fieldsByKind). */
function caseOf({ kind, clientId = '', title = '', text = '' }: GivenCase, index: number): SessionCase {
  const caseId = `case-${index + 1}`;
  return kind === 'client' ? { caseId, kind, clientId } : { caseId, kind, title: title.trim(), text: text.trim() };
}

function invite({ personIds }: Command<'invite'>, session: Session, context: CalibrationContext): Session {
  const problems = againIn(personIds, session.raters);
  if (problems.length > 0) throw Refusal.ofFields(problems);
  if (session.raters.length + personIds.length > MOST_RATERS) {
    throw Refusal.of('calibration-raters-too-many', { params: { max: MOST_RATERS }, fields: ['personIds'] });
  }
  // Who was invited before may have been when the session was closed.
  const before = new Set(session.history.flatMap((event) => event.personIds ?? []));
  const invited = personIds.map((personId) => {
    return { personId, mayHaveSeen: wasClosed(session) && before.has(personId), sheets: [] };
  });
  const history = [...session.history, eventOf('invited', context, { personIds: [...personIds] })];
  return { ...session, raters: [...session.raters, ...invited], history };
}

function withdraw({ personId }: Command<'withdraw'>, session: Session, context: CalibrationContext): Session {
  const rater = session.raters.find((one) => one.personId === personId);
  if (rater === undefined) throw Refusal.of('not-found', { fields: ['personId'] });
  if (rater.sheets.length > 0) throw Refusal.of('calibration-rater-scored', { fields: ['personId'] });
  const raters = session.raters.filter((one) => one !== rater);
  if (raters.length < FEWEST_RATERS) throw Refusal.of('calibration-raters-too-few', { fields: ['personId'] });
  const history = [...session.history, eventOf('withdrawn', context, { personIds: [personId] })];
  return closedWhenAllIn({ ...session, raters, history }, context);
}

function score(command: Command<'score'>, session: Session, context: CalibrationContext): Session {
  const rater = session.raters.find(({ personId }) => personId === context.by);
  if (rater === undefined) throw Refusal.of('calibration-not-invited');
  if (!session.cases.some(({ caseId }) => caseId === command.caseId)) {
    throw Refusal.of('not-found', { fields: ['caseId'] });
  }
  checkOpen(session);
  const before = rater.sheets.find(({ caseId }) => caseId === command.caseId);
  checkVersion(command.expectedVersion, before?.version ?? 0);
  const scores = readScores(command, session, context);
  const mayHaveSeen = rater.mayHaveSeen || (context.seesClosed && wasClosed(session));
  // Once the others' scores may have been seen, what was given before that stays what counts.
  const blindScores = mayHaveSeen ? before?.blindScores : scores;
  const sheet: Sheet = {
    caseId: command.caseId,
    version: command.expectedVersion + 1,
    scoredAt: context.now.toISOString(),
    scores,
    ...(blindScores === undefined ? {} : { blindScores }),
  };
  const given = new Map([...rater.sheets, sheet].map((one) => [one.caseId, one]));
  const { organisationId } = context;
  const scored: SessionRater = {
    ...rater,
    ...(organisationId === undefined ? {} : { organisationId }),
    mayHaveSeen,
    sheets: session.cases.flatMap(({ caseId }) => given.get(caseId) ?? []),
  };
  const raters = session.raters.map((one) => (one === rater ? scored : one));
  return closedWhenAllIn({ ...session, raters }, context);
}

/**
 * A session closes by itself when everybody scored everything; not once it was opened again: what is mended then is of
 * several people, and who opened it says when it is done.
 */
function closedWhenAllIn(session: Session, context: CalibrationContext): Session {
  const isAllIn = session.raters.every(({ sheets }) => sheets.length === session.cases.length);
  return isAllIn && !wasClosed(session) ? closed(session, eventOf('completed', context)) : session;
}

/** From now on everybody who was invited can see all scores. */
function closed(session: Session, event: SessionEvent): Session {
  const raters = session.raters.map((rater) => ({ ...rater, mayHaveSeen: true }));
  return { ...session, state: 'closed', raters, history: [...session.history, event] };
}

function wasClosed({ history }: Session): boolean {
  return history.some(({ kind }) => kind === 'completed' || kind === 'closed');
}

function readScores({ scores }: Command<'score'>, { matrixVersion }: Session, context: CalibrationContext) {
  const domains = context.matrix.version(matrixVersion)?.domains.map(({ code }) => code) ?? [];
  const given = new Map<string, ZrmScore>();
  const problems: FieldProblem[] = [];
  for (const [index, one] of scores.entries()) {
    const path = `scores[${index}].domain`;
    if (!domains.includes(one.domain)) {
      problems.push(fieldProblem(path, 'zrm-domain-unknown', { version: matrixVersion }));
    }
    if (given.has(one.domain)) problems.push(fieldProblem(path, 'zrm-domain-twice'));
    given.set(one.domain, one.score);
  }
  const read: Record<string, ZrmScore> = {};
  for (const domain of domains) {
    const level = given.get(domain);
    if (level === undefined) problems.push(fieldProblem(`scores.${domain}.score`, 'zrm-score-missing'));
    else read[domain] = level;
  }
  if (problems.length > 0) throw Refusal.ofFields(problems);
  return read satisfies ScoresByDomain;
}

function againIn(personIds: readonly string[], raters: readonly SessionRater[]): FieldProblem[] {
  return personIds.flatMap((personId, index) => {
    const isAgain = personIds.indexOf(personId) < index || raters.some((rater) => rater.personId === personId);
    return isAgain ? [fieldProblem(`personIds[${index}]`, 'calibration-rater-twice')] : [];
  });
}

function checkVersion(expected: number, actual: number): void {
  if (expected !== actual) {
    throw Refusal.of('stale-version', { params: { actual, expected }, fields: ['expectedVersion'] });
  }
}

function checkOpen({ state }: Session): void {
  if (state === 'closed') throw Refusal.of('calibration-closed');
}

function eventOf(
  kind: SessionEvent['kind'],
  { now, by }: CalibrationContext,
  more: Pick<SessionEvent, 'personIds' | 'reason'> = {},
): SessionEvent {
  return { kind, at: now.toISOString(), by, ...more };
}
