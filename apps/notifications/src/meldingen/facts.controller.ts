import { Controller } from '@nestjs/common';
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
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { clustersOf } from '../rules/duty-rules.js';
import { type Happening, happeningOfClient, happeningOfHousing, happeningOfWaitingList } from '../rules/happening.js';
import { decideRecipients, type Recipient, rulesFor } from '../rules/recipient-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import { SettingsRepository, type SettingsState } from '../rules/settings.repository.js';
import { WebhookQueue } from '../webhooks/webhook-queue.js';
import { AssignmentService } from './assignment.service.js';
import { DeliveryService } from './delivery.service.js';
import { EventReceipts } from './event-receipts.js';
import { MergedClientsService, type RecordsJoined } from './merged-clients.service.js';

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
   * Who is responsible is looked up while the fact takes its turn: as things stand when it arrives, outside the snapshot. A
   * caseload that changes at this moment may count or not.
   */
  private async inform(event: CloudEvent, happening: Happening, begin: (tx: Tx) => Promise<boolean>): Promise<void> {
    const lookingUp = this.recipientsOf(happening);
    // Its failure is met where it is awaited; a fact whose turn it is not never asks.
    lookingUp.catch(() => undefined);
    await this.unitOfWork.run(async (tx) => {
      if (!(await begin(tx))) return;
      const { recipients, settings } = await lookingUp;
      await this.delivery.deliverNew(tx, happening, recipients, settings);
      await this.webhooks.add(tx, event);
    });
  }

  private async recipientsOf(happening: Happening): Promise<{ recipients: Recipient[]; settings: SettingsState }> {
    const { settings, rules } = await this.settings.current();
    if (rulesFor(rules, happening).length === 0) return { recipients: [], settings };
    const situation = await this.responsibilities.read(happening.clientId, clustersOf(happening), settings);
    return { recipients: decideRecipients(rules, happening, situation), settings };
  }
}
