import type { HousingCommand } from '../../stays/housing-commands.js';
import type { FieldProblem } from '#contracts/refusal.js';

/** What one row of a file of stays comes to, given what is recorded. */
export interface StayProposal {
  readonly outcome: 'new' | 'change' | 'unchanged';
  /** In order; each is one change. Empty when the row says nothing new, or when the next row's move makes the change. */
  readonly commands: readonly HousingCommand[];
  /** The stay or leave that the row is about, when it is there already. */
  readonly targetId?: string;
  readonly warnings: readonly FieldProblem[];
}

/** How a stay goes on in the same file: by a move, or by a reservation. */
export type Onward = 'move' | 'reservation';
