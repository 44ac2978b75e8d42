import { Injectable } from '@nestjs/common';
import { AccessLog } from '#access/access-log.js';
import { type AccessSubject, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import {
  type CalibrationById,
  type CalibrationChanged,
  type CalibrationListed,
  type CalibrationScored,
  type CalibrationsToScore,
  type CalibrationView,
  type CloseCalibration,
  closeCalibration,
  type InviteRaters,
  inviteRaters,
  type ListCalibrations,
  type PlanCalibration,
  planCalibration,
  type ReopenCalibration,
  reopenCalibration,
  type ScoreCalibration,
  scoreCalibration,
  type WithdrawRater,
  withdrawRater,
} from '#contracts/assessment/calibration-sessions.js';
import type { Caller } from '#contracts/caller.js';
import { DEFAULT_PAGE_SIZE, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { pageOf, type Position, positionIn } from '#persistence/list-position.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { VersionMapping } from '../matrix/mapping.js';
import { CalibrationAccess, seesAllSessions } from './calibration-access.service.js';
import { decideCalibration } from './calibration-decision.js';
import { sessionIdFor } from './calibration-id.js';
import type { CalibrationCommand, CalibrationContext, Session } from './calibration-types.js';
import { changedOf, isSamePlan, listedOf, toScoreBy, toScoreOf, viewOf } from './calibration-views.js';
import { CalibrationSettingsRepository } from './calibration-settings.repository.js';
import { CalibrationRepository, type SessionFilter } from './calibration.repository.js';

/** Sessions read at once while looking for those that the caller may see. */
const BATCH = 20;

/** A session that somebody may see, with the clients in it and the ground for each. */
interface Visible {
  readonly session: Session;
  readonly subjects: AccessSubject[];
}

/** Calibration sessions (ijking, domain.md §4): planning, scoring, reading. The rules stand in the decision. */
@Injectable()
export class CalibrationService {
  constructor(
    private readonly sessions: CalibrationRepository,
    private readonly access: CalibrationAccess,
    private readonly settings: CalibrationSettingsRepository,
    private readonly accessLog: AccessLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly matrix: VersionMapping,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans a session; the same key gives the one that was planned before, as it stands by now.
   * @throws Refusal `not-found`, `client-merged-away`, `idempotency-key-reused`, and by field what is wrong
   */
  plan({ idempotencyKey, ...plan }: PlanCalibration, caller: Caller): Promise<CalibrationChanged> {
    const sessionId = sessionIdFor(caller.personId, idempotencyKey);
    return this.unitOfWork.run(async (tx) => {
      const subjects = await this.access.planned(plan.cases, caller, tx);
      const known = await this.sessions.find(sessionId, tx);
      const context = this.contextOf(sessionId, caller);
      // A repeated request is judged by the day on which it came first.
      const asked = known === undefined ? context : { ...context, now: new Date(known.createdAt) };
      const session = decideCalibration({ kind: 'plan', ...plan }, undefined, asked);
      if (known !== undefined) {
        if (!isSamePlan(known, session)) throw Refusal.of('idempotency-key-reused');
        return changedOf(known);
      }
      await this.sessions.save(tx, undefined, session);
      if (subjects.length > 0) this.accessLog.record(tx, caller, 'create', planCalibration.subject, subjects);
      return changedOf(session);
    });
  }

  /** @throws Refusal `not-found`, `stale-version`, `calibration-closed`, and by field who cannot be invited */
  async invite({ sessionId, ...command }: InviteRaters, caller: Caller): Promise<CalibrationChanged> {
    return changedOf(await this.change(sessionId, { kind: 'invite', ...command }, inviteRaters.subject, caller));
  }

  /** @throws Refusal `not-found`, `stale-version`, `calibration-closed`, `calibration-rater-scored`, `calibration-raters-too-few` */
  async withdraw({ sessionId, ...command }: WithdrawRater, caller: Caller): Promise<CalibrationChanged> {
    return changedOf(await this.change(sessionId, { kind: 'withdraw', ...command }, withdrawRater.subject, caller));
  }

  /** @throws Refusal `not-found`, `calibration-not-invited`, `stale-version`, `calibration-closed`, and by field */
  async score({ sessionId, ...command }: ScoreCalibration, caller: Caller): Promise<CalibrationScored> {
    const { state } = await this.change(sessionId, { kind: 'score', ...command }, scoreCalibration.subject, caller);
    return { sessionId, caseId: command.caseId, version: command.expectedVersion + 1, state };
  }

  /** @throws Refusal `not-found`, `stale-version`, `calibration-closed` */
  async close({ sessionId, ...command }: CloseCalibration, caller: Caller): Promise<CalibrationChanged> {
    return changedOf(await this.change(sessionId, { kind: 'close', ...command }, closeCalibration.subject, caller));
  }

  /** @throws Refusal `not-found`, `stale-version`, `calibration-still-open` */
  async reopen({ sessionId, ...command }: ReopenCalibration, caller: Caller): Promise<CalibrationChanged> {
    return changedOf(await this.change(sessionId, { kind: 'reopen', ...command }, reopenCalibration.subject, caller));
  }

  /** @throws Refusal `not-found` */
  async get({ sessionId }: CalibrationById, caller: Caller): Promise<Protected<CalibrationView>> {
    const { session, subjects } = await this.seen(sessionId, caller);
    const { minimums } = await this.settings.current();
    return new Protected('read', subjects, viewOf(session, caller.personId, minimums));
  }

  /** A page of the sessions that the caller may see, newest first. */
  async list(query: ListCalibrations, caller: Caller): Promise<Protected<Page<CalibrationListed>>> {
    const { state, toScore = false, cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const raterId = toScore || !seesAllSessions(caller) ? caller.personId : undefined;
    const filter = {
      ...(state === undefined ? {} : { state }),
      ...(raterId === undefined ? {} : { raterId }),
    };
    const found: Visible[] = [];
    const isWanted = (session: Session): boolean => !toScore || toScoreBy(session, caller.personId) > 0;
    for await (const one of this.visible(filter, isWanted, caller, positionIn(cursor))) {
      if (found.push(one) > limit) break;
    }
    const page = pageOf(
      found,
      limit,
      ({ session }) => positionOf(session),
      ({ session }) => listedOf(session, caller.personId),
    );
    // A client can be in several sessions.
    const subjects = new Map(found.slice(0, limit).flatMap((one) => one.subjects.map((of) => [of.clientId, of])));
    return new Protected('search', [...subjects.values()], page);
  }

  /** How much waits for the caller: the sessions that the list gives with `toScore`. No client is told of. */
  async countToScore(caller: Caller): Promise<CalibrationsToScore> {
    const filter = { state: 'open', raterId: caller.personId } as const;
    const open: Session[] = [];
    const isWanted = (session: Session): boolean => toScoreBy(session, caller.personId) > 0;
    for await (const { session } of this.visible(filter, isWanted, caller)) open.push(session);
    return toScoreOf(open, this.clock.today());
  }

  /** Sessions that the caller may see, newest first. */
  private async *visible(
    filter: SessionFilter,
    isWanted: (session: Session) => boolean,
    caller: Caller,
    after?: Position,
  ): AsyncGenerator<Visible> {
    let position = after;
    for (let isMore = true; isMore;) {
      const batch = await this.sessions.list(filter, position, BATCH);
      for (const session of batch.filter(isWanted)) {
        const subjects = await this.access.subjects(session, caller);
        if (subjects !== undefined) yield { session, subjects };
      }
      const last = batch.at(-1);
      isMore = batch.length > BATCH && last !== undefined;
      position = last && positionOf(last);
    }
  }

  private change(
    sessionId: string,
    command: Exclude<CalibrationCommand, { readonly kind: 'plan' }>,
    operation: string,
    caller: Caller,
  ): Promise<Session> {
    return this.unitOfWork.run(async (tx) => {
      const { session: before, subjects } = await this.seen(sessionId, caller, tx);
      const session = decideCalibration(command, before, this.contextOf(sessionId, caller));
      await this.sessions.save(tx, before, session);
      if (subjects.length > 0) this.accessLog.record(tx, caller, 'update', operation, subjects);
      return session;
    });
  }

  private async seen(sessionId: string, caller: Caller, tx?: Tx): Promise<Visible> {
    const session = await this.sessions.find(sessionId, tx);
    const subjects = session && (await this.access.subjects(session, caller, tx));
    if (!session || !subjects) throw Refusal.of('not-found', { fields: ['sessionId'] });
    return { session, subjects };
  }

  private contextOf(sessionId: string, caller: Caller): CalibrationContext {
    const { personId, organisationId } = caller;
    return {
      sessionId,
      now: this.clock.now(),
      by: personId,
      ...(organisationId === undefined ? {} : { organisationId }),
      seesClosed: seesAllSessions(caller),
      matrix: this.matrix,
    };
  }
}

function positionOf({ sessionId, createdAt }: Session): Position {
  return { id: sessionId, value: createdAt };
}
