import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import {
  type CalibrationFigures,
  getCalibrationFigures,
  GetCalibrationFigures,
  getLevelDistributions,
  GetLevelDistributions,
  type LevelDistributions,
} from '#contracts/assessment/calibration-figures.js';
import {
  CalibrationById,
  type CalibrationChanged,
  type CalibrationListed,
  type CalibrationScored,
  type CalibrationsToScore,
  type CalibrationView,
  CloseCalibration,
  closeCalibration,
  countCalibrationsToScore,
  getCalibration,
  InviteRaters,
  inviteRaters,
  ListCalibrations,
  listCalibrations,
  PlanCalibration,
  planCalibration,
  ReopenCalibration,
  reopenCalibration,
  ScoreCalibration,
  scoreCalibration,
  WithdrawRater,
  withdrawRater,
} from '#contracts/assessment/calibration-sessions.js';
import type { Caller } from '#contracts/caller.js';
import type { NoQuestion } from '#contracts/no-question.js';
import type { Page } from '#contracts/paging.js';
import { Handles } from '#platform/handles.js';
import { CalibrationFiguresService } from './calibration-figures.service.js';
import { CalibrationService } from './calibration.service.js';

/** Calibration sessions, and figures about how the ZRM is used. */
@Controller()
export class CalibrationController {
  constructor(
    private readonly calibration: CalibrationService,
    private readonly figuresOf: CalibrationFiguresService,
  ) {}

  @Handles(planCalibration)
  plan(command: PlanCalibration, caller: Caller): Promise<CalibrationChanged> {
    return this.calibration.plan(command, caller);
  }

  @Handles(inviteRaters)
  invite(command: InviteRaters, caller: Caller): Promise<CalibrationChanged> {
    return this.calibration.invite(command, caller);
  }

  @Handles(withdrawRater)
  withdraw(command: WithdrawRater, caller: Caller): Promise<CalibrationChanged> {
    return this.calibration.withdraw(command, caller);
  }

  @Handles(scoreCalibration)
  score(command: ScoreCalibration, caller: Caller): Promise<CalibrationScored> {
    return this.calibration.score(command, caller);
  }

  @Handles(closeCalibration)
  close(command: CloseCalibration, caller: Caller): Promise<CalibrationChanged> {
    return this.calibration.close(command, caller);
  }

  @Handles(reopenCalibration)
  reopen(command: ReopenCalibration, caller: Caller): Promise<CalibrationChanged> {
    return this.calibration.reopen(command, caller);
  }

  @Handles(getCalibration)
  get(query: CalibrationById, caller: Caller): Promise<Protected<CalibrationView>> {
    return this.calibration.get(query, caller);
  }

  @Handles(listCalibrations)
  list(query: ListCalibrations, caller: Caller): Promise<Protected<Page<CalibrationListed>>> {
    return this.calibration.list(query, caller);
  }

  @Handles(countCalibrationsToScore)
  countToScore(_question: NoQuestion, caller: Caller): Promise<CalibrationsToScore> {
    return this.calibration.countToScore(caller);
  }

  @Handles(getCalibrationFigures)
  figures(query: GetCalibrationFigures, caller: Caller): Promise<CalibrationFigures> {
    return this.figuresOf.figures(query, caller);
  }

  @Handles(getLevelDistributions)
  distributions(query: GetLevelDistributions, caller: Caller): Promise<LevelDistributions> {
    return this.figuresOf.distributions(query, caller);
  }
}
