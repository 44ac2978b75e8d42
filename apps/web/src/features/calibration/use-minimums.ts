import { useQuery } from '@tanstack/react-query';

import type { CalibrationMinimums } from '#contracts/assessment/calibration.js';

import { calibrationSettingsQuery } from '../../api/zrm-settings.js';

/** From how much on the region shows figures; undefined while that is not known. */
export function useMinimums(): CalibrationMinimums | undefined {
  return useQuery(calibrationSettingsQuery).data?.minimums;
}
