import type { TFunction } from 'i18next';

import type { ProgressRule } from '../../api/zrm-settings.js';
import type { NameOf } from '../zrm/domain-names.js';

/** A rule as it stands in the form: numbers may be half typed. */
export interface RuleValues {
  readonly ruleId: string;
  readonly kind: ProgressRule['kind'];
  readonly scope: 'client' | 'domain';
  /** ZRMs in a row of a stagnation, levels of a drop. */
  readonly count: string;
  /** Empty: all domains. */
  readonly domains: NonNullable<ProgressRule['domains']>;
}

/** The form of a rule that holds. */
export function valuesOf(rule: ProgressRule): RuleValues {
  const { ruleId, kind, domains = [] } = rule;
  return rule.kind === 'drop'
    ? { ruleId, kind, scope: 'client', count: String(rule.levels), domains }
    : { ruleId, kind, scope: rule.scope, count: String(rule.zrms), domains };
}

/** A new rule, with a code of its own: findings that were told are known by it, so a code is never used again. */
export function newRule(kind: ProgressRule['kind'], scope: RuleValues['scope'], code: string): RuleValues {
  return { ruleId: `${kind}-${code}`, kind, scope, count: kind === 'drop' ? '1' : '2', domains: [] };
}

/** What is sent; what is no whole number goes as it is typed, for the service says what is wrong with it. */
export function ruleOf({ ruleId, kind, scope, count, domains }: RuleValues): ProgressRule {
  const named = domains.length === 0 ? {} : { domains };
  const number = Number(count.trim() === '' ? Number.NaN : count);
  return kind === 'drop' ? { ruleId, kind, levels: number, ...named } : { ruleId, kind, scope, zrms: number, ...named };
}

/** A rule as a sentence. */
export function ruleSentence(t: TFunction<'zrm-settings'>, rule: ProgressRule, nameOf: NameOf): string {
  const named = rule.domains?.map(({ domain, matrixVersion }) => nameOf(domain, matrixVersion)).join(', ');
  const domains = named ?? t('rules.everyDomain');
  if (rule.kind === 'drop') return t('rules.sentence.drop', { count: rule.levels, domains });
  return t(rule.scope === 'client' ? 'rules.sentence.client' : 'rules.sentence.domain', { count: rule.zrms, domains });
}
