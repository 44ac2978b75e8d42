import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { CloudEvent } from '#contracts/fact.js';
import type { ClientChanged } from '#contracts/registration/facts.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { CaseloadsRepository } from '../caseloads/caseloads.repository.js';
import { ClientRecordsRepository } from '../directory/client-records.repository.js';
import { clustersOf } from '../rules/duty-rules.js';
import type { Happening } from '../rules/happening.js';
import { decideRecipients } from '../rules/recipient-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { SettingsRepository } from '../rules/settings.repository.js';
import { AssignmentService } from './assignment.service.js';
import { DeliveryService, happeningOf } from './delivery.service.js';
import { LiveHints } from './live-hints.js';
import { MeldingenRepository } from './meldingen.repository.js';

/** Kind of due item that looks once more for what was told to the wrong people around a merge. */
const MERGED = 'client-merged';
/** Registration stamps a merge and the changes after it by its own clocks, of several processes. */
const MARGIN_MS = 10_000;
/**
 * A change whose recipients were looked up before the merge was known may be stored after the first look. Looked at again
 * when a unit of work has mostly ended, and when none can be under way any more: no transaction lives longer.
 */
const LOOK_AGAIN_MS = [5_000, 90_000];

/** A merge of two records that was just noted, and what has to be looked at because of it. */
export interface RecordsJoined {
  clientIds: string[];
  since: string;
}

/**
 * Two records of one person were joined, or taken apart again. Facts of two records have no common order: a change of the
 * record that goes on may have been told before the merge was known here, without those who guard the other one. It is
 * brought to them afterwards; who has it gets nothing (domain.md §3: never lost, never twice).
 */
@Injectable()
export class MergedClientsService implements OnModuleInit {
  constructor(
    private readonly records: ClientRecordsRepository,
    private readonly caseloads: CaseloadsRepository,
    private readonly meldingen: MeldingenRepository,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly settings: SettingsRepository,
    private readonly delivery: DeliveryService,
    private readonly assignment: AssignmentService,
    private readonly hints: LiveHints,
    private readonly deadlines: Deadlines,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(MERGED, ({ item }) => {
      const { clientId, otherId, since } = item.payload;
      if (clientId === undefined || otherId === undefined || since === undefined) return Promise.resolve();
      return this.bringMissed({ clientIds: [clientId, otherId], since });
    });
  }

  /** Notes what a fact says of merges. Returns what to look at once it is committed; undefined when nothing changed. */
  async note(tx: Tx, event: CloudEvent<ClientChanged>): Promise<RecordsJoined | undefined> {
    const { clientId } = event.data;
    const otherId = await this.records.apply(tx, event.data);
    if (otherId === undefined) return undefined;
    const since = new Date(Date.parse(event.time) - MARGIN_MS).toISOString();
    for (const ms of LOOK_AGAIN_MS) {
      const payload = { clientId, otherId, since };
      await this.deadlines.schedule(tx, { id: `${MERGED}|${event.id}|${ms}`, kind: MERGED, waitMs: ms, payload });
    }
    await this.tellWhoSees(tx, [clientId, otherId]);
    return { clientIds: [clientId, otherId], since };
  }

  /** Brings every change since then to those who answer for it now and do not have it yet. */
  async bringMissed({ clientIds, since }: RecordsJoined): Promise<void> {
    const all = await this.records.ofSamePersons(clientIds);
    const told = await this.meldingen.recordedSince(all, since);
    const happenings = new Map<string, Happening>();
    for (const { clientId, parts } of told) {
      for (const part of parts) {
        if (part.recordedAt >= since) happenings.set(part.eventId, happeningOf(clientId, part));
      }
    }
    const { settings, rules } = await this.settings.current();
    for (const happening of [...happenings.values()].sort((a, b) => a.sequence - b.sequence)) {
      const situation = await this.responsibilities.read(happening.clientId, clustersOf(happening), settings);
      const recipients = decideRecipients(rules, happening, situation);
      await this.unitOfWork.run((tx) => this.delivery.deliver(tx, happening, recipients, settings));
    }
    this.assignment.soon();
  }

  /** Whoever guards one of the records by name sees more or less than before, and whoever replaces them too. */
  private async tellWhoSees(tx: Tx, clientIds: readonly string[]): Promise<void> {
    const guards = await this.caseloads.withClients(await this.records.ofSamePersons(clientIds));
    const absences = await this.caseloads.current(this.clock.today());
    const acting = absences.map(({ replacementPersonId }) => replacementPersonId);
    if (guards.length > 0) this.hints.relationsChanged(tx, [...guards.map(({ _id }) => _id), ...acting]);
  }
}
