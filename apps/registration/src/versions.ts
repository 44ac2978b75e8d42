import { Refusal } from '#contracts/refusal.js';

/** @throws Refusal `stale-version` when somebody else changed it since the asker looked */
export function checkVersion(expected: number, actual: number): void {
  if (expected !== actual) throw Refusal.of('stale-version', { params: { expected, actual } });
}
