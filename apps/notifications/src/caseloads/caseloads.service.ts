import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type {
  CallerRelations,
  Caseload,
  CaseloadVersion,
  ListCaseloads,
  PutCaseload,
} from '#contracts/notifications/caseloads.js';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { AssignmentService } from '../meldingen/assignment.service.js';
import { LiveHints } from '../meldingen/live-hints.js';
import { ClientRecordsRepository } from '../directory/client-records.repository.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { CaseloadsRepository, type CaseloadState } from './caseloads.repository.js';
import { PeopleKnown } from './people-known.js';
import { replacedBy } from './replacement-rules.js';

/** Who guards which clusters and clients. */
@Injectable()
export class CaseloadsService {
  constructor(
    private readonly caseloads: CaseloadsRepository,
    private readonly known: PeopleKnown,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly records: ClientRecordsRepository,
    private readonly assignment: AssignmentService,
    private readonly hints: LiveHints,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list(query: ListCaseloads): Promise<Page<Caseload>> {
    if (query.personId !== undefined) {
      const own = await this.caseloads.find(query.personId);
      return { items: own ? [caseloadView(own)] : [] };
    }
    const { cursor, limit = DEFAULT_PAGE_SIZE, clusterId } = query;
    const after = decodeCursor(cursor)?.['id'];
    const found = await this.caseloads.list(typeof after === 'string' ? after : '', limit + 1, clusterId);
    const items = found.slice(0, limit).map(caseloadView);
    const last = items.at(-1);
    return last && found.length > limit ? { items, nextCursor: encodeCursor({ id: last.personId }) } : { items };
  }

  async history(personId: string): Promise<CaseloadVersion[]> {
    const versions = await this.caseloads.history(personId);
    return versions.map((version) => ({
      ...caseloadView({ ...version, _id: version.personId }),
      updatedAt: version.updatedAt.toISOString(),
      updatedBy: version.updatedBy,
    }));
  }

  /** Replaces a caseload. What nobody was responsible for finds its regisseur at once. */
  async put(caller: Caller, command: PutCaseload): Promise<Caseload> {
    await this.mustManage(caller);
    const { personId, clusterIds, clientIds } = command;
    const person = await this.known.active(personId, 'personId');
    if (!person.roles.includes('trajectregisseur')) throw Refusal.of('not-a-regisseur', { fields: ['personId'] });
    await this.known.clusters(clusterIds, 'clusterIds');
    const stored = await this.unitOfWork.run(async (tx) => {
      const before = await this.caseloads.find(personId, tx);
      const { expectedVersion: expected } = command;
      const actual = before?.version ?? 0;
      if (expected !== undefined && expected !== actual) {
        throw Refusal.of('stale-version', { params: { actual, expected } });
      }
      const after: CaseloadState = {
        _id: personId,
        clusterIds,
        clientIds,
        coordinator: command.coordinator ?? before?.coordinator ?? false,
        version: actual + 1,
        updatedAt: this.clock.now(),
        updatedBy: caller.personId,
      };
      await this.caseloads.put(tx, before, after);
      // Whoever replaces them today has their caseload too.
      const absences = await this.caseloads.current(this.clock.today());
      const acting = absences.map((absence) => absence.replacementPersonId);
      this.hints.relationsChanged(tx, [personId, ...acting]);
      return after;
    });
    this.assignment.soon();
    return caseloadView(stored);
  }

  /** @throws Refusal `not-permitted` for a regisseur without coordinator duty */
  async mustManage(caller: Caller): Promise<void> {
    if (caller.roles.includes('beheerder')) return;
    const own = await this.caseloads.find(caller.personId);
    if (!own?.coordinator) throw Refusal.of('not-permitted');
  }

  /** Which clusters and clients somebody has to do with today; of a person with several records all of these. */
  async relations(personId: string): Promise<CallerRelations> {
    const absences = await this.caseloads.current(this.clock.today());
    const ids = absences.flatMap((absence) => [absence.personId, absence.replacementPersonId]);
    const people = await this.responsibilities.people([personId, ...ids]);
    const person = people.get(personId);
    // A regisseur who left has no caseload any more, whatever is still written down.
    if (person && !person.active) return { clusterIds: [], clientIds: [], replacing: [], coordinator: false };
    const replaced = replacedBy({ people, absences }, personId);
    const caseloads = await this.caseloads.findMany([personId, ...replaced]);
    const of = (id: string): Pick<CaseloadState, 'clusterIds' | 'clientIds'> =>
      caseloads.find(({ _id }) => _id === id) ?? { clusterIds: [], clientIds: [] };
    const replacing = replaced.map((id) => {
      const until = absences.find((absence) => absence.personId === id)?.until ?? this.clock.today();
      return { personId: id, until, clusterIds: of(id).clusterIds, clientIds: of(id).clientIds };
    });
    const all = [of(personId), ...replacing];
    return {
      clusterIds: [...new Set(all.flatMap(({ clusterIds }) => clusterIds))],
      clientIds: await this.records.ofSamePersons(all.flatMap(({ clientIds }) => clientIds)),
      replacing,
      coordinator: caseloads.some(({ _id, coordinator }) => _id === personId && coordinator),
    };
  }
}

function caseloadView(state: CaseloadState): Caseload {
  const { _id, clusterIds, clientIds, coordinator, version, updatedAt, updatedBy } = state;
  return { personId: _id, clusterIds, clientIds, coordinator, version, updatedAt: updatedAt.toISOString(), updatedBy };
}
