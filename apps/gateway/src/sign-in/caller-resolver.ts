import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { type CallerRelations, callerRelations } from '#contracts/notifications/caseloads.js';
import { type Person, personBySubject } from '#contracts/registration/people.js';
import { Refusal } from '#contracts/refusal.js';
import { Bus } from '#messaging/bus.js';
import { CallerProofs } from './caller-proofs.js';
import type { Identity } from './identity.js';
import type { SignedInCaller } from './signed-in-caller.js';

/** How long an answer of the directory is believed: a person who was closed out is out within this time. */
const BELIEVED_MS = 5_000;
/** An answer older than this is asked again while it still counts, so that nobody waits for it. */
const ASKED_AGAIN_MS = 3_000;
const REMEMBERED = 5_000;

interface Known {
  person: Person;
  relations: CallerRelations;
  caller: Caller;
  readAt: number;
}

/** We ask on our own behalf who somebody is. */
const GATEWAY: Caller = { kind: 'service', personId: 'gateway', roles: [], clusterIds: [], clientIds: [] };
const NO_RELATIONS: CallerRelations = { clusterIds: [], clientIds: [], replacing: [], coordinator: false };

/** Turns a proof of sign-in into a caller: the person of the directory, with roles and relations as they are now. */
@Injectable()
export class CallerResolver {
  private readonly known = new Map<string, Known>();
  private readonly asking = new Map<string, Promise<Known>>();
  /** Counts what was forgotten: an answer that was on its way then is of before, and is not kept. */
  private forgotten = 0;

  constructor(
    private readonly bus: Bus,
    private readonly proofs: CallerProofs,
    private readonly clock: WallClock,
  ) {}

  /**
   * The caller of a request.
   * @throws Refusal `not-signed-in`, `session-expired` or `token-invalid` (401); `account-unknown` (403) when the
   * directory does not know the person, or no longer.
   */
  async of(request: FastifyRequest): Promise<SignedInCaller> {
    if (request.identity === null) throw request.signInRefusal ?? Refusal.of('not-signed-in');
    return this.resolve(request.identity);
  }

  /** The caller that an identity stands for. */
  async resolve(identity: Identity): Promise<SignedInCaller> {
    const { person, relations, caller } = await this.lookUp(identity.subject);
    // A token of client credentials must not act as a person, nor a person's session as a system.
    const isSystem = identity.via === 'token' && identity.isSystem;
    if (isSystem !== (person.kind === 'system')) throw Refusal.of('account-unknown');
    return {
      identity,
      person,
      replacing: relations.replacing,
      caller,
      token: (service) => this.proofs.of(caller, service),
    };
  }

  /** The next question about a person looks again: their relations changed. */
  forget(personId: string): void {
    this.forgotten += 1;
    this.asking.clear();
    for (const [subject, before] of this.known) {
      // The old answer stays for the case that the services are away, but it no longer counts as fresh.
      if (before.person.personId === personId) this.known.set(subject, { ...before, readAt: -Infinity });
    }
  }

  /** The next question about anybody looks again. */
  forgetAll(): void {
    for (const { person } of [...this.known.values()]) this.forget(person.personId);
  }

  private async lookUp(subject: string): Promise<Known> {
    const before = this.known.get(subject);
    const age = before === undefined ? Infinity : this.clock.now().getTime() - before.readAt;
    if (before && age < BELIEVED_MS) {
      // A failure now shows when the answer is too old.
      if (age >= ASKED_AGAIN_MS) this.askOnce(subject, before).catch(() => undefined);
      return before;
    }
    return this.askOnce(subject, before);
  }

  private askOnce(subject: string, before: Known | undefined): Promise<Known> {
    // Many requests of one page ask at the same moment; one question serves them all.
    const asked = this.asking.get(subject);
    if (asked) return asked;
    const asking = this.ask(subject, before).finally(() => {
      if (this.asking.get(subject) === asking) this.asking.delete(subject);
    });
    this.asking.set(subject, asking);
    return asking;
  }

  private async ask(subject: string, before: Known | undefined): Promise<Known> {
    const { forgotten } = this;
    const person = await this.askPerson(subject);
    const relations = person.kind === 'system' ? NO_RELATIONS : await this.askRelations(person, before);
    const found = { person, relations, caller: callerOf(person, relations), readAt: this.clock.now().getTime() };
    if (this.known.size >= REMEMBERED) this.known.clear();
    if (forgotten === this.forgotten) this.known.set(subject, found);
    return found;
  }

  private async askPerson(subject: string): Promise<Person> {
    try {
      const token = await this.proofs.of(GATEWAY, personBySubject.service);
      const person = await this.bus.ask(personBySubject, { subject }, token);
      if (!person.active) throw Refusal.of('account-unknown');
      return person;
    } catch (error) {
      const isUnknown = error instanceof Refusal && error.status === 404;
      if (isUnknown) this.known.delete(subject);
      throw isUnknown ? Refusal.of('account-unknown') : error;
    }
  }

  /** While `notifications` is away nothing in it changes, so what was last known holds; at first sight it is nothing. */
  private async askRelations(person: Person, before: Known | undefined): Promise<CallerRelations> {
    try {
      const token = await this.proofs.of(GATEWAY, callerRelations.service);
      return await this.bus.ask(callerRelations, { personId: person.personId }, token);
    } catch (error) {
      if (error instanceof Refusal && error.status === 503) return before?.relations ?? NO_RELATIONS;
      throw error;
    }
  }
}

function callerOf(person: Person, { clusterIds, clientIds }: CallerRelations): Caller {
  return {
    kind: person.kind,
    personId: person.personId,
    roles: person.roles,
    ...(person.organisationId === undefined ? {} : { organisationId: person.organisationId }),
    clusterIds,
    clientIds,
  };
}
