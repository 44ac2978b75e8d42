import { Controller } from '@nestjs/common';
import { type AccessGround, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { AccessActionCode } from '#contracts/audit/access-logged.js';
import type { Caller } from '#contracts/caller.js';
import {
  type AcknowledgedMeldingen,
  AcknowledgeMeldingen,
  acknowledgeMelding,
  acknowledgeMeldingen,
  ActOnMelding,
  countMeldingen,
  CountMeldingen,
  getMelding,
  HandOverMelding,
  handOverMelding,
  type HandOverOptions,
  handOverOptions,
  type ClientMeldingen,
  listClientMeldingen,
  ListClientMeldingen,
  listMeldingen,
  ListMeldingen,
  listUnassigned,
  ListUnassigned,
  type Melding,
  MeldingById,
  type MeldingCounts,
  type MeldingenChanges,
  MeldingenSince,
  meldingenSince,
  readMelding,
  reopenMelding,
  SnoozeMelding,
  snoozeMelding,
  type UnassignedMelding,
  unreadMelding,
} from '#contracts/notifications/meldingen.js';
import type { Page } from '#contracts/paging.js';
import { fittingPage } from '#persistence/page-size.js';
import { Handles } from '#platform/handles.js';
import { InboxAccess } from './inbox-access.js';
import { ClientMeldingenService } from './client-meldingen.service.js';
import { InboxService } from './inbox.service.js';
import { newestCursor } from './melding-paging.js';
import type { MeldingState } from './melding-state.js';
import { clientMeldingView, meldingView, positionOf } from './melding-view.js';
import { MeldingenService, type SeenMelding } from './meldingen.service.js';

@Controller()
export class MeldingenController {
  constructor(
    private readonly meldingen: MeldingenService,
    private readonly inbox: InboxService,
    private readonly aboutClients: ClientMeldingenService,
    private readonly access: InboxAccess,
    private readonly clock: Clock,
  ) {}

  @Handles(listMeldingen)
  async list(query: ListMeldingen, caller: Caller): Promise<Protected<Page<Melding>>> {
    const { page, ground, asOf, cursorAfter } = await this.inbox.list(caller, query);
    const { shown, told } = fittingPage(page, (one) => meldingView(one, asOf), cursorAfter);
    return sealed('read', told, ground, shown);
  }

  @Handles(listClientMeldingen)
  async ofClient(query: ListClientMeldingen, caller: Caller): Promise<Protected<ClientMeldingen>> {
    const { page, of, ground } = await this.aboutClients.list(caller, query);
    const { shown, told } = fittingPage(page, clientMeldingView, newestCursor);
    return sealed('read', told, ground, { ...shown, of });
  }

  @Handles(countMeldingen)
  counts(query: CountMeldingen, caller: Caller): Promise<MeldingCounts> {
    return this.inbox.counts(caller, query.clientId);
  }

  @Handles(getMelding)
  async get(query: MeldingById, caller: Caller): Promise<Protected<Melding>> {
    return this.one('read', await this.meldingen.get(caller, query.meldingId));
  }

  @Handles(readMelding)
  async read(command: ActOnMelding, caller: Caller): Promise<Protected<Melding>> {
    return this.one('update', await this.meldingen.markRead(caller, command, true));
  }

  @Handles(unreadMelding)
  async unread(command: ActOnMelding, caller: Caller): Promise<Protected<Melding>> {
    return this.one('update', await this.meldingen.markRead(caller, command, false));
  }

  @Handles(acknowledgeMelding)
  async acknowledge(command: ActOnMelding, caller: Caller): Promise<Protected<Melding>> {
    return this.one('update', await this.meldingen.acknowledge(caller, command));
  }

  @Handles(acknowledgeMeldingen)
  acknowledgeMany(command: AcknowledgeMeldingen, caller: Caller): Promise<AcknowledgedMeldingen> {
    return this.meldingen.acknowledgeMany(caller, command);
  }

  @Handles(reopenMelding)
  async reopen(command: ActOnMelding, caller: Caller): Promise<Protected<Melding>> {
    return this.one('update', await this.meldingen.reopen(caller, command));
  }

  @Handles(snoozeMelding)
  async snooze(command: SnoozeMelding, caller: Caller): Promise<Protected<Melding>> {
    return this.one('update', await this.meldingen.snooze(caller, command, command.until));
  }

  @Handles(handOverMelding)
  async handOver(command: HandOverMelding, caller: Caller): Promise<Protected<Melding>> {
    return this.one('update', await this.meldingen.handOver(caller, command));
  }

  @Handles(handOverOptions)
  async colleagues(query: MeldingById, caller: Caller): Promise<HandOverOptions> {
    const { melding } = await this.meldingen.get(caller, query.meldingId);
    return { personIds: await this.access.colleagues(caller, melding) };
  }

  @Handles(meldingenSince)
  async since(query: MeldingenSince, caller: Caller): Promise<Protected<MeldingenChanges>> {
    const { page, positionAfter, now } = await this.inbox.since(caller, query);
    const asOf = this.clock.now();
    const view = (state: MeldingState) => ({ position: positionOf(state), melding: meldingView(state, asOf) });
    const { shown, told } = fittingPage(page, view, positionAfter);
    const { items, nextCursor } = shown;
    const changes = { items, now, ...(nextCursor === undefined ? {} : { nextAfter: nextCursor }) };
    return sealed('read', told, 'own-melding', changes);
  }

  @Handles(listUnassigned)
  unassigned(query: ListUnassigned, _caller: Caller): Promise<Page<UnassignedMelding>> {
    return this.inbox.unassigned(query);
  }

  private one(action: AccessActionCode, { melding, ground }: SeenMelding): Protected<Melding> {
    return sealed(action, [melding], ground, meldingView(melding, this.clock.now()));
  }
}

/** Seals an answer with the clients it is about, each once. */
function sealed<T>(
  action: AccessActionCode,
  about: readonly Pick<MeldingState, 'clientId'>[],
  ground: AccessGround,
  value: T,
): Protected<T> {
  const clients = [...new Set(about.map(({ clientId }) => clientId))];
  return new Protected(
    action,
    clients.map((clientId) => ({ clientId, ground })),
    value,
  );
}
