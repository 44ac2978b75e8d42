import type { CivilDate } from '#calendar/civil-date.js';
import type { CalibrationMinimums } from '#contracts/assessment/calibration.js';
import type {
  CalibrationChanged,
  CalibrationListed,
  CalibrationScores,
  CalibrationsToScore,
  CalibrationView,
} from '#contracts/assessment/calibration-sessions.js';
import { agreementPerDomain } from './agreement.js';
import type { RatingFor } from './calibration-figures.js';
import type { ScoresByDomain, Session, SessionRater, Sheet } from './calibration-types.js';

/** What became of a session, in short. */
export function changedOf({ sessionId, version, state }: Session): CalibrationChanged {
  return { sessionId, version, state };
}

/** Clients of the session; vignettes have none. */
export function clientsOf({ cases }: Session): string[] {
  return cases.flatMap((one) => (one.kind === 'client' ? [one.clientId] : []));
}

/** A session as somebody may see it: of an open one the own scores alone (blind), also for who plans it. */
export function viewOf(session: Session, personId: string, minimums?: CalibrationMinimums): CalibrationView {
  const { matrixVersion, scoreBy, createdBy, createdAt, cases, raters, history } = session;
  const isClosed = session.state === 'closed';
  const shown = isClosed ? raters : raters.filter((rater) => rater.personId === personId);
  return {
    ...changedOf(session),
    matrixVersion,
    ...(scoreBy === undefined ? {} : { scoreBy }),
    createdBy,
    createdAt,
    cases: cases.map((one) => ({ ...one })),
    raters: raters.map(({ personId: rater, organisationId, sheets }) => ({
      personId: rater,
      ...(organisationId === undefined ? {} : { organisationId }),
      casesScored: sheets.length,
    })),
    isRater: isRaterIn(session, personId),
    scores: shown.flatMap((rater) => rater.sheets.map((sheet) => scoresOf(rater, sheet))),
    ...(isClosed ? { agreement: agreementIn(session, minimums) } : {}),
    history: history.map(({ personIds, ...event }) => {
      return { ...event, ...(personIds === undefined ? {} : { personIds: [...personIds] }) };
    }),
  };
}

/** A session in the list of somebody. */
export function listedOf(session: Session, personId: string): CalibrationListed {
  const { matrixVersion, scoreBy, createdBy, createdAt, cases, raters } = session;
  return {
    ...changedOf(session),
    matrixVersion,
    ...(scoreBy === undefined ? {} : { scoreBy }),
    createdBy,
    createdAt,
    cases: cases.length,
    clientIds: clientsOf(session),
    raters: raters.length,
    ratersReady: raters.filter(({ sheets }) => sheets.length === cases.length).length,
    isRater: isRaterIn(session, personId),
    ownToScore: toScoreBy(session, personId),
  };
}

export function isRaterIn({ raters }: Session, personId: string): boolean {
  return raters.some((rater) => rater.personId === personId);
}

/** Cases that somebody was invited to score and did not score yet; none when the session is closed. */
export function toScoreBy({ state, cases, raters }: Session, personId: string): number {
  const rater = raters.find((one) => one.personId === personId);
  return state === 'open' && rater !== undefined ? cases.length - rater.sheets.length : 0;
}

/** What waits for a rater in these sessions, on a day. */
export function toScoreOf(sessions: readonly Pick<Session, 'scoreBy'>[], today: CivilDate): CalibrationsToScore {
  const days = sessions.flatMap(({ scoreBy }) => scoreBy ?? []);
  const late = days.filter((day) => day < today).length;
  const [first] = days.sort();
  return { sessions: sessions.length, late, ...(first === undefined ? {} : { scoreBy: first }) };
}

/** Everything that raters gave blind, as ratings; a case of a session is the subject. */
export function blindRatingsOf({ sessionId, raters }: Session): RatingFor[] {
  return raters.flatMap(({ personId, organisationId, sheets }) =>
    sheets.flatMap(({ caseId, blindScores }) =>
      Object.entries(blindScores ?? {}).map(([domain, score]) => ({
        rater: personId,
        ...(organisationId === undefined ? {} : { organisationId }),
        subject: `${sessionId} ${caseId}`,
        domain,
        score,
      })),
    ),
  );
}

function agreementIn(session: Session, minimums?: CalibrationMinimums): NonNullable<CalibrationView['agreement']> {
  return [...agreementPerDomain(blindRatingsOf(session), minimums)].map(([domain, agreement]) => ({
    domain,
    agreement,
  }));
}

function scoresOf({ personId }: SessionRater, sheet: Sheet): CalibrationScores {
  const { caseId, version, scoredAt, scores, blindScores } = sheet;
  const blind = blindScores !== undefined && isSame(scores, blindScores);
  return {
    personId,
    caseId,
    version,
    scoredAt,
    scores: listOf(scores),
    blind,
    ...(blind || blindScores === undefined ? {} : { blindScores: listOf(blindScores) }),
  };
}

function listOf(scores: ScoresByDomain): CalibrationScores['scores'] {
  return Object.entries(scores).map(([domain, score]) => ({ domain, score }));
}

function isSame(a: ScoresByDomain, b: ScoresByDomain): boolean {
  return Object.entries(a).every(([domain, score]) => b[domain] === score);
}

/** Whether two plans ask for the same; raters that were invited or withdrawn since do not count. */
export function isSamePlan(a: Session, b: Session): boolean {
  const form = ({ matrixVersion, scoreBy, cases, history }: Session): string => {
    const entries = cases.map((one) => Object.entries(one).sort());
    return JSON.stringify([matrixVersion, scoreBy, entries, history[0]?.personIds]);
  };
  return form(a) === form(b);
}
