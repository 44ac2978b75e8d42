import { Controller } from '@nestjs/common';
import {
  calibrationSettingsHistory,
  type CalibrationSettingsInForce,
  getCalibrationSettings,
  updateCalibrationSettings,
  UpdateCalibrationSettings,
} from '#contracts/assessment/calibration-settings.js';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import { Handles } from '#platform/handles.js';
import { CalibrationSettingsService } from './calibration-settings.service.js';

/** The region's settings of calibration. */
@Controller()
export class CalibrationSettingsController {
  constructor(private readonly settings: CalibrationSettingsService) {}

  @Handles(getCalibrationSettings)
  get(_query: NoQuestion, _caller: Caller): Promise<CalibrationSettingsInForce> {
    return this.settings.get();
  }

  @Handles(updateCalibrationSettings)
  update(command: UpdateCalibrationSettings, caller: Caller): Promise<CalibrationSettingsInForce> {
    return this.settings.update(command, caller);
  }

  @Handles(calibrationSettingsHistory)
  async history(_query: NoQuestion, _caller: Caller): Promise<{ items: CalibrationSettingsInForce[] }> {
    return { items: await this.settings.history() };
  }
}
