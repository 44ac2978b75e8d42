import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import type {
  ListOutsideEvents,
  OutsideEventAnswer,
  OutsideEventStatus,
} from '#contracts/registration/outside-events.js';
import { currentTrace } from '#messaging/trace.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { contentHash, derivedId, requestContent } from '../identity.js';
import { pageOf } from '#persistence/list-position.js';
import { StaysService } from '../stays/stays.service.js';
import { CurrentClients } from './current-clients.js';
import { ExternalIds } from './external-ids.js';
import { commandOf, mayStillCome, nextTry, type OutsideReferences, PATIENCE_HOURS } from './outside-event-rules.js';
import { type OutsideEventDocument, OutsideEventsRepository } from './outside-events.repository.js';
import { type ReadOutsideEvent, readOutsideEvent } from './read-outside-event.js';
import { atReport } from './report-fields.js';
import { SourceOwners } from './source-owners.js';

const SWEEP_INTERVAL_MS = 15_000;
/** Events per sweep; what is left comes with the next one. */
const SWEEP_BATCH = 200;

/**
 * Takes housing changes from other systems (domain.md §3): each event once by source and id, in whatever order they
 * come. An event that builds on one that has not come yet waits, and is tried again after each event of the same client
 * and by a sweep; what it becomes goes through the same rules as any other change.
 */
@Injectable()
export class OutsideEventsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutsideEventsService.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly repository: OutsideEventsRepository,
    private readonly externalIds: ExternalIds,
    private readonly currentClients: CurrentClients,
    private readonly sources: SourceOwners,
    private readonly stays: StaysService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep()
        .catch((error: unknown) => this.logger.warn(`waiting events: ${String(error)}`))
        .finally(() => {
          this.sweeping = undefined;
        });
    }, SWEEP_INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Answers each event by itself, in the order given; one that is refused does not hold up the others. */
  async receive(events: readonly unknown[], caller: Caller): Promise<OutsideEventAnswer[]> {
    const organisationId = caller.organisationId;
    if (!organisationId) throw Refusal.of('not-permitted');
    const answers: OutsideEventAnswer[] = [];
    for (const value of events) answers.push(await this.receiveOne(value, caller, organisationId));
    return this.withLaterOutcomes(answers, organisationId);
  }

  /** What became of the events of the asker's organisation, newest first. */
  async list(query: ListOutsideEvents, caller: Caller): Promise<Page<OutsideEventStatus>> {
    if (!caller.organisationId) throw Refusal.of('not-permitted');
    const found = await this.repository.list(caller.organisationId, query.outcome, query.cursor, query.limit);
    return pageOf(
      found,
      query.limit,
      (event) => ({ id: event._id, value: event.receivedAt }),
      (event) => statusOf(event),
    );
  }

  /** Tries again what waits, and finishes what a crash left half-way. */
  async sweep(): Promise<void> {
    for (const event of await this.repository.due(this.clock.now(), SWEEP_BATCH)) {
      const answer = await this.process(event);
      if (answer.outcome === 'accepted') await this.wakeWaiting(event);
    }
  }

  private async receiveOne(value: unknown, caller: Caller, organisationId: string): Promise<OutsideEventAnswer> {
    const identity = identityIn(value);
    try {
      const read = await readOutsideEvent(value);
      const event = this.toDocument(read, caller, organisationId);
      await this.sources.need(organisationId, read.source, caller.personId);
      if (!(await this.repository.keep(event))) return await this.answerAgain(event);
      const answer = await this.process(event);
      if (answer.outcome === 'accepted') await this.wakeWaiting(event);
      return answer;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...identity, ...refusalOf(error), outcome: 'refused' };
    }
  }

  /** The same event came before: the same content gets its outcome, a refused one another try; other content is refused. */
  private async answerAgain(event: OutsideEventDocument): Promise<OutsideEventAnswer> {
    const known = await this.repository.find(event._id);
    if (known === null) throw new Error('an event that was kept is gone');
    if (known.contentHash !== event.contentHash) throw Refusal.of('event-content-differs', { fields: ['id'] });
    if (known.state !== 'accepted') return this.process(known);
    const { eventId: id, source, changeId } = known;
    return { id, source, outcome: 'already-accepted', ...(changeId ? { changeId } : {}) };
  }

  /** Carries an event out and notes what became of it. Safe to repeat: the change's identity derives from the event's. */
  private async process(event: OutsideEventDocument): Promise<OutsideEventAnswer> {
    const base = { id: event.eventId, source: event.source };
    try {
      const { report } = await readOutsideEvent(asCloudEvent(event));
      const command = commandOf(report, await this.references(event, report));
      const { changes } = await this.stays.execute(command, systemCaller(event), {
        channel: 'event',
        request: { scope: `event:${event.organisationId}:${event.source}`, key: event.eventId },
        operation: 'registration.outside-events.receive',
      });
      const changeId = changes[0]?.changeId ?? '';
      await this.repository.settle(event._id, { state: 'accepted', changeId });
      return { ...base, outcome: 'accepted', changeId };
    } catch (error) {
      const refused = atReport(this.refusalFor(error), event.data);
      // The refusal is about storage or load, not about the event: the sweep carries it out later.
      const passing = refused.status === 503;
      const waits = mayStillCome(refused, new Date(event.receivedAt), this.clock.now());
      if (passing) return { ...base, outcome: 'waiting', ...refusalOf(refused) };
      const refusal = refused.toJSON();
      if (waits) await this.repository.wait(event._id, refusal, nextTry(event, this.clock.now()));
      else await this.repository.settle(event._id, { state: 'refused', refusal });
      return { ...base, outcome: waits ? 'waiting' : 'refused', ...refusalOf(refused) };
    }
  }

  /** A defect that shows with one event may not hold up the others, neither of its batch nor of the sweep. */
  private refusalFor(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    if (isStorageAway(error)) throw error;
    this.logger.error(error instanceof Error ? error : String(error));
    return Refusal.of('unexpected', { params: { correlationId: currentTrace()?.correlationId ?? 'unknown' } });
  }

  /** An accepted event may be what others of the same client waited for; each success may free the next. */
  private async wakeWaiting(event: OutsideEventDocument): Promise<void> {
    for (let freed = true; freed;) {
      freed = false;
      for (const waiting of await this.repository.waitingOf(event.organisationId, event.clientNumber)) {
        const answer = await this.process(waiting);
        freed ||= answer.outcome === 'accepted';
      }
    }
  }

  /** Within one batch a later event may have freed an earlier one: its answer says how it stands at the end. */
  private async withLaterOutcomes(
    answers: OutsideEventAnswer[],
    organisationId: string,
  ): Promise<OutsideEventAnswer[]> {
    return Promise.all(
      answers.map(async (answer) => {
        if (answer.outcome !== 'waiting' || !answer.id || !answer.source) return answer;
        const now = await this.repository.find(identityKey(organisationId, answer.source, answer.id));
        if (now?.state !== 'accepted') return answer;
        const { id, source } = answer;
        return { id, source, outcome: 'accepted' as const, ...(now.changeId ? { changeId: now.changeId } : {}) };
      }),
    );
  }

  private async references(
    event: OutsideEventDocument,
    report: { clientNumber: string; placeCode?: string; reportId?: string },
  ): Promise<OutsideReferences> {
    const { organisationId, source } = event;
    const clientId = await this.externalIds.find(organisationId, 'client', report.clientNumber);
    const placeId = report.placeCode && (await this.externalIds.find(organisationId, 'place', report.placeCode));
    const goesOn = clientId && (await this.currentClients.of([clientId])).get(clientId);
    const earlier =
      report.reportId && (await this.repository.find(identityKey(organisationId, source, report.reportId)));
    const withdrawnChangeId = earlier && earlier.organisationId === organisationId ? earlier.changeId : undefined;
    return {
      ...(clientId ? { clientId: goesOn ?? clientId } : {}),
      ...(placeId ? { placeId } : {}),
      ...(withdrawnChangeId ? { withdrawnChangeId } : {}),
    };
  }

  private toDocument(read: ReadOutsideEvent, caller: Caller, organisationId: string): OutsideEventDocument {
    const { id, source, type, time, report, data, sent } = read;
    const now = this.clock.now();
    return {
      _id: identityKey(organisationId, source, id),
      eventId: id,
      source,
      type,
      organisationId,
      systemId: caller.personId,
      clientNumber: report.clientNumber.trim().toUpperCase(),
      time,
      data,
      contentHash: contentHash(requestContent({ type, time: time.toISOString(), data: sent })),
      receivedAt: now.toISOString(),
      // Should this process die before it is settled, the sweep takes it up.
      tryAgainAt: nextTry({ receivedAt: now.toISOString() }, now),
      state: 'received',
    };
  }
}

/**
 * Identity of an event by the CloudEvents rule: source and id together. Within one institution, so that another cannot
 * take its identities first.
 */
function identityKey(organisationId: string, source: string, id: string): string {
  return derivedId('outside-event', JSON.stringify([organisationId, source]), id);
}

/** Who carries an event out, also when the sweep does it later: the system that sent it. */
function systemCaller(event: OutsideEventDocument): Caller {
  const { systemId: personId, organisationId } = event;
  return { kind: 'system', personId, roles: [], organisationId, clusterIds: [], clientIds: [] };
}

function asCloudEvent(event: OutsideEventDocument): object {
  const { eventId: id, source, type, time, data } = event;
  return { specversion: '1.0', id, source, type, time: time.toISOString(), data };
}

function refusalOf(refusal: Refusal): Pick<OutsideEventAnswer, 'code' | 'detail' | 'errors'> {
  const { code, messages, fields } = refusal;
  return { code, detail: messages, ...(fields.length > 0 ? { errors: [...fields] } : {}) };
}

function identityIn(value: unknown): Pick<OutsideEventAnswer, 'id' | 'source'> {
  if (typeof value !== 'object' || value === null) return {};
  const record = new Map<string, unknown>(Object.entries(value));
  const [id, source] = [record.get('id'), record.get('source')];
  return {
    ...(typeof id === 'string' ? { id: id.slice(0, 200) } : {}),
    ...(typeof source === 'string' ? { source: source.slice(0, 300) } : {}),
  };
}

function statusOf(event: OutsideEventDocument): OutsideEventStatus {
  const { eventId: id, source, type, receivedAt, changeId, refusal } = event;
  const waitsUntil = new Date(Date.parse(receivedAt) + PATIENCE_HOURS * 3_600_000).toISOString();
  return {
    id,
    source,
    type,
    time: event.time.toISOString(),
    receivedAt,
    outcome: event.state === 'received' ? 'waiting' : event.state,
    ...(changeId ? { changeId } : {}),
    ...(event.state === 'waiting' ? { waitsUntil } : {}),
    ...(refusal ? { code: refusal.code, detail: refusal.messages, errors: [...refusal.fields] } : {}),
  };
}
