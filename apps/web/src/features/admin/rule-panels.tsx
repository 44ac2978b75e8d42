import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { RecipientRelation } from '#contracts/notifications/codes.js';

import { removeRule, ruleHistoryQuery, ruleKeys, saveRule, type NotificationRule } from '../../api/admin.js';
import { formatInstant } from '../../ui/dates.js';
import { CheckField, FormBody } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';
import { Choices, EXPECTATIONS, RELATIONS, URGENCIES } from './rule-choices.js';
import { RuleDeliveryFields } from './rule-delivery-fields.js';

interface PanelProps {
  rule: NotificationRule;
  onClose: () => void;
}

/** Changes what a rule does; what it is about stays. */
export function EditRulePanel({ rule, onClose }: PanelProps) {
  const { t } = useTranslation(['admin', 'common']);
  const queries = useQueryClient();
  const [recipients, setRecipients] = useState<ReadonlySet<RecipientRelation>>(new Set(rule.recipients));
  const form = useForm({
    initial: {
      urgency: rule.urgency,
      expectedAction: rule.expectedAction,
      notToWhoEnteredIt: rule.notToWhoEnteredIt ? 'yes' : '',
      enabled: rule.enabled ? 'yes' : '',
    },
  });
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ruleKeys.rules });
  return (
    <SidePanel title={inLanguage(rule.name)} onClose={onClose}>
      {rule.required ? <p className="d-note">{t('rules.requiredHint')}</p> : null}
      <FormBody
        form={form}
        submitLabel={t('common:action.save')}
        onSubmit={async (values) => {
          await saveRule(rule, {
            recipients: RELATIONS.filter((relation) => recipients.has(relation)),
            urgency: oneOf(URGENCIES, values.urgency) ?? rule.urgency,
            expectedAction: oneOf(EXPECTATIONS, values.expectedAction) ?? rule.expectedAction,
            notToWhoEnteredIt: values.notToWhoEnteredIt === 'yes',
            enabled: values.enabled === 'yes',
          });
          await reload();
        }}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void reload().then(onClose)}
      >
        <Choices
          legend={t('rules.recipients')}
          error={form.errorOf('recipients')}
          options={RELATIONS}
          chosen={recipients}
          textOf={(relation) => t(`rules.relations.${relation}`)}
          onChange={setRecipients}
        />
        <RuleDeliveryFields form={form} />
        {rule.required ? null : <CheckField form={form} name="enabled" label={t('rules.enabled')} />}
      </FormBody>
    </SidePanel>
  );
}

/** Asks before a rule goes. */
export function RemoveRulePanel({ rule, onClose }: PanelProps) {
  const { t } = useTranslation(['admin', 'common']);
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const remove = async (): Promise<void> => {
    try {
      await removeRule(rule);
      await queries.invalidateQueries({ queryKey: ruleKeys.rules });
      onClose();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <SidePanel title={t('rules.removeTitle')} placement="center" onClose={onClose}>
      <Paragraph>{t('rules.removeBody', { name: inLanguage(rule.name) })}</Paragraph>
      {failure === undefined ? null : <Failure error={failure} />}
      <div className="d-actions">
        <Button type="button" onClick={() => void remove()}>
          {t('rules.remove')}
        </Button>
        <Button type="button" variant="tertiary" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
      </div>
    </SidePanel>
  );
}

/** Who changed a rule when, newest first. */
export function RuleHistoryPanel({ rule, onClose }: PanelProps) {
  const { t } = useTranslation('admin');
  const query = useQuery(ruleHistoryQuery(rule.ruleId));
  return (
    <SidePanel title={t('rules.historyOf', { name: inLanguage(rule.name) })} onClose={onClose}>
      <Ready query={query} loading={<Loading rows={4} />}>
        {({ items, names }) =>
          items.length === 0 ? (
            <Empty title={t('rules.noHistory')} />
          ) : (
            <ol className="d-stack">
              {items.map(({ rule: then, removed, changedBy, changedAt }) => (
                <li className="d-card" key={then.version}>
                  <p>
                    <strong>
                      {removed ? t('rules.wasRemoved') : then.enabled ? t('rules.wasOn') : t('rules.wasOff')}
                    </strong>{' '}
                    · {formatInstant(changedAt)} · {names?.people[changedBy] ?? t('rules.somebody')}
                  </p>
                  <p className="d-small">
                    {then.recipients.map((relation) => t(`rules.relations.${relation}`)).join(', ')} ·{' '}
                    {t(`rules.urgencies.${then.urgency}`)} · {t(`rules.expectations.${then.expectedAction}`)}
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Ready>
    </SidePanel>
  );
}
