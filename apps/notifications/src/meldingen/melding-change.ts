import type { MeldingAction } from '#contracts/notifications/codes.js';
import type { HistoryEntry, MeldingState } from './melding-state.js';

/** Of reading and unreading only the latest are kept; everything else in the history stays. */
const MOST_HISTORY = 200;

/** The next version of a melding. @param entry what its history says; absent where it says nothing */
export function changed(
  melding: MeldingState,
  now: Date,
  entry: Omit<HistoryEntry, 'at'> | undefined,
  change: Partial<MeldingState>,
): MeldingState {
  const history = entry ? bounded([...melding.history, { at: now, ...entry }]) : melding.history;
  // The stream orders by this; a clock that lags behind another process must not hide the change.
  const updatedAt = now > melding.updatedAt ? now : new Date(melding.updatedAt.getTime() + 1);
  return { ...melding, ...change, history, updatedAt, version: melding.version + 1 };
}

const FORGETTABLE: readonly MeldingAction[] = ['read', 'unread'];

function bounded(history: HistoryEntry[]): HistoryEntry[] {
  if (history.length <= MOST_HISTORY) return history;
  const oldest = history.findIndex(({ action }) => FORGETTABLE.includes(action));
  return oldest < 0 ? history : history.filter((_, index) => index !== oldest);
}
