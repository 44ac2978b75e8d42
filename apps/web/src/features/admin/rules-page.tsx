import './admin.css';

import { Checkbox, FieldSet, Paragraph } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ExpectedAction, MeldingUrgency, RecipientRelation } from '#contracts/notifications/codes.js';

import { ruleKeys, rulesQuery, saveRule, type NotificationRule } from '../../api/admin.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { CheckField, FormBody, SelectField } from '../../ui/fields.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';
import { AdminTabs } from './admin-tabs.js';
import { NotificationSettingsForm } from './notification-settings.js';

const RELATIONS = [
  'regisseur-of-cluster',
  'regisseur-of-previous-cluster',
  'regisseur-of-client',
  'representative-of-place',
  'representative-of-previous-place',
  'coordinator',
] as const satisfies readonly RecipientRelation[];
const URGENCIES = ['low', 'normal', 'high'] as const satisfies readonly MeldingUrgency[];
const EXPECTATIONS = [
  'take-note',
  'discuss',
  'contact-today',
  'answer-offer',
  'check-data',
] as const satisfies readonly ExpectedAction[];

/** Which event leads to a melding for whom, how urgent; and the settings of the region. */
export function Component() {
  const { t } = useTranslation('admin');
  const can = useCan();
  const query = useQuery(rulesQuery);
  const [editing, setEditing] = useState<NotificationRule>();
  const columns = useRuleColumns(can('rules:write') ? setEditing : undefined);
  return (
    <Page title={t('rules.title')}>
      <AdminTabs />
      <Paragraph>{t('rules.intro')}</Paragraph>
      <Ready query={query} loading={<Loading shape="table" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('rules.empty')} />
          ) : (
            <DataTable
              name="rules"
              caption={t('rules.title')}
              columns={columns}
              rows={items}
              keyOf={(rule) => rule.ruleId}
            />
          )
        }
      </Ready>
      <NotificationSettingsForm />
      {editing === undefined ? null : <RulePanel rule={editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}

function useRuleColumns(onEdit: ((rule: NotificationRule) => void) | undefined): Column<NotificationRule>[] {
  const { t } = useTranslation('admin');
  return useMemo(() => {
    const columns: Column<NotificationRule>[] = [
      { id: 'name', header: t('rules.name'), isName: true, cell: (rule) => inLanguage(rule.name) },
      {
        id: 'recipients',
        header: t('rules.recipients'),
        cell: (rule) => rule.recipients.map((relation) => t(`rules.relations.${relation}`)).join(', '),
      },
      { id: 'urgency', header: t('rules.urgency'), cell: (rule) => t(`rules.urgencies.${rule.urgency}`) },
      { id: 'expected', header: t('rules.expected'), cell: (rule) => t(`rules.expectations.${rule.expectedAction}`) },
      {
        id: 'enabled',
        header: t('rules.enabled'),
        cell: (rule) => (rule.required ? t('rules.required') : t(rule.enabled ? 'people.yes' : 'people.no')),
      },
    ];
    if (onEdit === undefined) return columns;
    return [
      ...columns,
      {
        id: 'edit',
        header: '',
        cell: (rule) => (
          <button
            type="button"
            className="d-link-button"
            aria-label={t('rules.editOf', { name: inLanguage(rule.name) })}
            onClick={() => onEdit(rule)}
          >
            {t('rules.edit')}
          </button>
        ),
      },
    ];
  }, [t, onEdit]);
}

function RulePanel({ rule, onClose }: { rule: NotificationRule; onClose: () => void }) {
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
        <FieldSet legend={t('rules.recipients')}>
          {RELATIONS.map((relation) => (
            <Checkbox
              key={relation}
              checked={recipients.has(relation)}
              onChange={(event) => {
                const next = new Set(recipients);
                if (event.target.checked) next.add(relation);
                else next.delete(relation);
                setRecipients(next);
              }}
            >
              {t(`rules.relations.${relation}`)}
            </Checkbox>
          ))}
        </FieldSet>
        <SelectField
          form={form}
          name="urgency"
          label={t('rules.urgency')}
          options={URGENCIES.map((value) => ({ value, label: t(`rules.urgencies.${value}`) }))}
        />
        <SelectField
          form={form}
          name="expectedAction"
          label={t('rules.expected')}
          options={EXPECTATIONS.map((value) => ({ value, label: t(`rules.expectations.${value}`) }))}
        />
        <CheckField form={form} name="notToWhoEnteredIt" label={t('rules.notToWhoEnteredIt')} />
        {rule.required ? null : <CheckField form={form} name="enabled" label={t('rules.enabled')} />}
      </FormBody>
    </SidePanel>
  );
}
