import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  operationKeys,
  removeWebhook,
  testWebhook,
  updateWebhook,
  webhooksQuery,
  type Webhook,
} from '../../api/operations.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { AdminTabs } from '../admin/admin-tabs.js';
import { DeliveriesPanel, NewWebhookPanel, RotateSecretPanel } from './webhook-panels.js';

type Open = { panel: 'new' } | { panel: 'deliveries' | 'remove' | 'rotate'; webhook: Webhook };

/** Other systems that are told of changes. */
export function Component() {
  const { t } = useTranslation(['operations', 'common']);
  const queries = useQueryClient();
  const query = useQuery(webhooksQuery);
  const [open, setOpen] = useState<Open>();
  const [note, setNote] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setFailure(undefined);
    setNote(undefined);
    try {
      await work();
      await queries.invalidateQueries({ queryKey: operationKeys.webhooks });
    } catch (error) {
      setFailure(error);
    }
  };
  const columns = useWebhookColumns({
    test: (webhook) =>
      void attempt(async () => {
        const { delivered, milliseconds, error = '' } = await testWebhook(webhook.webhookId);
        const { name } = webhook;
        setNote(delivered ? t('webhooks.tested', { name, milliseconds }) : t('webhooks.testFailed', { name, error }));
      }),
    toggle: (webhook) =>
      void attempt(() => updateWebhook(webhook, { state: webhook.state === 'active' ? 'paused' : 'active' })),
    rotate: (webhook) => setOpen({ panel: 'rotate', webhook }),
    show: (webhook) => setOpen({ panel: 'deliveries', webhook }),
    remove: (webhook) => setOpen({ panel: 'remove', webhook }),
  });
  const close = (): void => setOpen(undefined);
  return (
    <Page
      title={t('webhooks.title')}
      actions={
        <Button type="button" onClick={() => setOpen({ panel: 'new' })}>
          {t('webhooks.add')}
        </Button>
      }
    >
      <AdminTabs />
      <Paragraph>{t('webhooks.intro')}</Paragraph>
      {note === undefined ? null : (
        <p className="d-note" role="status">
          {note}
        </p>
      )}
      {failure === undefined ? null : <Failure error={failure} />}
      <Ready query={query} loading={<Loading shape="table" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('webhooks.empty')}>
              <p>{t('webhooks.emptyHelp')}</p>
            </Empty>
          ) : (
            <DataTable
              name="webhooks"
              caption={t('webhooks.title')}
              columns={columns}
              rows={items}
              keyOf={(webhook) => webhook.webhookId}
            />
          )
        }
      </Ready>
      {open?.panel === 'new' ? <NewWebhookPanel onClose={close} /> : null}
      {open?.panel === 'deliveries' ? <DeliveriesPanel webhook={open.webhook} onClose={close} /> : null}
      {open?.panel === 'rotate' ? <RotateSecretPanel webhook={open.webhook} onClose={close} /> : null}
      {open?.panel === 'remove' ? (
        <SidePanel title={t('webhooks.removeTitle')} placement="center" onClose={close}>
          <Paragraph>{t('webhooks.removeBody', { name: open.webhook.name })}</Paragraph>
          <div className="d-actions">
            <Button
              type="button"
              onClick={() => {
                close();
                void attempt(() => removeWebhook(open.webhook.webhookId));
              }}
            >
              {t('webhooks.remove')}
            </Button>
            <Button type="button" variant="tertiary" onClick={close}>
              {t('common:action.cancel')}
            </Button>
          </div>
        </SidePanel>
      ) : null}
    </Page>
  );
}

interface WebhookWork {
  test: (webhook: Webhook) => void;
  toggle: (webhook: Webhook) => void;
  rotate: (webhook: Webhook) => void;
  show: (webhook: Webhook) => void;
  remove: (webhook: Webhook) => void;
}

function useWebhookColumns(work: WebhookWork): Column<Webhook>[] {
  const { t } = useTranslation('operations');
  return useMemo(
    () => [
      { id: 'name', header: t('webhooks.name'), isName: true, cell: (webhook) => webhook.name },
      { id: 'url', header: t('webhooks.url'), cell: (webhook) => <code>{webhook.url}</code> },
      { id: 'state', header: t('webhooks.state'), cell: (webhook) => <StateCell webhook={webhook} /> },
      {
        id: 'last',
        header: t('webhooks.last'),
        cell: ({ lastDeliveredAt }) =>
          lastDeliveredAt === undefined ? t('webhooks.never') : formatInstant(lastDeliveredAt),
      },
      { id: 'waiting', header: t('webhooks.waiting'), align: 'end', cell: (webhook) => formatNumber(webhook.waiting) },
      {
        id: 'actions',
        header: t('webhooks.actions'),
        cell: (webhook) => <RowActions webhook={webhook} work={work} />,
      },
    ],
    [t, work],
  );
}

function StateCell({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('operations');
  return (
    <>
      <span className={webhook.state === 'disabled' ? 'd-late' : undefined}>
        {t(`webhooks.states.${webhook.state}`)}
      </span>
      {webhook.failingSince === undefined ? null : (
        <span className="d-late d-small">
          {' '}
          {t('webhooks.failingSince', { date: formatInstant(webhook.failingSince) })}
        </span>
      )}
      {webhook.previousSecretUntil === undefined ? null : (
        <span className="d-small">
          {' '}
          {t('webhooks.bothSecrets', { date: formatInstant(webhook.previousSecretUntil) })}
        </span>
      )}
      {webhook.lastError === undefined ? null : (
        <span className="d-muted d-small"> {t('webhooks.error', { error: webhook.lastError })}</span>
      )}
    </>
  );
}

function RowActions({ webhook, work }: { webhook: Webhook; work: WebhookWork }) {
  const { t } = useTranslation('operations');
  const actions = [
    { label: t('webhooks.test'), run: work.test },
    { label: t(webhook.state === 'active' ? 'webhooks.pause' : 'webhooks.activate'), run: work.toggle },
    { label: t('webhooks.deliveries'), run: work.show },
    { label: t('webhooks.rotate'), run: work.rotate },
    { label: t('webhooks.remove'), run: work.remove },
  ];
  return (
    <div className="d-actions">
      {actions.map(({ label, run }) => (
        <button
          key={label}
          type="button"
          className="d-link-button"
          aria-label={t('webhooks.of', { action: label, name: webhook.name })}
          onClick={() => run(webhook)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
