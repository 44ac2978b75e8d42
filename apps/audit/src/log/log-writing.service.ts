import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { AccessesLogged, AccessLogged } from '#contracts/audit/access-logged.js';
import type { CloudEvent } from '#contracts/fact.js';
import { PoisonFact } from '#messaging/parse-fact.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { isContention, UnitOfWork } from '#persistence/unit-of-work.js';
import { append, type ChainEntry, type RecordedAccess, seal } from '../chain/chain.js';
import { SEALING, type Sealing } from '../chain/sealing.js';
import { Batches } from './batches.js';
import { LogRepository } from './log.repository.js';

/** Entries of one unit of work. */
const LARGEST_BATCH = 256;
/** Nobody waits for the log: entries that come together are stored together, which costs a tenth. */
const GATHER_MS = 100;

/** Puts accesses into the log, each once, in one chain, however many processes write. */
@Injectable()
export class LogWriting {
  private readonly logger = new Logger(LogWriting.name);
  private readonly batches = new Batches<readonly RecordedAccess[]>(
    (told) => this.store(told.flat()),
    LARGEST_BATCH,
    GATHER_MS,
    (error) => !isStorageAway(error) && !isContention(error),
    (accesses) => accesses.length,
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: LogRepository,
    private readonly clock: Clock,
    @Inject(SEALING) private readonly sealing: Sealing,
  ) {}

  /**
   * Resolves when the access is in the log; one that was there before is not added again.
   * @throws PoisonFact when the moment of the access cannot be read
   */
  async record({ id, data }: CloudEvent<AccessLogged>): Promise<void> {
    await this.batches.add([recorded(id, data)]);
  }

  /** The same for accesses that are told together: an entry each, all of them in one unit of work. */
  async recordAll({ data }: CloudEvent<AccessesLogged>): Promise<void> {
    await this.batches.add(data.accesses.map((access) => recorded(access.accessId, access)));
  }

  private async store(accesses: RecordedAccess[]): Promise<void> {
    const entries = await this.unitOfWork.run(async (tx) => {
      const head = await this.repository.head(tx);
      const known = await this.repository.known(
        tx,
        accesses.map(({ eventId }) => eventId),
      );
      const fresh = new Map<string, RecordedAccess>();
      for (const access of accesses) if (!known.has(access.eventId)) fresh.set(access.eventId, access);
      const added = append(head, [...fresh.values()]);
      const last = added.at(-1);
      if (!last) return [];
      // The head first: whoever is late learns it before writing the rest.
      await this.repository.moveHead(tx, head, last, seal(this.sealing.key, 'head', last));
      await this.repository.add(tx, added);
      for (const entry of added.filter((one) => this.isCheckpoint(one))) {
        const sealed = seal(this.sealing.key, 'checkpoint', entry);
        await this.repository.addCheckpoint(tx, entry, sealed, this.clock.now());
      }
      return added;
    });
    for (const { sequence, hash } of entries.filter((one) => this.isCheckpoint(one))) {
      // Outside the database, so that a chain that was computed anew, or cut short, can be told from this one.
      this.logger.log(`checkpoint ${sequence} ${hash}`);
    }
  }

  private isCheckpoint({ sequence }: ChainEntry): boolean {
    return sequence % this.sealing.checkpointEvery === 0;
  }
}

/** What the log keeps of an access; what a newer producer added is left out. */
function recorded(eventId: string, data: AccessLogged): RecordedAccess {
  const at = new Date(data.at);
  if (Number.isNaN(at.getTime())) throw new PoisonFact('data.at is no instant');
  const { actorOrganisationId, aboutPersonId, aboutImportId, correlationId } = data;
  return {
    eventId,
    at: at.toISOString(),
    actorId: data.actorId,
    actorKind: data.actorKind,
    actorRoles: [...data.actorRoles],
    ...(actorOrganisationId === undefined ? {} : { actorOrganisationId }),
    action: data.action,
    operation: data.operation,
    subjects: data.subjects.map(({ clientId, ground }) => ({ clientId, ground })),
    ...(aboutPersonId === undefined ? {} : { aboutPersonId }),
    ...(aboutImportId === undefined ? {} : { aboutImportId }),
    emergency: data.emergency,
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
