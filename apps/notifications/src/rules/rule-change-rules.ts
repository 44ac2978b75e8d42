import { HOUSING_EVENT, ruleCatalogue } from '#contracts/notifications/rule-catalogue.js';
import type { RuleDraft } from '#contracts/notifications/rule-drafts.js';
import type { NotificationRule } from '#contracts/notifications/rules.js';
import { Refusal } from '#contracts/refusal.js';

type Says = Pick<RuleDraft, 'eventType' | 'when' | 'recipients'>;

/**
 * A rule that can apply and can reach somebody.
 * @throws Refusal `rule-event-unknown`, `rule-kind-unknown`, `rule-code-unknown`, `rule-recipients-missing`,
 * `rule-relation-impossible`, each at its field
 */
export function mustMakeSense({ eventType, when, recipients }: Says): void {
  const event = ruleCatalogue.find((one) => one.eventType === eventType);
  if (!event) throw Refusal.of('rule-event-unknown', { fields: ['eventType'] });
  const kind = when.kinds?.find((one) => !event.kinds.includes(one));
  if (kind !== undefined) throw Refusal.of('rule-kind-unknown', { params: { kind }, fields: ['when.kinds'] });
  const code = when.codes?.find((one) => !event.codes.includes(one));
  if (code !== undefined) throw Refusal.of('rule-code-unknown', { params: { code }, fields: ['when.codes'] });
  if (recipients.length === 0) throw Refusal.of('rule-recipients-missing', { fields: ['recipients'] });
  const relation = recipients.find((one) => !event.relations.includes(one));
  if (relation !== undefined) {
    throw Refusal.of('rule-relation-impossible', { params: { relation }, fields: ['recipients'] });
  }
}

/** @throws Refusal `rule-twice` when an enabled rule says the same already */
export function mustBeNew(draft: Says, rules: readonly NotificationRule[]): void {
  const same = rules.find((rule) => rule.enabled && saying(rule) === saying(draft));
  if (same) throw Refusal.of('rule-twice', { params: { rule: same.name.nl }, fields: ['eventType'] });
}

function saying({ eventType, when, recipients }: Says): string {
  const sorted = (list: readonly string[] | undefined): string[] | null => (list ? [...list].sort() : null);
  return JSON.stringify([eventType, sorted(when.kinds), sorted(when.codes), sorted(recipients)]);
}

/**
 * Kinds of housing change that no enabled rule brings to the regisseur of where the client now is, or to the fallback
 * when there is none (domain.md §3 and §9: never to nobody). A rule for some reasons only does not count: a change with
 * another reason would slip through.
 */
export function gapsIn(rules: readonly NotificationRule[]): string[] {
  const kinds = ruleCatalogue.find(({ eventType }) => eventType === HOUSING_EVENT)?.kinds ?? [];
  const safe = rules.filter(
    ({ enabled, eventType, when, recipients, withFallback }) =>
      enabled &&
      eventType === HOUSING_EVENT &&
      when.codes === undefined &&
      withFallback &&
      recipients.includes('regisseur-of-cluster'),
  );
  return kinds.filter((kind) => !safe.some(({ when }) => when.kinds === undefined || when.kinds.includes(kind)));
}

/** @throws Refusal `rule-required` when some housing change would reach nobody */
export function mustLeaveNoGap(rules: readonly NotificationRule[]): void {
  const gaps = gapsIn(rules);
  if (gaps.length > 0) throw Refusal.of('rule-required', { params: { kinds: gaps.join(', ') }, fields: ['enabled'] });
}

/** Whether a rule can be missed: without it some housing change would reach nobody. */
export function isRequired(rule: NotificationRule, rules: readonly NotificationRule[]): boolean {
  return gapsIn(rules.filter(({ ruleId }) => ruleId !== rule.ruleId)).length > gapsIn(rules).length;
}
