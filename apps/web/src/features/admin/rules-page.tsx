import './admin.css';

import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { rulesQuery, type NotificationRule } from '../../api/admin.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { AdminTabs } from './admin-tabs.js';
import { NewRulePanel } from './new-rule-panel.js';
import { NotificationSettingsForm } from './notification-settings.js';
import { codeText, kindText } from './rule-codes.js';
import { EditRulePanel, RemoveRulePanel, RuleHistoryPanel } from './rule-panels.js';

type Open = { panel: 'new' } | { panel: 'edit' | 'remove' | 'history'; rule: NotificationRule };

/** Which event leads to a melding for whom, how urgent; and the settings of the region. */
export function Component() {
  const { t } = useTranslation('admin');
  const can = useCan();
  const query = useQuery(rulesQuery);
  const [open, setOpen] = useState<Open>();
  const mayWrite = can('rules:write');
  const columns = useRuleColumns(mayWrite, setOpen);
  const close = (): void => setOpen(undefined);
  return (
    <Page
      title={t('rules.title')}
      actions={
        mayWrite ? (
          <Button type="button" onClick={() => setOpen({ panel: 'new' })}>
            {t('rules.add')}
          </Button>
        ) : null
      }
    >
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
      {open?.panel === 'new' ? <NewRulePanel onClose={close} /> : null}
      {open?.panel === 'edit' ? <EditRulePanel rule={open.rule} onClose={close} /> : null}
      {open?.panel === 'remove' ? <RemoveRulePanel rule={open.rule} onClose={close} /> : null}
      {open?.panel === 'history' ? <RuleHistoryPanel rule={open.rule} onClose={close} /> : null}
    </Page>
  );
}

function useRuleColumns(mayWrite: boolean, onOpen: (open: Open) => void): Column<NotificationRule>[] {
  const { t } = useTranslation('admin');
  return useMemo(
    () => [
      { id: 'name', header: t('rules.name'), isName: true, cell: (rule) => inLanguage(rule.name) },
      { id: 'when', header: t('rules.when'), cell: (rule) => whenText(rule) ?? t('rules.always') },
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
      {
        id: 'actions',
        header: t('rules.actions'),
        cell: (rule) => <RowActions rule={rule} mayWrite={mayWrite} onOpen={onOpen} />,
      },
    ],
    [t, mayWrite, onOpen],
  );
}

function whenText({ when: { kinds = [], codes = [] } }: NotificationRule): string | undefined {
  const parts = [kinds.map(kindText).join(', '), codes.map(codeText).join(', ')].filter((text) => text !== '');
  return parts.length === 0 ? undefined : parts.join(': ');
}

interface RowActionsProps {
  rule: NotificationRule;
  mayWrite: boolean;
  onOpen: (open: Open) => void;
}

function RowActions({ rule, mayWrite, onOpen }: RowActionsProps) {
  const { t } = useTranslation('admin');
  const name = inLanguage(rule.name);
  const actions = [
    ...(mayWrite ? [{ panel: 'edit' as const, label: t('rules.edit') }] : []),
    { panel: 'history' as const, label: t('rules.history') },
    ...(mayWrite && !rule.required ? [{ panel: 'remove' as const, label: t('rules.remove') }] : []),
  ];
  return (
    <div className="d-actions">
      {actions.map(({ panel, label }) => (
        <button
          key={panel}
          type="button"
          className="d-link-button"
          aria-label={t('rules.of', { action: label, name })}
          onClick={() => onOpen({ panel, rule })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
