import { Injectable } from '@nestjs/common';
import type { AccessGround } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import type {
  ListMeldingen,
  ListUnassigned,
  MeldingCounts,
  MeldingenSince,
  UnassignedMelding,
} from '#contracts/notifications/meldingen.js';
import { STREAM_LOOK_BACK_MS } from '#contracts/notifications/live-hint.js';
import { DEFAULT_PAGE_SIZE, type Page } from '#contracts/paging.js';
import { ClientRecordsRepository } from '../directory/client-records.repository.js';
import { attentionPage, isLate } from './attention-rules.js';
import { InboxAccess } from './inbox-access.js';
import { newestCursor, paged, positionFrom } from './melding-paging.js';
import type { MeldingState } from './melding-state.js';
import { positionOf, readPosition } from './melding-view.js';
import { type ChangeMark, type MeldingSummary, MeldingenRepository, type OpenFilter } from './meldingen.repository.js';

/** Changes per answer of the live stream. */
const STREAM_PAGE = 100;

/** Part of an inbox. */
export interface InboxList {
  page: Page<MeldingState>;
  ground: AccessGround;
  /** As of when it tells what is late. */
  asOf: Date;
  /** The cursor behind a melding of this part. */
  cursorAfter: (last: MeldingState) => string | undefined;
}

/** What changed in an inbox, in the order of the positions. */
interface InboxChanges {
  page: Page<MeldingState>;
  /** From where to ask on behind a melding of this part. */
  positionAfter: (last: MeldingState) => string;
  /** Where a connection without a position starts. */
  now: string;
}

/** Reading inboxes: lists, counts, and what changed. */
@Injectable()
export class InboxService {
  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly access: InboxAccess,
    private readonly records: ClientRecordsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Open ones in the order of attention, others newest first.
   * @throws Refusal `not-found` for somebody else's inbox
   */
  async list(caller: Caller, query: ListMeldingen): Promise<InboxList> {
    const { status, urgency, clientId, cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const personId = query.ofPersonId ?? caller.personId;
    const ground = await this.access.groundFor(caller, personId);
    const filter = {
      personId,
      ...(urgency ? { urgency } : {}),
      ...(clientId ? { clientIds: await this.records.ofSamePersons([clientId]) } : {}),
    };
    if (status === 'open') return { ...(await this.attention(filter, cursor, limit)), ground };
    const newest = { ...filter, ...(status ? { status } : {}) };
    const found = await this.meldingen.list(newest, positionFrom(cursor), limit + 1);
    return { page: paged(found, limit), ground, asOf: this.clock.now(), cursorAfter: newestCursor };
  }

  /** As many marks as the counts read anyway; only what is on the page is read whole. */
  private async attention(
    filter: OpenFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<Omit<InboxList, 'ground'>> {
    const marks = await this.meldingen.openMarks(filter);
    const { items: ids, asOf, cursorAfter, ...page } = attentionPage(marks, cursor, limit, this.clock.now());
    const found = new Map((await this.meldingen.findMany(ids)).map((one) => [one._id, one]));
    // One that was acknowledged between the two looks is open no more.
    const items = ids.flatMap((id) => found.get(id) ?? []).filter(({ status }) => status === 'open');
    return { page: { ...page, items }, asOf, cursorAfter: ({ _id }) => cursorAfter(_id) };
  }

  async counts(caller: Caller, clientId?: string): Promise<MeldingCounts> {
    const replaced = await this.access.replaced(caller.personId);
    const about = clientId === undefined ? undefined : await this.records.ofSamePersons([clientId]);
    const [alive, acknowledged, pickedUp, isCoordinator] = await Promise.all([
      this.meldingen.alive([caller.personId, ...replaced], about),
      this.meldingen.count(caller.personId, 'acknowledged', about),
      this.meldingen.count(caller.personId, 'picked-up', about),
      this.access.isCoordinator(caller),
    ]);
    const openOf = (personId: string): MeldingSummary[] =>
      alive.filter((one) => one.personId === personId && one.status === 'open');
    const open = openOf(caller.personId);
    const now = this.clock.now();
    return {
      open: open.length,
      snoozed: alive.filter((one) => one.personId === caller.personId && one.status === 'snoozed').length,
      acknowledged,
      pickedUp,
      unread: open.filter(({ read }) => !read).length,
      late: open.filter((one) => isLate(one, now)).length,
      replacing: replaced.map((personId) => {
        const theirs = openOf(personId);
        return { personId, open: theirs.length, unread: theirs.filter(({ read }) => !read).length };
      }),
      ...(isCoordinator ? { unassigned: await this.meldingen.count(UNASSIGNED, 'open', about) } : {}),
    };
  }

  /** What changed in the own inbox, in order; nothing without a position. */
  async since(caller: Caller, query: MeldingenSince): Promise<InboxChanges> {
    const now = `${this.clock.now().getTime()}-0`;
    const from = query.after === undefined ? lookBack(query.since) : readPosition(query.after);
    if (from === undefined) return { page: { items: [] }, positionAfter: positionOf, now };
    const marks = await this.meldingen.changes(caller.personId, from, STREAM_PAGE);
    const known = new Set(query.known);
    const fresh = marks.filter(({ _id, version }) => !known.has(`${_id}:${version}`)).map(({ _id }) => _id);
    const changes = fresh.length === 0 ? [] : await this.meldingen.findMany(fresh);
    const last = marks.at(-1);
    return {
      page: {
        // One that changed between the two looks comes with its new position, and in its new place.
        items: changes.sort(byPosition),
        ...(last && marks.length === STREAM_PAGE ? { nextCursor: positionOf(last) } : {}),
      },
      // Behind its new place is more than was looked at.
      positionAfter: (one) => positionOf(last && byPosition(last, one) < 0 ? last : one),
      now,
    };
  }

  /** For operators and coordinators: that it waits and where, not about whom. */
  async unassigned(query: ListUnassigned): Promise<Page<UnassignedMelding>> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const filter = { personId: UNASSIGNED, status: 'open' as const };
    const page = paged(await this.meldingen.list(filter, positionFrom(query.cursor), limit + 1), limit);
    const items = page.items.map(({ _id, parts, urgency, createdAt }) => ({
      meldingId: _id,
      clusterIds: [...new Set(parts.flatMap(({ clusterId }) => (clusterId === undefined ? [] : [clusterId])))],
      urgency,
      createdAt: createdAt.toISOString(),
      parts: parts.length,
    }));
    return { ...page, items, total: await this.meldingen.count(UNASSIGNED, 'open') };
  }
}

function byPosition(a: ChangeMark, b: ChangeMark): number {
  return a.updatedAt.getTime() - b.updatedAt.getTime() || (a._id < b._id ? -1 : Number(a._id > b._id));
}

function lookBack(since: string | undefined): Date | undefined {
  return since === undefined ? undefined : new Date(readPosition(since).at.getTime() - STREAM_LOOK_BACK_MS);
}
