import { Refusal } from '#contracts/refusal.js';
import type { ClientLedger } from './housing-types.js';

/** Undo in one step: of the client's last change, by who made it (ui.md: undo instead of "are you sure"). */

/** Whether somebody may take a change back in one step. */
export function canUndo(ledger: ClientLedger, changeId: string, personId: string): boolean {
  const last = ledger.changes.at(-1);
  const isMerge = last?.kind === 'merge' || last?.kind === 'unmerge';
  return last?.changeId === changeId && last.recordedBy === personId && !isMerge && ledger.mergedInto === undefined;
}

/** @throws Refusal `unknown-change`, `undo-not-own-change` or `undo-not-last-change` */
export function checkMayUndo(ledger: ClientLedger, changeId: string, personId: string): void {
  const change = ledger.changes.find((candidate) => candidate.changeId === changeId);
  if (change === undefined) throw Refusal.of('unknown-change', { fields: ['changeId'] });
  if (change.recordedBy !== personId) throw Refusal.of('undo-not-own-change', { fields: ['changeId'] });
  if (change.version === ledger.version) return;
  throw Refusal.of('undo-not-last-change', { params: { version: ledger.version }, fields: ['changeId'] });
}
