import { Controller } from '@nestjs/common';
import { ZrmDueChanged, zrmDueChanged } from '#contracts/assessment/due-facts.js';
import { ZrmSubmitted, zrmSubmitted } from '#contracts/assessment/facts.js';
import type { CloudEvent } from '#contracts/fact.js';
import {
  ClientChanged,
  clientChanged,
  ClusterChanged,
  clusterChanged,
  HousingSituationChanged,
  housingSituationChanged,
  PersonChanged,
  personChanged,
  WaitingListChanged,
  waitingListChanged,
} from '#contracts/registration/facts.js';
import { OnFact } from '#messaging/on-fact.js';
import { Turns } from '#messaging/turns.js';
import { type Tx, UnitOfWork, WriteConflict } from '#persistence/unit-of-work.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { clustersOf } from '../rules/duty-rules.js';
import {
  type Happening,
  happeningOfClient,
  happeningOfHousing,
  happeningOfWaitingList,
  happeningOfZrmDue,
  happeningOfZrmSubmitted,
} from '../rules/happening.js';
import { decideRecipients, type Recipient, rulesFor } from '../rules/recipient-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { SettingsRepository, type SettingsState } from '../rules/settings.repository.js';
import { WebhookQueue } from '../webhooks/webhook-queue.js';
import { AssignmentService } from './assignment.service.js';
import { DeliveryService, type InboxSeen } from './delivery.service.js';
import { EventReceipts } from './event-receipts.js';
import { MergedClientsService, type RecordsJoined } from './merged-clients.service.js';
import { SettlingService } from './settling.service.js';

/**
 * A process may stand still between looking and writing. Merges count on it that who is told was looked up at most 90 s before
 * it is stored (merged-clients.service.ts); a transaction takes a minute of that at most.
 */
const LONGEST_LOOK_MS = 10_000;

/** The facts that become meldingen, and those that tell who is responsible. */
@Controller()
export class FactsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly turns: Turns,
    private readonly receipts: EventReceipts,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly settings: SettingsRepository,
    private readonly directory: DirectoryRepository,
    private readonly delivery: DeliveryService,
    private readonly webhooks: WebhookQueue,
    private readonly assignment: AssignmentService,
    private readonly merged: MergedClientsService,
    private readonly settling: SettlingService,
  ) {}

  /** Housing facts of one client have consecutive versions: each has its turn, once. */
  @OnFact(housingSituationChanged)
  async onHousing(event: CloudEvent<HousingSituationChanged>): Promise<void> {
    const happening = happeningOfHousing(event);
    await this.inform(event, happening, async (tx) => {
      if (!(await this.turns.take(tx, event))) return false;
      await this.directory.applyHousing(tx, event.data);
      return true;
    });
  }

  /** Its place among the parts follows from its version. */
  @OnFact(waitingListChanged)
  async onWaitingList(event: CloudEvent<WaitingListChanged>): Promise<void> {
    await this.inform(event, happeningOfWaitingList(event), (tx) => this.receipts.take(tx, event.id));
  }

  @OnFact(clientChanged)
  async onClient(event: CloudEvent<ClientChanged>): Promise<void> {
    let joined: RecordsJoined | undefined;
    await this.inform(event, happeningOfClient(event), async (tx) => {
      if (!(await this.receipts.take(tx, event.id))) return false;
      await this.directory.applyRegistration(tx, event.data);
      joined = await this.merged.note(tx, event);
      return true;
    });
    if (joined) await this.merged.bringMissed(joined);
  }

  /** A reminder takes the place of the one before; what is no longer waited for is not asked any more. */
  @OnFact(zrmDueChanged)
  async onZrmDue(event: CloudEvent<ZrmDueChanged>): Promise<void> {
    const { clientId, dueId, because = 'overtaken' } = event.data;
    await this.inform(event, happeningOfZrmDue(event), async (tx) => {
      if (!(await this.turns.take(tx, event))) return false;
      await this.settling.settle(tx, clientId, dueId, because);
      return true;
    });
  }

  @OnFact(zrmSubmitted)
  async onZrmSubmitted(event: CloudEvent<ZrmSubmitted>): Promise<void> {
    await this.inform(event, happeningOfZrmSubmitted(event), (tx) => this.turns.take(tx, event));
  }

  @OnFact(clusterChanged)
  async onCluster(event: CloudEvent<ClusterChanged>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.directory.applyCluster(tx, event.data);
      await this.webhooks.add(tx, event);
    });
    this.assignment.soon();
  }

  @OnFact(personChanged)
  async onPerson(event: CloudEvent<PersonChanged>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.directory.applyPerson(tx, event.data);
      await this.webhooks.add(tx, event);
    });
    this.assignment.soon();
  }

  /**
   * Who is responsible and what their inboxes hold is looked up while the fact takes its turn, in each attempt anew and
   * outside the transaction: what is written is guarded by what was seen (docs/decisions/0004-order-once-and-turns.md). A
   * caseload that changes at this moment may count or not.
   */
  private async inform(event: CloudEvent, happening: Happening, begin: (tx: Tx) => Promise<boolean>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const since = performance.now();
      const lookingUp = this.lookUp(happening);
      // Its failure is met where it is awaited; a fact whose turn it is not never asks.
      lookingUp.catch(() => undefined);
      if (!(await begin(tx))) return;
      // The transaction has begun in the database: from here on its own limit holds.
      if (performance.now() - since > LONGEST_LOOK_MS) throw new WriteConflict('who is responsible');
      const { recipients, settings, inboxes } = await lookingUp;
      await this.delivery.deliverNew(tx, happening, recipients, settings, inboxes);
      await this.webhooks.add(tx, event);
    });
  }

  private async lookUp(happening: Happening): Promise<{
    recipients: Recipient[];
    settings: SettingsState;
    inboxes: ReadonlyMap<string, InboxSeen>;
  }> {
    const { settings, rules } = await this.settings.current();
    if (rulesFor(rules, happening).length === 0) return { recipients: [], settings, inboxes: new Map() };
    const { clientId } = happening;
    const foreseen = await this.responsibilities.foresee(clientId, clustersOf(happening), settings);
    // Somebody who works here no more is hardly ever among them: nobody waits for that to look at inboxes.
    const likely = decideRecipients(rules, happening, foreseen.situation).map(({ personId }) => personId);
    const [inboxes, situation] = await Promise.all([
      this.delivery.look(clientId, likely),
      this.responsibilities.withPeople(foreseen),
    ]);
    return { recipients: decideRecipients(rules, happening, situation), settings, inboxes };
  }
}
