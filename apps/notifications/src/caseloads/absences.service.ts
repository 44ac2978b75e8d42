import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#calendar/clock.js';
import { startOfDayInAmsterdam } from '#calendar/time-zone.js';
import type { Caller } from '#contracts/caller.js';
import type { Absence, CancelAbsence, CreateAbsence, ListAbsences } from '#contracts/notifications/caseloads.js';
import { decodeCursor, DEFAULT_PAGE_SIZE, encodeCursor, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { type Tx, UnitOfWork } from '#persistence/unit-of-work.js';
import { derivedId } from '../derived-id.js';
import { AssignmentService } from '../meldingen/assignment.service.js';
import { LiveHints } from '../meldingen/live-hints.js';
import { ReturnService } from '../meldingen/return.service.js';
import { type AbsenceState, CaseloadsRepository } from './caseloads.repository.js';
import { CaseloadsService } from './caseloads.service.js';
import { PeopleKnown } from './people-known.js';

/** Who is away when, and who replaces them (domain.md §2: replacement during absence). */
@Injectable()
export class AbsencesService {
  constructor(
    private readonly repository: CaseloadsRepository,
    private readonly caseloads: CaseloadsService,
    private readonly known: PeopleKnown,
    private readonly assignment: AssignmentService,
    private readonly hints: LiveHints,
    private readonly returns: ReturnService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list(query: ListAbsences): Promise<Page<Absence>> {
    const { personId, all, cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const found = await this.repository.absencesUntil(all ? '' : this.clock.today(), personId);
    const shown = found.filter(({ cancelled }) => all === true || !cancelled);
    const after = decodeCursor(cursor)?.['id'];
    const start = after === undefined ? 0 : shown.findIndex(({ _id }) => _id === after) + 1;
    const items = shown.slice(start, start + limit).map((absence) => this.view(absence));
    const last = items.at(-1);
    const more = start + limit < shown.length;
    return last && more ? { items, nextCursor: encodeCursor({ id: last.absenceId }) } : { items };
  }

  /** Plans an absence. Repeating it with the same key gives the one that was made. */
  async create(caller: Caller, command: CreateAbsence): Promise<Absence> {
    const { personId, replacementPersonId, from, until, idempotencyKey } = command;
    if (personId !== caller.personId) await this.caseloads.mustManage(caller);
    if (until <= from) throw Refusal.of('date-order', { fields: ['until'] });
    const person = await this.known.active(personId, 'personId');
    const replacement = await this.known.active(replacementPersonId, 'replacementPersonId');
    const sameWork =
      person.roles.some((role) => replacement.roles.includes(role)) &&
      (person.roles.includes('trajectregisseur') || person.organisationId === replacement.organisationId);
    if (personId === replacementPersonId || !sameWork) {
      throw Refusal.of('replacement-unfit', { fields: ['replacementPersonId'] });
    }
    const id = idempotencyKey === undefined ? uuidv7() : derivedId('absence', caller.personId, idempotencyKey);
    const absence = await this.unitOfWork.run(async (tx) => {
      // The replacement's own absences are guarded too: two people cannot at the same time choose each other.
      const guards = [personId, replacementPersonId].sort();
      const absences = new Map<string, AbsenceState[]>();
      for (const one of guards) absences.set(one, await this.repository.guarded(tx, one));
      const existing = await this.repository.findAbsence(id, tx);
      if (existing) return sameOrRefuse(existing, command);
      const other = overlapping(absences.get(personId), from, until);
      if (other) {
        const params = { period: `${other.from}/${other.until}` };
        throw Refusal.of('absence-overlaps', { params, fields: ['from'] });
      }
      const away = overlapping(absences.get(replacementPersonId), from, until);
      if (away?.replacementPersonId === personId) {
        throw Refusal.of('replacement-unfit', { fields: ['replacementPersonId'] });
      }
      const made: AbsenceState = {
        _id: id,
        personId,
        replacementPersonId,
        from,
        until,
        cancelled: false,
        createdBy: caller.personId,
        createdAt: this.clock.now(),
        cancelledBy: null,
        cancelledAt: null,
      };
      await this.repository.insertAbsence(tx, made);
      await this.returns.plan(tx, id, startOfDayInAmsterdam(until));
      await this.tellWhoActs(tx, made);
      return made;
    });
    this.assignment.soon();
    return this.view(absence);
  }

  /** Calls an absence off; one that has begun ends now. It stays readable. */
  async cancel(caller: Caller, command: CancelAbsence): Promise<Absence> {
    const found = await this.repository.findAbsence(command.absenceId);
    if (!found) throw Refusal.of('not-found');
    if (found.personId !== caller.personId) await this.caseloads.mustManage(caller);
    const absence = await this.unitOfWork.run(async (tx) => {
      const before = await this.repository.findAbsence(command.absenceId, tx);
      if (!before) throw Refusal.of('not-found');
      if (before.cancelled) return before;
      if (before.until <= this.clock.today()) throw Refusal.of('absence-over');
      const after = { ...before, cancelled: true, cancelledBy: caller.personId, cancelledAt: this.clock.now() };
      await this.repository.saveAbsence(tx, after);
      await this.returns.plan(tx, after._id, this.clock.now());
      await this.tellWhoActs(tx, after);
      return after;
    });
    this.assignment.soon();
    return this.view(absence);
  }

  /** Both, and everybody who replaces somebody today: a chain of replacements may end with another person now. */
  private async tellWhoActs(tx: Tx, { personId, replacementPersonId }: AbsenceState): Promise<void> {
    const others = await this.repository.current(this.clock.today());
    const acting = others.map((absence) => absence.replacementPersonId);
    this.hints.relationsChanged(tx, [personId, replacementPersonId, ...acting]);
  }

  private view(state: AbsenceState): Absence {
    const { _id, personId, replacementPersonId, from, until, createdBy, createdAt, cancelledBy, cancelledAt } = state;
    return {
      absenceId: _id,
      personId,
      replacementPersonId,
      from,
      until,
      state: stateOn(state, this.clock.today()),
      createdBy,
      createdAt: createdAt.toISOString(),
      ...(cancelledBy === null ? {} : { cancelledBy }),
      ...(cancelledAt === null ? {} : { cancelledAt: cancelledAt.toISOString() }),
    };
  }
}

function stateOn(absence: AbsenceState, today: string): Absence['state'] {
  if (absence.cancelled) return 'cancelled';
  if (absence.until <= today) return 'past';
  return absence.from <= today ? 'current' : 'planned';
}

function overlapping(absences: readonly AbsenceState[] = [], from: string, until: string): AbsenceState | undefined {
  return absences.find((absence) => absence.from < until && from < absence.until);
}

function sameOrRefuse(existing: AbsenceState, command: CreateAbsence): AbsenceState {
  const same =
    existing.personId === command.personId &&
    existing.replacementPersonId === command.replacementPersonId &&
    existing.from === command.from &&
    existing.until === command.until;
  if (!same) throw Refusal.of('idempotency-key-reused');
  return existing;
}
