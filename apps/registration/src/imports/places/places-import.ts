import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import { importColumns } from '#contracts/registration/import-columns.js';
import { ExternalIds } from '../../outside/external-ids.js';
import type { PlaceDocument } from '../../structure/place.schema.js';
import { PlacesService } from '../../structure/places.service.js';
import { checkOccupationsInside } from '../../structure/structure-rules.js';
import { comparable } from '../../text-keys.js';
import {
  FirstRows,
  type ImportKindHandler,
  type ImportScene,
  type Pulse,
  type RowResult,
  sameNumber,
  valuesOf,
} from '#imports/import-kind.js';
import { checkPlaceRow, type CheckedRow, type PlaceRow } from '../rows/check-row.js';
import type { NamedRow } from '#imports/rows/match-columns.js';
import type { PreviewedRow } from '#imports/sealed-row.js';
import type { RowPlan } from '../row-plan.js';
import { StructureFinder } from './structure-finder.js';

type Judgement = Pick<PreviewedRow, 'outcome' | 'problems' | 'targetId'> & { plan?: RowPlan };

const columns: Readonly<Record<string, string>> = {
  name: 'pleknaam',
  kind: 'soort',
  zwaarte: 'zwaarte',
  fundingFrame: 'financiering',
  openFrom: 'open_vanaf',
  closedFrom: 'gesloten_vanaf',
  organisationId: 'instelling',
};

/** Files of places: makes the locations and clusters that are not there, makes places by code, and keeps them up. */
@Injectable()
export class PlacesImport implements ImportKindHandler<RowPlan> {
  readonly columns = importColumns.places;

  constructor(
    private readonly externalIds: ExternalIds,
    private readonly finder: StructureFinder,
    private readonly places: PlacesService,
  ) {}

  async preview(rows: readonly NamedRow[], _scene: ImportScene, pulse: Pulse): Promise<PreviewedRow<RowPlan>[]> {
    const doubles = { code: new FirstRows(), name: new FirstRows() };
    const previewed: PreviewedRow<RowPlan>[] = [];
    for (const source of rows) {
      const checked = withoutDoubles(checkPlaceRow(source), doubles);
      const judged = checked.record === undefined ? wrong(checked.problems) : await this.judge(checked.record);
      previewed.push({ row: source.row, order: previewed.length, values: valuesOf(source), warnings: [], ...judged });
      await pulse(previewed.length);
    }
    return previewed;
  }

  /** Rows of one institution share locations and clusters. */
  touches(plan: RowPlan): readonly string[] {
    return plan.of === 'places' ? [comparable(plan.place.organisation)] : [];
  }

  async carryOut(plan: RowPlan, { caller }: ImportScene): Promise<RowResult> {
    if (plan.of !== 'places') throw new Error(`a row of ${plan.of} in a file of places`);
    try {
      return { targetId: await this.keep(plan.place, caller) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Somebody made the same location, cluster or place at this moment: now it is found.
      if (error.code === 'already-exists') return { targetId: await this.keep(plan.place, caller) };
      throw new Refusal({ ...error.toJSON(), fields: placeProblems(error) });
    }
  }

  private async keep(row: PlaceRow, caller: Caller): Promise<string> {
    const organisationId = await this.finder.institution(row.organisation);
    const clusterId = await this.finder.clusterFor(row, organisationId, caller);
    const current = await this.current(row, organisationId, clusterId);
    if (current && current.clusterId !== clusterId)
      throw Refusal.of('place-in-other-cluster', { fields: ['plekcode'] });
    const { name, kind, zwaarte, fundingFrame, openFrom, closedFrom } = row;
    const fields = { name, kind, zwaarte, fundingFrame, openFrom, closedFrom };
    if (current === undefined) {
      const { placeId } = await this.places.createPlace({ clusterId, ...fields }, caller);
      await this.externalIds.point(organisationId, 'place', row.code, placeId);
      return placeId;
    }
    if (differs(row, current)) {
      await this.places.updatePlace({ placeId: current._id, expectedVersion: current.version, ...fields });
    }
    await this.externalIds.point(organisationId, 'place', row.code, current._id);
    return current._id;
  }

  /** The place that the code stands for, else one of that name in the cluster that came in by another door. */
  private async current(row: PlaceRow, organisationId: string, clusterId?: string): Promise<PlaceDocument | undefined> {
    const linked = await this.externalIds.find(organisationId, 'place', row.code);
    const known = linked === undefined ? undefined : await this.finder.place(linked);
    return known ?? (clusterId === undefined ? undefined : this.finder.placeByName(clusterId, row.name));
  }

  private async judge(row: PlaceRow): Promise<Judgement> {
    try {
      const organisationId = await this.finder.institution(row.organisation);
      const clusterId = await this.finder.cluster(row, organisationId);
      const current = await this.current(row, organisationId, clusterId);
      const plan = { of: 'places' as const, place: row };
      if (current === undefined) return { outcome: 'new', problems: [], plan };
      const targetId = current._id;
      if (current.clusterId !== clusterId) {
        return { ...wrong([fieldProblem('plekcode', 'place-in-other-cluster')]), targetId };
      }
      const namesake = await this.finder.placeByName(current.clusterId, row.name);
      if (namesake && namesake._id !== current._id) return wrong([fieldProblem('pleknaam', 'already-exists')]);
      checkOccupationsInside(row.name, opening(row, current), current.ledger.occupations);
      const isLinked = (await this.externalIds.find(organisationId, 'place', row.code)) === current._id;
      if (!differs(row, current)) {
        return { outcome: 'unchanged', problems: [], targetId, ...(isLinked ? {} : { plan }) };
      }
      return { outcome: 'change', problems: [], targetId, plan };
    } catch (error) {
      if (error instanceof Refusal) return wrong(placeProblems(error));
      throw error;
    }
  }
}

/** When the place is open as the file says; an empty cell says nothing. */
function opening({ openFrom, closedFrom }: PlaceRow, current: PlaceDocument) {
  return { openFrom: openFrom ?? current.openFrom, closedFrom: closedFrom ?? current.closedFrom };
}

function differs(row: PlaceRow, current: PlaceDocument): boolean {
  const { openFrom, closedFrom } = opening(row, current);
  return (
    row.name !== current.label ||
    row.kind !== current.kind ||
    row.zwaarte !== current.zwaarte ||
    row.fundingFrame !== current.fundingFrame ||
    openFrom !== current.openFrom ||
    closedFrom !== current.closedFrom
  );
}

function wrong(problems: readonly FieldProblem[]): Judgement {
  return { outcome: 'error', problems };
}

function withoutDoubles(
  checked: CheckedRow<PlaceRow>,
  doubles: { code: FirstRows; name: FirstRows },
): CheckedRow<PlaceRow> {
  const { row, record } = checked;
  if (record === undefined) return checked;
  const organisation = comparable(record.organisation);
  const byCode = doubles.code.seenOn(`${organisation}|${sameNumber(record.code)}`, row);
  if (byCode !== undefined) {
    return { row, problems: [fieldProblem('plekcode', 'row-twice-in-file', { row: byCode })] };
  }
  const names = [record.organisation, record.location, record.cluster, record.name].map(comparable);
  const byName = doubles.name.seenOn(names.join('|'), row);
  return byName === undefined
    ? checked
    : { row, problems: [fieldProblem('pleknaam', 'row-twice-in-file', { row: byName })] };
}

function placeProblems({ code, messages, fields }: Refusal): FieldProblem[] {
  if (fields.length === 0) return [{ path: '', code, ...messages }];
  return fields.map((problem) => ({ ...problem, path: columns[problem.path] ?? problem.path }));
}
