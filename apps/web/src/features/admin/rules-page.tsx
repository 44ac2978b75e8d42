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
      { id: 'when', header: t('rules.when'), cell: (rule) => <When rule={rule} /> },
      {
        id: 'recipients',
        header: t('rules.recipients'),
        cell: (rule) => <Several texts={rule.recipients.map((relation) => t(`rules.relations.${relation}`))} />,
      },
      {
        id: 'urgency',
        header: t('rules.urgency'),
        cell: (rule) => (
          <>
            {t(`rules.urgencies.${rule.urgency}`)}
            <br />
            <span className="d-muted d-small">{t(`rules.expectations.${rule.expectedAction}`)}</span>
          </>
        ),
      },
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

/** By what kinds of event, and then by which reasons. */
function When({ rule: { when } }: { rule: NotificationRule }) {
  const { t } = useTranslation('admin');
  const { kinds = [], codes = [] } = when;
  if (kinds.length === 0 && codes.length === 0) return t('rules.always');
  return (
    <>
      <Several texts={kinds.map(kindText)} />
      {codes.length === 0 ? null : (
        <span className="d-muted d-small">
          <Several texts={codes.map(codeText)} />
        </span>
      )}
    </>
  );
}

/** More than this is not read in a table. */
const MOST = 3;

/** The first few; the others behind a key. */
function Several({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation('admin');
  if (texts.length <= MOST) return <span>{texts.join(', ')} </span>;
  return (
    <>
      {texts.slice(0, MOST - 1).join(', ')}
      <details>
        <summary>{t('rules.others', { count: texts.length - MOST + 1 })}</summary>
        {texts.slice(MOST - 1).join(', ')}
      </details>
    </>
  );
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
