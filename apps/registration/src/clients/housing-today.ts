import type { CivilDate } from '#calendar/civil-date.js';
import type { HousingStatus } from '#contracts/codes.js';
import type { Condition } from '#persistence/list-position.js';
import type { StoredHousing } from './client.schema.js';

/**
 * The housing status of today from what is stored with the client. A stay with a planned end makes `housed` turn into
 * `left` on that day without anybody writing anything.
 */
export function statusToday(
  { status, until }: Pick<StoredHousing, 'status' | 'until'>,
  today: CivilDate,
): HousingStatus {
  return status === 'housed' && until !== undefined && until <= today ? 'left' : status;
}

/** The same as a question to the database. */
export function statusCondition(status: HousingStatus, today: CivilDate): Condition {
  switch (status) {
    case 'housed':
      return {
        'housing.status': 'housed',
        $or: [{ 'housing.until': null }, { 'housing.until': { $gt: today } }],
      };
    case 'left':
      return {
        $or: [{ 'housing.status': 'left' }, { 'housing.status': 'housed', 'housing.until': { $lte: today } }],
      };
    case 'reserved':
    case 'none':
      return { 'housing.status': status };
  }
}
