/** How far a consumer came with the facts of one aggregate. */
export interface TurnState {
  /** Highest version that had its turn. */
  version: number;
  /** Lower versions that were passed over after waiting in vain; each still gets its turn when it comes. */
  missing: number[];
}

/** Versions that are remembered as passed over; of a larger gap, the latest. One document holds them. */
const MOST_MISSING = 10_000;

export type TurnDecision =
  { kind: 'proceed'; next: TurnState } | { kind: 'had-its-turn' } | { kind: 'wait'; expected: number };

/**
 * Decides whether a fact of `version` is next. Order matters, but a fact that never comes may not hold the later ones
 * for ever: a lost melding is worse than one out of order (design.md §4).
 * @param patient true when the fact has waited long enough for its predecessor.
 */
export function decideTurn(state: TurnState, version: number, patient: boolean): TurnDecision {
  if (state.missing.includes(version)) {
    return { kind: 'proceed', next: { ...state, missing: state.missing.filter((v) => v !== version) } };
  }
  if (version <= state.version) return { kind: 'had-its-turn' };
  if (version === state.version + 1) return { kind: 'proceed', next: { ...state, version } };
  if (!patient) return { kind: 'wait', expected: state.version + 1 };
  const first = Math.max(state.version + 1, version - MOST_MISSING);
  const passed = Array.from({ length: version - first }, (_, index) => first + index);
  return { kind: 'proceed', next: { version, missing: [...state.missing, ...passed].slice(-MOST_MISSING) } };
}
