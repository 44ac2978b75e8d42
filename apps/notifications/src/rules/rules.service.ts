import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { v7 as uuidv7 } from 'uuid';
import type { CreateRule, RemoveRule, RuleVersion } from '#contracts/notifications/rule-drafts.js';
import type { ListRules, NotificationRule, UpdateRule } from '#contracts/notifications/rules.js';
import { Refusal } from '#contracts/refusal.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { derivedId } from '../derived-id.js';
import { AssignmentService } from '../meldingen/assignment.service.js';
import { isRequired, mustBeNew, mustLeaveNoGap, mustMakeSense } from './rule-change-rules.js';
import { RulesRepository } from './rules.repository.js';

/** The rules of a region: which event goes to whom, how urgent (domain.md §9). */
@Injectable()
export class RulesService {
  constructor(
    private readonly rules: RulesRepository,
    private readonly assignment: AssignmentService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list(query: ListRules): Promise<NotificationRule[]> {
    const rules = await this.rules.rules();
    const { eventType } = query;
    const shown = eventType === undefined ? rules : rules.filter((rule) => rule.eventType === eventType);
    return shown.map((rule) => ({ ...rule, required: isRequired(rule, rules) }));
  }

  /** Earlier and present versions, newest first; also of a rule that was removed. @throws Refusal `not-found` */
  async history(ruleId: string): Promise<RuleVersion[]> {
    const versions = await this.rules.history(ruleId);
    if (versions.length === 0 && !(await this.rules.rules()).some((rule) => rule.ruleId === ruleId)) {
      throw Refusal.of('not-found');
    }
    return versions.map(({ rule, removed, by, at }) => ({ rule, removed, changedBy: by, changedAt: at.toISOString() }));
  }

  /** Adds a rule of the region's own; repeating it with the same key gives the one that was made. */
  async create(caller: Caller, command: CreateRule): Promise<NotificationRule> {
    mustMakeSense(command);
    const { idempotencyKey, name, eventType, when, recipients, urgency, expectedAction } = command;
    const { notToWhoEnteredIt = true, withFallback = false, enabled = true } = command;
    const made: NotificationRule = {
      ruleId: idempotencyKey === undefined ? uuidv7() : derivedId('rule', caller.personId, idempotencyKey),
      name: { nl: name.nl, en: name.en },
      eventType,
      when: { ...(when.kinds ? { kinds: when.kinds } : {}), ...(when.codes ? { codes: when.codes } : {}) },
      recipients,
      notToWhoEnteredIt,
      withFallback,
      urgency,
      expectedAction,
      enabled,
      required: false,
      own: true,
      version: 1,
    };
    const rule = await this.unitOfWork.run(async (tx) => {
      const rules = await this.rules.guarded(tx);
      const existing = rules.find(({ ruleId }) => ruleId === made.ruleId);
      if (existing) return sameOrRefuse(existing, made);
      mustBeNew(made, rules);
      await this.rules.save(tx, made, true, false, caller.personId, this.clock.now());
      return made;
    });
    this.assignment.soon();
    return rule;
  }

  /** @throws Refusal `rule-required`, `rule-recipients-missing`, `rule-relation-impossible`, `stale-version`, `not-found` */
  async update(caller: Caller, command: UpdateRule): Promise<NotificationRule> {
    const { ruleId, expectedVersion, ...change } = command;
    const rule = await this.unitOfWork.run(async (tx) => {
      const rules = await this.rules.guarded(tx);
      const before = known(rules, ruleId, expectedVersion);
      const given = Object.fromEntries(
        Object.entries(change).filter((entry: [string, unknown]) => entry[1] !== undefined),
      );
      const after: NotificationRule = { ...before, ...given, version: before.version + 1 };
      mustMakeSense(after);
      const rest = rules.map((one) => (one.ruleId === ruleId ? after : one));
      mustLeaveNoGap(rest);
      await this.rules.save(tx, after, before.own === true, false, caller.personId, this.clock.now());
      return { ...after, required: isRequired(after, rest) };
    });
    this.assignment.soon();
    return rule;
  }

  /** @throws Refusal `rule-required`, `stale-version`, `not-found` */
  async remove(caller: Caller, { ruleId, expectedVersion }: RemoveRule): Promise<{ ruleId: string }> {
    await this.unitOfWork.run(async (tx) => {
      const rules = await this.rules.guarded(tx);
      const before = known(rules, ruleId, expectedVersion);
      mustLeaveNoGap(rules.filter((rule) => rule.ruleId !== ruleId));
      const last = { ...before, version: before.version + 1 };
      await this.rules.save(tx, last, before.own === true, true, caller.personId, this.clock.now());
    });
    this.assignment.soon();
    return { ruleId };
  }
}

function known(rules: readonly NotificationRule[], ruleId: string, expected: number | undefined): NotificationRule {
  const before = rules.find((rule) => rule.ruleId === ruleId);
  if (!before) throw Refusal.of('not-found');
  if (expected !== undefined && expected !== before.version) {
    throw Refusal.of('stale-version', { params: { actual: before.version, expected } });
  }
  return before;
}

function sameOrRefuse(existing: NotificationRule, made: NotificationRule): NotificationRule {
  const text = ({ name, eventType, when, recipients, urgency, expectedAction }: NotificationRule): string =>
    JSON.stringify([name, eventType, when, recipients, urgency, expectedAction]);
  if (text(existing) !== text(made)) throw Refusal.of('idempotency-key-reused');
  return existing;
}
