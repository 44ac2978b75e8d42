import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import { importColumns } from '#contracts/registration/import-columns.js';
import { registrationImports } from '#contracts/registration/imports.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { CurrentClients } from '../../outside/current-clients.js';
import { ExternalIds } from '../../outside/external-ids.js';
import { onceOnly, PartRefused, StaysService } from '../../stays/stays.service.js';
import { type LoadedHousing, StaysRepository } from '../../stays/stays.repository.js';
import {
  FirstRows,
  type ImportKindHandler,
  type ImportScene,
  type Pulse,
  type RowResult,
  sameNumber,
  valuesOf,
} from '#imports/import-kind.js';
import type { NamedRow } from '#imports/rows/match-columns.js';
import { type CheckedRow, checkStayRow, type StayRow } from '../rows/check-row.js';
import type { PreviewedRow } from '#imports/sealed-row.js';
import type { RowPlan } from '../row-plan.js';
import { type PlannedLine, type StayLine, StaysPlan } from './plan-stays.js';
import { stayProblems } from './stay-problems.js';
import { importScope, type PlannedStep } from './stay-simulation.js';

/** Ledgers per question. */
const BATCH = 500;
/** Files of stays: planned over all ledgers in memory, carried out row by row through the same service as any change. */
@Injectable()
export class StaysImport implements ImportKindHandler<RowPlan> {
  readonly columns = importColumns.stays;

  constructor(
    private readonly externalIds: ExternalIds,
    private readonly currentClients: CurrentClients,
    private readonly repository: StaysRepository,
    private readonly stays: StaysService,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async preview(rows: readonly NamedRow[], scene: ImportScene, pulse: Pulse): Promise<PreviewedRow<RowPlan>[]> {
    const organisationId = organisationOf(scene);
    const checked = new Map(rows.map((row) => [row.row, checkStayRow(row)]));
    markDoubles(checked);
    const records = [...checked.values()].flatMap(({ record }) => record ?? []);
    const [clientIds, placeIds, links] = await Promise.all([
      this.clientIds(
        organisationId,
        records.map(({ clientNumber }) => clientNumber),
      ),
      this.externalIds.findMany(
        organisationId,
        'place',
        records.flatMap(({ placeCode }) => placeCode ?? []),
      ),
      this.externalIds.findMany(
        organisationId,
        'stay',
        records.map(({ number }) => number),
      ),
    ]);
    const lines: StayLine[] = [];
    for (const row of checked.values()) {
      if (row.record === undefined) continue;
      const line = lineOf(row.row, row.record, clientIds, placeIds);
      if ('clientId' in line) lines.push(line);
      else checked.set(row.row, { row: row.row, problems: line.problems });
    }
    const loaded = await this.load(lines);
    const { caller } = scene;
    const context = { caller, organisationId, now: this.clock.now(), today: this.clock.today() };
    const plan = new StaysPlan(lines, links, [loaded.clients, loaded.places, context]);
    const planned = new Map((await plan.run(pulse)).map((line) => [line.row, line]));
    return rows.map((row) => this.shown(row, checked.get(row.row), planned.get(row.row), links));
  }

  touches(plan: RowPlan): readonly string[] {
    return plan.of === 'stays' ? plan.steps.flatMap(({ touches }) => touches) : [];
  }

  async carryOut(plan: RowPlan, scene: ImportScene): Promise<RowResult> {
    if (plan.of !== 'stays') throw new Error(`a row of ${plan.of} in a file of stays`);
    const organisationId = organisationOf(scene);
    const { number, steps, targetId } = plan;
    const link = targetId === undefined ? undefined : { number, targetId };
    if (steps.length > 0) await this.execute(steps, scene, organisationId, link);
    else if (link) await this.externalIds.point(organisationId, 'stay', link.number, link.targetId);
    return {};
  }

  /** All changes of a row, and what its line number stands for, in one unit of work: a row is done or not. */
  private async execute(
    steps: readonly PlannedStep[],
    { caller }: ImportScene,
    organisationId: string,
    link: { number: string; targetId: string } | undefined,
  ): Promise<void> {
    const parts = steps.map(({ command, key }) => ({
      command,
      origin: {
        channel: 'import' as const,
        request: { scope: importScope(organisationId), key },
        operation: registrationImports.commit.subject,
      },
    }));
    try {
      await onceOnly(() =>
        this.units.run(async (tx) => {
          const outcomes = await this.stays.executeAllIn(tx, parts, caller);
          const isNew = outcomes.some(({ repeated }) => !repeated);
          if (isNew && link) await this.externalIds.point(organisationId, 'stay', link.number, link.targetId, tx);
        }),
      );
    } catch (error) {
      if (!(error instanceof PartRefused)) throw error;
      const { refusal, command } = error;
      throw new Refusal({ ...refusal.toJSON(), fields: stayProblems(refusal, command) });
    }
  }

  private async clientIds(organisationId: string, numbers: readonly string[]): Promise<Map<string, string>> {
    const linked = await this.externalIds.findMany(organisationId, 'client', numbers);
    const current = await this.currentClients.of([...linked.values()]);
    return new Map([...linked].map(([number, clientId]) => [number, current.get(clientId) ?? clientId]));
  }

  /** Every ledger that the lines may need: of the clients, and of all places where they are, were or will be. */
  private async load(lines: readonly StayLine[]): Promise<LoadedHousing> {
    const clients = await inBatches(distinct(lines.map(({ clientId }) => clientId)), (ids) =>
      this.repository.findClients(ids),
    );
    const known = clients.flatMap(({ ledger }) => ledger.stays.map(({ placeId }) => placeId));
    const named = lines.flatMap(({ placeId }) => placeId ?? []);
    const places = await inBatches(distinct([...known, ...named]), (ids) => this.repository.findPlaces(ids));
    return { clients, places };
  }

  private shown(
    row: NamedRow,
    checked: CheckedRow<StayRow> | undefined,
    planned: PlannedLine | undefined,
    links: ReadonlyMap<string, string>,
  ): PreviewedRow<RowPlan> {
    const values = valuesOf(row);
    const record = checked?.record;
    if (planned === undefined || record === undefined) {
      const problems = checked?.problems ?? [];
      return { row: row.row, order: 0, outcome: 'error', values, problems, warnings: [] };
    }
    const { order, outcome, clientId, steps, targetId, problems, warnings } = planned;
    const isNewLink = targetId !== undefined && links.get(record.number) !== targetId;
    const plan = { of: 'stays' as const, number: record.number, steps, ...(isNewLink ? { targetId } : {}) };
    const acts = outcome !== 'error' && (steps.length > 0 || isNewLink);
    return {
      row: row.row,
      order,
      outcome,
      clientId,
      targetId: clientId,
      values,
      problems,
      warnings,
      ...(acts ? { plan } : {}),
    };
  }
}

/** A line number that comes twice is a problem on its second row. */
function markDoubles(checked: Map<number, CheckedRow<StayRow>>): void {
  const firsts = new FirstRows();
  for (const { row, record } of checked.values()) {
    const first = record && firsts.seenOn(sameNumber(record.number), row);
    if (first === undefined) continue;
    checked.set(row, { row, problems: [fieldProblem('regelnummer', 'row-twice-in-file', { row: first })] });
  }
}

function lineOf(
  row: number,
  record: StayRow,
  clientIds: ReadonlyMap<string, string>,
  placeIds: ReadonlyMap<string, string>,
): StayLine | { problems: FieldProblem[] } {
  const clientId = clientIds.get(record.clientNumber);
  const placeId = record.placeCode === undefined ? undefined : placeIds.get(record.placeCode);
  const problems = [
    ...(clientId === undefined ? [fieldProblem('clientnummer', 'unknown-client-number')] : []),
    ...(record.placeCode !== undefined && placeId === undefined
      ? [fieldProblem('plekcode', 'unknown-place-code')]
      : []),
  ];
  if (clientId === undefined || problems.length > 0) return { problems };
  return { row, record, clientId, ...(placeId === undefined ? {} : { placeId }) };
}

function organisationOf({ document }: ImportScene): string {
  if (document.organisationId === undefined) throw Refusal.of('not-permitted');
  return document.organisationId;
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

async function inBatches<T>(ids: readonly string[], load: (ids: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < ids.length; start += BATCH) found.push(...(await load(ids.slice(start, start + BATCH))));
  return found;
}
