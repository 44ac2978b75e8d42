import type { FieldProblem, Refusal } from '#contracts/refusal.js';
import type { HousingCommand } from '../../stays/housing-commands.js';

/** In which column of a file of stays each field of a command stands. */
const columns: Readonly<Record<string, string>> = {
  clientId: 'clientnummer',
  placeId: 'plekcode',
  reservationId: 'regelnummer',
  stayId: 'regelnummer',
  leaveId: 'regelnummer',
  from: 'van',
  until: 'tot',
  expectedUntil: 'tot',
  destination: 'bestemming',
  departure: 'vertrekreden',
};

/** A refusal of a housing command, at the columns of the row that it came from. */
export function stayProblems({ code, messages, fields }: Refusal, { kind }: HousingCommand): FieldProblem[] {
  if (fields.length === 0) return [{ path: '', code, ...messages }];
  return fields.map((problem) => ({ ...problem, path: columnOf(problem.path, kind) }));
}

function columnOf(path: string, kind: HousingCommand['kind']): string {
  // `leaves[0].until` is about the leave of the row itself.
  const field = path.slice(path.lastIndexOf('.') + 1);
  if (field === 'date') return kind === 'move' ? 'van' : 'tot';
  if (field === 'reason') return kind === 'leave' ? 'verlofreden' : 'vertrekreden';
  return columns[field] ?? '';
}
