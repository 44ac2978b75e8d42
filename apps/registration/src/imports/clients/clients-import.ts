import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import { importColumns } from '#contracts/registration/import-columns.js';
import { registrationImports } from '#contracts/registration/imports.js';
import { BsnCipher } from '../../clients/bsn-cipher.js';
import { checkedClient } from '../../clients/client-rules.js';
import { type ClientDocument, ClientModel } from '../../clients/client.schema.js';
import { ClientsService } from '../../clients/clients.service.js';
import { LookAlikes } from '../../clients/look-alikes.js';
import { withInput } from '../../clients/record-changes.js';
import { derivedId } from '../../identity.js';
import { ClientNumbers } from '../../outside/client-numbers.js';
import { CurrentClients } from '../../outside/current-clients.js';
import { ExternalIds } from '../../outside/external-ids.js';
import {
  FirstRows,
  type ImportKindHandler,
  type ImportScene,
  type Pulse,
  type RowResult,
  sameNumber,
  valuesOf,
} from '#imports/import-kind.js';
import { checkClientRow, type CheckedRow, clientProblems, type ClientRow } from '../rows/check-row.js';
import type { NamedRow } from '#imports/rows/match-columns.js';
import type { PreviewedRow } from '#imports/sealed-row.js';
import type { RowPlan } from '../row-plan.js';
import { importScope } from '../stays/stay-simulation.js';
import { type ClientRowPlan, inputOf, saysSomethingNew } from './client-row-plan.js';

/** Rows per question. */
const BATCH = 200;

type Judgement = Pick<PreviewedRow, 'outcome' | 'problems' | 'warnings' | 'clientId' | 'recognised'> & {
  plan?: ClientRowPlan;
};
type Sound = Extract<CheckedRow<ClientRow>, { readonly record: ClientRow }>;

/** Files of clients: registers those whose number is new, changes what the file says otherwise of the others. */
@Injectable()
export class ClientsImport implements ImportKindHandler<RowPlan> {
  readonly columns = importColumns.clients;

  constructor(
    private readonly externalIds: ExternalIds,
    private readonly numbers: ClientNumbers,
    private readonly currentClients: CurrentClients,
    private readonly clients: ClientModel,
    private readonly service: ClientsService,
    private readonly lookAlikes: LookAlikes,
    private readonly cipher: BsnCipher,
    private readonly clock: Clock,
  ) {}

  async preview(rows: readonly NamedRow[], scene: ImportScene, pulse: Pulse): Promise<PreviewedRow<RowPlan>[]> {
    const today = this.clock.today();
    const doubles = { number: new FirstRows(), bsn: new FirstRows() };
    const previewed: PreviewedRow<RowPlan>[] = [];
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      const checked = batch.map((row) => withoutDoubles(checkClientRow(row, today), doubles));
      const known = await this.known(
        checked.flatMap((row) => (row.record === undefined ? [] : [row])),
        scene,
      );
      for (const [index, row] of checked.entries()) {
        const source = batch[index];
        if (source === undefined) continue;
        const judged =
          row.record === undefined ? wrong(row.problems) : await this.judge(row, known, scene.caller, today);
        const { plan, ...rest } = judged;
        const shown = {
          row: row.row,
          order: previewed.length,
          values: valuesOf(source),
          ...rest,
          targetId: rest.clientId,
        };
        previewed.push(plan === undefined ? shown : { ...shown, plan: { of: 'clients', ...plan } });
        await pulse(previewed.length);
      }
    }
    return previewed;
  }

  touches(plan: RowPlan): readonly string[] {
    return plan.of === 'clients' ? [sameNumber(plan.client.number)] : [];
  }

  async carryOut(plan: RowPlan, { document, caller }: ImportScene): Promise<RowResult> {
    if (plan.of !== 'clients') throw new Error(`a row of ${plan.of} in a file of clients`);
    const scope = importScope(organisationOf(document));
    try {
      const clientId = plan.clientId ?? (await this.register(plan, scope, caller));
      await this.numbers.point(organisationOf(document), plan.client.number, clientId);
      if (plan.clientId !== undefined) await this.change(plan, plan.clientId, caller);
      return { clientId, targetId: clientId };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal({ ...error.toJSON(), fields: clientProblems(error) });
    }
  }

  private async register({ client }: ClientRowPlan, scope: string, caller: Caller): Promise<string> {
    const { details, bsn, number } = client;
    const command = {
      ...inputOf(client),
      familyName: details.familyName,
      ...(bsn === undefined ? {} : { bsn }),
      // The preview showed possible duplicates, and the file was committed all the same.
      notADuplicate: true,
      idempotencyKey: keyOf(number),
    };
    const { clientId } = await this.service.register(command, caller, {
      scope,
      operation: registrationImports.commit.subject,
    });
    return clientId;
  }

  private async change({ client, version = 0 }: ClientRowPlan, clientId: string, caller: Caller): Promise<void> {
    const current = await this.clients.model.findById(clientId).lean<ClientDocument>();
    if (current === null) throw Refusal.of('not-found', { fields: ['clientId'] });
    const { bsn } = client;
    // Done before, when the process was stopped after the change.
    if (!saysSomethingNew(client, current, bsn === undefined ? undefined : this.cipher.hash(bsn))) return;
    const input = { ...inputOf(client, current.details), ...(bsn === undefined ? {} : { bsn }) };
    const command = { clientId, expectedVersion: version, ...input };
    await this.service.update(command, caller, { operation: registrationImports.commit.subject });
  }

  private async judge(row: Sound, known: Known, caller: Caller, today: CivilDate): Promise<Judgement> {
    const { record } = row;
    const bsnHash = record.bsn === undefined ? undefined : this.cipher.hash(record.bsn);
    const current = known.byNumber.get(sameNumber(record.number));
    const owner = bsnHash === undefined ? undefined : known.byBsn.get(bsnHash);
    if (owner !== undefined && owner !== current?._id) {
      return { ...wrong([fieldProblem('bsn', 'bsn-in-use')]), recognised: [owner] };
    }
    if (current === undefined) {
      const alike = await this.lookAlikes.find({ ...record.details, ...(bsnHash === undefined ? {} : { bsnHash }) });
      const count = alike.length;
      const warnings = count === 0 ? [] : [fieldProblem('achternaam', 'possible-duplicate', { count })];
      const recognised = alike.map(({ client }) => client._id);
      return { outcome: 'new', problems: [], warnings, recognised, plan: { client: record } };
    }
    return judgeKnown(record, current, bsnHash, caller, today);
  }

  /** The records that the rows are about, and who has the BSNs in them. */
  private async known(rows: readonly Sound[], { document }: ImportScene): Promise<Known> {
    const organisationId = organisationOf(document);
    const numbers = rows.map(({ record }) => record.number);
    const linked = await this.externalIds.findMany(organisationId, 'client', numbers);
    const goesOn = await this.currentClients.of([...linked.values()]);
    // A number whose client was registered just before a process was stopped has no link yet.
    const idOf = (number: string) => {
      const clientId = linked.get(number) ?? derivedId('client', importScope(organisationId), keyOf(number));
      return goesOn.get(clientId) ?? clientId;
    };
    const ids = new Map(numbers.map((number) => [number, idOf(number)]));
    const documents = await this.clients.model.find({ _id: { $in: [...ids.values()] } }).lean<ClientDocument[]>();
    const byId = new Map(documents.map((client) => [client._id, client]));
    const hashes = rows.flatMap(({ record }) => (record.bsn === undefined ? [] : [this.cipher.hash(record.bsn)]));
    const owners = await this.clients.model
      .find({ bsnHash: { $in: hashes } }, { bsnHash: 1 })
      .lean<Pick<ClientDocument, '_id' | 'bsnHash'>[]>();
    return {
      byNumber: new Map(
        [...ids].flatMap(([number, clientId]) => {
          const client = byId.get(clientId);
          return client === undefined ? [] : [[sameNumber(number), client]];
        }),
      ),
      byBsn: new Map(owners.flatMap(({ _id, bsnHash }) => (bsnHash === undefined ? [] : [[bsnHash, _id]]))),
    };
  }
}

interface Known {
  readonly byNumber: ReadonlyMap<string, ClientDocument>;
  readonly byBsn: ReadonlyMap<string, string>;
}

function judgeKnown(
  record: ClientRow,
  current: ClientDocument,
  bsnHash: string | undefined,
  caller: Caller,
  today: CivilDate,
): Judgement {
  const clientId = current._id;
  const { relatedOrganisationIds, relatedClusterIds, version } = current;
  if (groundFor(caller, { clientId, relatedOrganisationIds, relatedClusterIds }) === undefined) {
    return wrong([fieldProblem('clientnummer', 'not-found')]);
  }
  const about = { problems: [], warnings: [], clientId };
  if (!saysSomethingNew(record, current, bsnHash)) return { ...about, outcome: 'unchanged' };
  try {
    const next = withInput(current.details, inputOf(record, current.details));
    checkedClient(next, { today, firstStayFrom: current.ledger.stays[0]?.from });
  } catch (error) {
    if (error instanceof Refusal) return { ...wrong(clientProblems(error)), clientId };
    throw error;
  }
  return { ...about, outcome: 'change', plan: { client: record, clientId, version } };
}

function wrong(problems: readonly FieldProblem[]): Judgement {
  return { outcome: 'error', problems, warnings: [] };
}

/** The same number or BSN twice in one file is a problem on its second row. */
function withoutDoubles(
  checked: CheckedRow<ClientRow>,
  doubles: { number: FirstRows; bsn: FirstRows },
): CheckedRow<ClientRow> {
  const { row, record } = checked;
  if (record === undefined) return checked;
  const { number, bsn } = record;
  const byNumber = doubles.number.seenOn(sameNumber(number), row);
  if (byNumber !== undefined) {
    return { row, problems: [fieldProblem('clientnummer', 'row-twice-in-file', { row: byNumber })] };
  }
  const byBsn = bsn === undefined ? undefined : doubles.bsn.seenOn(bsn, row);
  return byBsn === undefined ? checked : { row, problems: [fieldProblem('bsn', 'row-twice-in-file', { row: byBsn })] };
}

/** The key under which a client of a number is registered once, whatever else the row says. */
function keyOf(number: string): string {
  return `client:${sameNumber(number)}`;
}

function organisationOf({ organisationId }: ImportScene['document']): string {
  if (organisationId === undefined) throw Refusal.of('not-permitted');
  return organisationId;
}
