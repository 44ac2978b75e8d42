import { compareZwaarte } from '#contracts/codes.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import type { ClientLedger } from '../../stays/housing-types.js';
import type { StayRow } from '../rows/check-row.js';
import { proposeLeave } from './propose-leave.js';
import { proposeStay, type StaySituation } from './propose-stay.js';
import { stayProblems } from './stay-problems.js';
import type { Onward, StayProposal } from './stay-plan.js';
import { type PlannedStep, type SimulationContext, StaySimulation, StepFailed } from './stay-simulation.js';

/** A sound row of a file of stays, with the client and place that its numbers stand for. */
export interface StayLine {
  readonly row: number;
  readonly record: StayRow;
  readonly clientId: string;
  /** Absent for leave. */
  readonly placeId?: string;
}

/** What a row comes to. `order`: the place in which it was carried out in memory, and has to be carried out. */
export interface PlannedLine {
  readonly row: number;
  readonly order: number;
  readonly outcome: 'new' | 'change' | 'unchanged' | 'error';
  readonly clientId: string;
  readonly steps: readonly PlannedStep[];
  /** Stay or leave that the line number stands for from now on. */
  readonly targetId?: string;
  readonly problems: readonly FieldProblem[];
  readonly warnings: readonly FieldProblem[];
}

/** Refusals that may be gone once other rows of the file have been carried out. */
const MAY_PASS: ReadonlySet<string> = new Set(['place-occupied', 'place-reserved']);

/**
 * Plans a whole file of stays over the ledgers in memory. Rows go in the order in which things happened; one that finds
 * its place taken waits until other rows have made room, so that the order of rows in the file does not matter.
 */
export class StaysPlan {
  private readonly simulation: StaySimulation;
  private readonly neighbours: ReadonlyMap<StayLine, Neighbours>;
  private readonly targets: Map<string, string>;
  private readonly taken: Set<string>;
  private readonly planned = new Map<StayLine, PlannedLine>();
  /** Lines for whose move the client had to leave the old place first. */
  private readonly madeRoom = new Set<StayLine>();
  private readonly context: SimulationContext;

  constructor(
    private readonly lines: readonly StayLine[],
    /** What the line numbers stood for before. */
    links: ReadonlyMap<string, string>,
    state: ConstructorParameters<typeof StaySimulation>,
  ) {
    this.simulation = new StaySimulation(...state);
    this.context = state[2];
    this.neighbours = neighboursOf(lines);
    this.targets = new Map(links);
    this.taken = new Set(links.values());
  }

  /** @param breathe called after every row, so that a long file does not hold up everything else */
  async run(breathe: (done: number) => Promise<void> = () => Promise.resolve()): Promise<PlannedLine[]> {
    let waiting = this.inOrder();
    for (let final = false; waiting.length > 0;) {
      const left: StayLine[] = [];
      const heldUp = new Set<string>();
      const before = this.progress();
      for (const line of waiting) {
        const held = heldUp.has(line.clientId);
        if (held || !this.settle(line, final)) {
          left.push(line);
          // What comes later for the same client builds on this row.
          heldUp.add(line.clientId);
        }
        await breathe(this.planned.size);
      }
      final = this.progress() === before;
      waiting = left;
    }
    return [...this.planned.values()];
  }

  private progress(): number {
    return this.planned.size + this.madeRoom.size;
  }

  /** In the order of what happens: who leaves goes before who comes on the same day, and leave comes last. */
  private inOrder(): StayLine[] {
    const keyed = this.lines.map((line) => {
      const { record } = line;
      const isKnown = this.targets.has(record.number);
      const date = isKnown ? (record.until ?? record.from) : record.from;
      const rank = record.kind === 'leave' ? 2 : isKnown ? 0 : 1;
      return { line, key: [date, rank, record.from] as const };
    });
    return keyed.sort((a, b) => compareKeys(a.key, b.key) || a.line.row - b.line.row).map(({ line }) => line);
  }

  /** @returns false when the row may succeed later */
  private settle(line: StayLine, final: boolean): boolean {
    const ledger = this.simulation.client(line.clientId)?.ledger;
    if (ledger === undefined) {
      this.note(line, { problems: [fieldProblem('clientnummer', 'unknown-client-number')] });
      return true;
    }
    const proposal = this.propose(line, ledger);
    try {
      this.carryOut(line, proposal);
      return true;
    } catch (error) {
      if (!(error instanceof StepFailed) || !(error.cause instanceof Refusal)) throw error;
      if (MAY_PASS.has(error.cause.code)) {
        if (!final || this.makeRoom(line, proposal)) return false;
      }
      this.note(line, { problems: stayProblems(error.cause, error.command) });
      return true;
    }
  }

  private carryOut(line: StayLine, proposal: StayProposal): void {
    const { clientId, record } = line;
    const steps = this.simulation.run(record.number, proposal.commands, clientId);
    const targetId = proposal.targetId ?? this.madeTarget(line);
    if (targetId !== undefined) {
      this.targets.set(record.number, targetId);
      this.taken.add(targetId);
    }
    const warnings = [...proposal.warnings, ...(proposal.outcome === 'new' ? this.weightWarning(line) : [])];
    this.note(line, { outcome: proposal.outcome, steps, targetId, warnings });
  }

  /**
   * Clients who take each other's places on one day all wait for each other. The first of them then leaves the old place
   * on that day, as the line before says, and the others follow one by one.
   */
  private makeRoom(line: StayLine, proposal: StayProposal): boolean {
    const [move] = proposal.commands;
    const previous = this.neighbours.get(line)?.previous;
    const known = previous && this.planned.get(previous);
    if (move?.kind !== 'move' || !previous || !known?.targetId || known.steps.length > 0) return false;
    const { clientId } = line;
    const reason = 'information-came-later';
    const leaving = { kind: 'correction', clientId, stayId: known.targetId, until: move.date, reason } as const;
    try {
      const steps = this.simulation.run(previous.record.number, [leaving], clientId);
      this.planned.set(previous, { ...known, steps });
      this.madeRoom.add(line);
      return true;
    } catch (error) {
      if (error instanceof StepFailed && error.cause instanceof Refusal) return false;
      throw error;
    }
  }

  private propose(line: StayLine, ledger: ClientLedger): StayProposal {
    const { record, clientId, placeId = '' } = line;
    const { previous, onward } = this.neighbours.get(line) ?? {};
    const situation: StaySituation = {
      clientId,
      ledger,
      placeId,
      today: this.context.today,
      linkedId: this.targets.get(record.number),
      taken: this.taken,
      previousStayId: previous && this.targets.get(previous.record.number),
      onward,
    };
    if (record.kind !== 'leave') return proposeStay(record, situation);
    return proposeLeave({ ...record, leaveReason: record.leaveReason ?? 'other' }, situation);
  }

  /** The stay or leave that the commands of a row made. */
  private madeTarget({ clientId, placeId, record }: StayLine): string | undefined {
    const stays = this.simulation.client(clientId)?.ledger.stays ?? [];
    if (record.kind !== 'leave') {
      return stays.find((stay) => stay.placeId === placeId && stay.from === record.from)?.stayId;
    }
    return stays.flatMap(({ leaves }) => leaves).find(({ from }) => from === record.from)?.leaveId;
  }

  private weightWarning({ clientId, placeId }: StayLine): FieldProblem[] {
    const client = this.simulation.client(clientId)?.zwaarte;
    const place = placeId === undefined ? undefined : this.simulation.place(placeId);
    if (client === undefined || place === undefined || compareZwaarte(place.zwaarte, client) >= 0) return [];
    return [fieldProblem('plekcode', 'place-lighter-than-client', { place: place.label })];
  }

  private note(line: StayLine, result: Partial<PlannedLine>): void {
    this.planned.set(line, {
      row: line.row,
      order: this.planned.size,
      outcome: 'error',
      clientId: line.clientId,
      steps: [],
      problems: [],
      warnings: [],
      ...result,
    });
  }
}

interface Neighbours {
  /** The line from which the client came by a move. */
  readonly previous?: StayLine;
  readonly onward?: Onward;
}

/**
 * Lines of one client that follow each other: one ends on the day that the next begins, without a reason for leaving,
 * at another place. That is a move.
 */
function neighboursOf(lines: readonly StayLine[]): Map<StayLine, Neighbours> {
  const byClient = Map.groupBy(
    lines.filter(({ record }) => record.kind !== 'leave'),
    ({ clientId }) => clientId,
  );
  const found = new Map<StayLine, Neighbours>();
  for (const own of byClient.values()) {
    own.sort((a, b) => (a.record.from < b.record.from ? -1 : 1));
    own.forEach((line, index) => {
      const next = own[index + 1];
      const { record } = line;
      if (next === undefined || record.kind !== 'stay' || record.departure !== undefined) return;
      if (record.until !== next.record.from || line.placeId === next.placeId) return;
      const onward: Onward = next.record.kind === 'reservation' ? 'reservation' : 'move';
      found.set(line, { ...found.get(line), onward });
      if (onward === 'move') found.set(next, { ...found.get(next), previous: line });
    });
  }
  return found;
}

type Key = readonly [date: string, rank: number, from: string];

function compareKeys(a: Key, b: Key): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] !== b[1]) return a[1] - b[1];
  return a[2] === b[2] ? 0 : a[2] < b[2] ? -1 : 1;
}
