import { Checkbox, Heading, Select, TextInput } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { progressFindingKindLabels } from '#contracts/assessment/code-labels.js';

import type { MatrixVersions } from '../../api/zrm.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { NameOf } from '../zrm/domain-names.js';
import { Labelled } from '../zrm/form-parts.js';
import { ruleOf, ruleSentence, type RuleValues } from './rule-values.js';

interface RuleFieldsProps {
  rule: RuleValues;
  number: number;
  /** Where the service says that something is wrong with this rule. */
  path: string;
  idOf: (path: string) => string;
  errorOf: (path: string) => string | undefined;
  versions: MatrixVersions;
  nameOf: NameOf;
  onChange: (rule: RuleValues, path: string) => void;
  onRemove: () => void;
}

/** One rule: the sentence that it makes, and what can be chosen in it. */
export function RuleFields(props: RuleFieldsProps) {
  const { rule, number, path, idOf, errorOf, versions, nameOf, onChange, onRemove } = props;
  const { t } = useTranslation('zrm-settings');
  const countPath = `${path}.${rule.kind === 'drop' ? 'levels' : 'zrms'}`;
  const current = versions.items.find(({ code }) => code === versions.current);
  // Domains that were named in an older version stay, and can be taken away.
  const elsewhere = rule.domains.filter(({ matrixVersion }) => matrixVersion !== versions.current);
  const without = (domain: string, matrixVersion: string): RuleValues['domains'] =>
    rule.domains.filter((one) => one.domain !== domain || one.matrixVersion !== matrixVersion);
  const isValid = /^\d+$/.test(rule.count.trim());
  return (
    <div className="d-stack" role="group" aria-label={t('rules.number', { number })}>
      <Heading level={3}>
        {t('rules.number', { number })}: {inLanguage(progressFindingKindLabels[rule.kind]).toLowerCase()}
      </Heading>
      <p aria-live="polite">{isValid ? ruleSentence(t, ruleOf(rule), nameOf) : null}</p>
      <div className="d-form__row d-form__row--top">
        <Labelled
          id={idOf(countPath)}
          label={t(rule.kind === 'drop' ? 'rules.levels' : 'rules.zrms')}
          error={errorOf(countPath)}
        >
          {({ describedBy, invalid }) => (
            <TextInput
              id={idOf(countPath)}
              inputMode="numeric"
              size={4}
              invalid={invalid}
              aria-describedby={describedBy}
              value={rule.count}
              onChange={(event) => onChange({ ...rule, count: event.target.value }, countPath)}
            />
          )}
        </Labelled>
        {rule.kind === 'drop' ? null : (
          <Labelled id={idOf(`${path}.scope`)} label={t('rules.scope')} error={errorOf(`${path}.scope`)}>
            {({ describedBy, invalid }) => (
              <Select
                id={idOf(`${path}.scope`)}
                invalid={invalid}
                aria-describedby={describedBy}
                value={rule.scope}
                onChange={(event) =>
                  onChange({ ...rule, scope: event.target.value === 'domain' ? 'domain' : 'client' }, `${path}.scope`)
                }
              >
                <Select.Option value="client">{t('rules.scopes.client')}</Select.Option>
                <Select.Option value="domain">{t('rules.scopes.domain')}</Select.Option>
              </Select>
            )}
          </Labelled>
        )}
      </div>
      <fieldset>
        <legend className="ams-label">{t('rules.domains')}</legend>
        <p className="d-hint">{t('rules.domainsHint')}</p>
        <div className="d-zrm-settings__choices">
          {current?.domains.map(({ code, name }) => {
            const isChosen = rule.domains.some((one) => one.domain === code && one.matrixVersion === current.code);
            return (
              <Checkbox
                key={code}
                checked={isChosen}
                onChange={(event) => {
                  const others = without(code, current.code);
                  const domains = event.target.checked
                    ? [...others, { matrixVersion: current.code, domain: code }]
                    : others;
                  onChange({ ...rule, domains }, `${path}.domains`);
                }}
              >
                {inLanguage(name)}
              </Checkbox>
            );
          })}
        </div>
        {elsewhere.map(({ domain, matrixVersion }) => (
          <p key={`${matrixVersion} ${domain}`}>
            {t('rules.elsewhere', { domain: nameOf(domain, matrixVersion), version: matrixVersion })}{' '}
            <button
              type="button"
              className="d-link-button"
              onClick={() => onChange({ ...rule, domains: without(domain, matrixVersion) }, `${path}.domains`)}
            >
              {t('rules.removeDomain', { domain: nameOf(domain, matrixVersion) })}
            </button>
          </p>
        ))}
      </fieldset>
      <p>
        <button type="button" className="d-link-button" onClick={onRemove}>
          {t('rules.remove', { number })}
        </button>
      </p>
    </div>
  );
}
