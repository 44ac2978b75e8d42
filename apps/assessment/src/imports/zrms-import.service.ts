import { Injectable } from '@nestjs/common';
import { AccessLog } from '#access/access-log.js';
import { ClientNumberHash } from '#access/client-number-hash.js';
import { zrmImportColumns } from '#contracts/assessment/import-columns.js';
import { zrmImports } from '#contracts/assessment/imports.js';
import type { Caller } from '#contracts/caller.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import {
  FirstRows,
  type ImportKindHandler,
  type ImportScene,
  type Pulse,
  type RowResult,
  valuesOf,
} from '#imports/import-kind.js';
import type { NamedRow } from '#imports/rows/match-columns.js';
import type { PreviewedRow } from '#imports/sealed-row.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { ClientAccess, type SeenClient } from '../directory/client-access.service.js';
import { ClientNumbersRepository } from '../directory/client-numbers.repository.js';
import { ClientsRepository } from '../directory/clients.repository.js';
import { VersionMapping } from '../matrix/mapping.js';
import { MeasurementContexts } from '../measurement/measurement-contexts.service.js';
import { MeasurementsRepository } from '../measurement/measurements.repository.js';
import { SubmittedZrms } from '../measurement/submitted-zrms.service.js';
import { type ReadZrmRow, readZrmRow, type SaidContent } from './zrm-row.js';
import { afterRow, dateProblemsOf, decideZrmRow, type ZrmRowDecision, type ZrmScene } from './zrm-row-decision.js';

/** A row of ZRMs takes about twice the memory of a row of clients, for which the general limit was set. */
const MAX_ROWS = 5_000;

/** What a row of ZRMs does when it is carried out. */
export interface ZrmRowPlan {
  readonly clientId: string;
  readonly said: SaidContent;
}

/** A row of which the client is known. */
interface OwnRow {
  readonly read: ReadZrmRow;
  readonly clientId: string;
}

/** Files of ZRMs: one row each, submitted or corrected by the rules of the form (docs/decisions/0033). */
@Injectable()
export class ZrmsImport implements ImportKindHandler<ZrmRowPlan> {
  readonly columns = zrmImportColumns;
  readonly maxRows = MAX_ROWS;

  constructor(
    private readonly numbers: ClientNumbersRepository,
    private readonly hash: ClientNumberHash,
    private readonly clients: ClientsRepository,
    private readonly access: ClientAccess,
    private readonly contexts: MeasurementContexts,
    private readonly measurements: MeasurementsRepository,
    private readonly submitted: SubmittedZrms,
    private readonly accessLog: AccessLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly matrix: VersionMapping,
  ) {}

  /** Client by client, each in the order of their ZRMs; nothing is written. */
  async preview(
    rows: readonly NamedRow[],
    { document, caller }: ImportScene,
    pulse: Pulse,
  ): Promise<PreviewedRow<ZrmRowPlan>[]> {
    const read: ReadZrmRow[] = [];
    for (const row of rows) {
      read.push(readZrmRow(row, this.matrix));
      // Nothing is judged yet, but other work goes first.
      await pulse(0);
    }
    read.sort(byTime);
    const own = await this.withClients(read, document.organisationId);
    const twice = twiceIn(own);
    const shown = new Map<number, Shown>();
    for (const [clientId, ofClient] of Map.groupBy(own, (row) => row.clientId)) {
      let scene = await this.previewScene(clientId, caller);
      for (const { read: row } of ofClient) {
        const first = twice.get(row.row);
        const decision = first === undefined ? judge(row, scene) : repeated(row, first);
        if (scene !== undefined) scene = afterRow(scene, decision);
        shown.set(row.row, shownAs(row, decision, scene === undefined ? undefined : clientId));
        await pulse(shown.size);
      }
    }
    const order = new Map(read.map(({ row }, index) => [row, index]));
    const problemsOf = new Map(read.map((row) => [row.row, row]));
    return rows.map((source) => ({
      row: source.row,
      order: order.get(source.row) ?? 0,
      values: valuesOf(source),
      ...(shown.get(source.row) ?? unknownNumber(problemsOf.get(source.row))),
    }));
  }

  touches({ clientId }: ZrmRowPlan): readonly string[] {
    return [clientId];
  }

  /** The ZRM, how the client stands by it, the fact, what is due and the access-log entry, in one unit of work. */
  carryOut({ clientId, said }: ZrmRowPlan, { caller }: ImportScene): Promise<RowResult> {
    return this.unitOfWork.run(async (tx) => {
      const seen = await this.access.writable(await this.recordOf(clientId, tx), caller, tx);
      const decision = decideZrmRow(said, await this.sceneOf(seen, caller, tx));
      if (decision.outcome === 'error') throw Refusal.ofFields(decision.problems);
      const { measurement } = decision;
      const { client, ground } = seen;
      if (decision.outcome !== 'unchanged') {
        const { before } = decision;
        await this.measurements.save(tx, before, measurement);
        await this.submitted.took(tx, client, before, measurement, 'import');
        const subjects = [{ clientId: client.known.clientId, ground }];
        this.accessLog.record(tx, caller, before ? 'update' : 'create', zrmImports.commit.subject, subjects);
      }
      return { clientId: client.known.clientId, targetId: measurement.measurementId };
    });
  }

  /** Rows with the client that their number stands for; those with an unknown number are left out. */
  private async withClients(rows: readonly ReadZrmRow[], organisationId: string | undefined): Promise<OwnRow[]> {
    if (organisationId === undefined) throw Refusal.of('not-permitted');
    const hashes = new Map(
      rows.flatMap(({ number }) => (number === undefined ? [] : [[number, this.hash.of(organisationId, number)]])),
    );
    const found = await this.numbers.clientsOf([...new Set(hashes.values())]);
    const records = new Map<string, string>();
    for (const clientId of new Set(found.values())) records.set(clientId, await this.recordOf(clientId));
    return rows.flatMap((read): OwnRow[] => {
      const clientId = read.number === undefined ? undefined : found.get(hashes.get(read.number) ?? '');
      return clientId === undefined ? [] : [{ read, clientId: records.get(clientId) ?? clientId }];
    });
  }

  /** The record that goes on, when that of a number was merged away. */
  private async recordOf(clientId: string, tx?: Tx): Promise<string> {
    return (await this.clients.recordsAbove(tx, clientId)).at(-1) ?? clientId;
  }

  private async previewScene(clientId: string, caller: Caller): Promise<ZrmScene | undefined> {
    try {
      return await this.sceneOf(await this.access.writable(clientId, caller), caller);
    } catch (error) {
      // A client who has nothing to do with the institution any more, or whom nothing was told of yet.
      if (error instanceof Refusal && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  private async sceneOf(seen: SeenClient, caller: Caller, tx?: Tx): Promise<ZrmScene> {
    const { clientId } = seen.client.known;
    const submitted = await this.measurements.submittedOf(seen.records, tx);
    const context = await this.contexts.of(seen, { measurementId: '', clientId }, caller, tx);
    return { context: { ...context, origin: 'import' }, submitted };
  }
}

type Shown = Pick<PreviewedRow<ZrmRowPlan>, 'outcome' | 'problems' | 'warnings' | 'clientId' | 'targetId' | 'plan'>;

/** Oldest first, so that each ZRM is judged by those before it; a target follows what was seen on its day. */
function byTime(a: ReadZrmRow, b: ReadZrmRow): number {
  const key = ({ date, kind }: ReadZrmRow) => `${date ?? '9999'} ${kind === 'target' ? '1' : '0'}`;
  const [first, second] = [key(a), key(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.row - b.row;
}

/** For each row of a ZRM that the file has before: on which row. */
function twiceIn(own: readonly OwnRow[]): ReadonlyMap<number, number> {
  const firsts = new FirstRows();
  const twice = new Map<number, number>();
  for (const { read, clientId } of own.toSorted((a, b) => a.read.row - b.read.row)) {
    const { row, kind, date } = read;
    if (kind === undefined || date === undefined) continue;
    const first = firsts.seenOn(`${clientId}|${kind}|${date}`, row);
    if (first !== undefined) twice.set(row, first);
  }
  return twice;
}

function repeated({ problems }: ReadZrmRow, row: number): ZrmRowDecision {
  return { outcome: 'error', problems: [...problems, fieldProblem('datum', 'row-twice-in-file', { row })] };
}

function judge(row: ReadZrmRow, scene: ZrmScene | undefined): ZrmRowDecision {
  if (scene === undefined) {
    return { outcome: 'error', problems: [...row.problems, fieldProblem('clientnummer', 'not-found')] };
  }
  if (row.said !== undefined) return decideZrmRow(row.said, scene);
  return { outcome: 'error', problems: [...row.problems, ...dateProblemsOf(row, scene)] };
}

function shownAs({ said }: ReadZrmRow, decision: ZrmRowDecision, clientId: string | undefined): Shown {
  const { outcome } = decision;
  const about = clientId === undefined ? {} : { clientId };
  if (outcome === 'error') return { outcome, problems: decision.problems, warnings: [], ...about };
  const known = { ...about, targetId: decision.measurement.measurementId, problems: [] };
  if (outcome === 'unchanged') return { outcome, warnings: [], ...known };
  const plan = said === undefined || clientId === undefined ? {} : { plan: { clientId, said } };
  return { outcome, warnings: decision.warnings, ...known, ...plan };
}

function unknownNumber(row: ReadZrmRow | undefined): Shown {
  const problems: FieldProblem[] = [...(row?.problems ?? [])];
  if (row?.number !== undefined) problems.push(fieldProblem('clientnummer', 'unknown-client-number'));
  return { outcome: 'error', problems, warnings: [] };
}
