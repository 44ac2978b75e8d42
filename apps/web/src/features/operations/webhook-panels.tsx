import { Checkbox, FieldSet, Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  createWebhook,
  deliveriesQuery,
  operationKeys,
  rotateWebhookSecret,
  type CreatedWebhook,
  type Webhook,
  type WebhookDelivery,
  type WebhookEventType,
} from '../../api/operations.js';
import { rowsOf } from '../../api/paging.js';
import { CopyText } from '../../ui/copy-text.js';
import { formatInstant } from '../../ui/dates.js';
import { FormBody, SelectField, TextField } from '../../ui/fields.js';
import { More } from '../../ui/more.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';

const EVENT_TYPES = [
  'nl.doorstroom.registration.housing-situation-changed.v1',
  'nl.doorstroom.registration.waiting-list-changed.v1',
  'nl.doorstroom.registration.client-changed.v1',
  'nl.doorstroom.registration.cluster-changed.v1',
  'nl.doorstroom.registration.person-changed.v1',
  'nl.doorstroom.assessment.zrm-submitted.v1',
  'nl.doorstroom.assessment.zrm-due-changed.v1',
] as const satisfies readonly WebhookEventType[];

/** The one time that a secret is shown. */
function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation('operations');
  return (
    <SidePanel title={t('webhooks.secretTitle')} placement="center" onClose={onClose}>
      <Paragraph>{t('webhooks.secretBody')}</Paragraph>
      <CopyText label={t('webhooks.secret')} text={secret} />
    </SidePanel>
  );
}

const OVERLAPS = { day: 24, days: 72, week: 168, none: 0 } as const;
const OVERLAP_NAMES = ['day', 'days', 'week', 'none'] as const satisfies readonly (keyof typeof OVERLAPS)[];

/** Another secret; the one of before stays good for a while, unless it was leaked. */
export function RotateSecretPanel({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [made, setMade] = useState<CreatedWebhook>();
  const form = useForm({ initial: { overlap: 'day' } });
  if (made !== undefined) return <SecretOnce secret={made.secret} onClose={onClose} />;
  return (
    <SidePanel title={t('webhooks.rotateTitle', { name: webhook.name })} onClose={onClose}>
      <Paragraph>{t('webhooks.rotateBody')}</Paragraph>
      <FormBody
        form={form}
        submitLabel={t('webhooks.rotate')}
        onSubmit={async ({ overlap }) => {
          setMade(
            await rotateWebhookSecret(webhook, { overlapHours: OVERLAPS[oneOf(OVERLAP_NAMES, overlap) ?? 'day'] }),
          );
          await queries.invalidateQueries({ queryKey: operationKeys.webhooks });
        }}
        onCancel={onClose}
        onReload={() => void queries.invalidateQueries({ queryKey: operationKeys.webhooks }).then(onClose)}
      >
        <SelectField
          form={form}
          name="overlap"
          label={t('webhooks.overlap')}
          options={OVERLAP_NAMES.map((value) => ({ value, label: t(`webhooks.overlaps.${value}`) }))}
        />
      </FormBody>
    </SidePanel>
  );
}

/** A new subscription; its secret is shown once, before anything else can be done. */
export function NewWebhookPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [made, setMade] = useState<CreatedWebhook>();
  const [chosen, setChosen] = useState<ReadonlySet<WebhookEventType>>(new Set([EVENT_TYPES[0]]));
  const form = useForm({ initial: { name: '', url: '' }, required: ['name', 'url'] });
  if (made !== undefined) return <SecretOnce secret={made.secret} onClose={onClose} />;
  const toggle = (type: WebhookEventType): void => {
    const next = new Set(chosen);
    if (!next.delete(type)) next.add(type);
    setChosen(next);
  };
  return (
    <SidePanel title={t('webhooks.add')} onClose={onClose}>
      <FormBody
        form={form}
        submitLabel={t('webhooks.add')}
        onSubmit={async ({ name, url }) => {
          const eventTypes = EVENT_TYPES.filter((type) => chosen.has(type));
          setMade(await createWebhook({ name, url, eventTypes }, form.idempotencyKey()));
          await queries.invalidateQueries({ queryKey: operationKeys.webhooks });
        }}
        onCancel={onClose}
      >
        <TextField form={form} name="name" label={t('webhooks.name')} maxLength={120} />
        <TextField form={form} name="url" label={t('webhooks.url')} type="url" maxLength={2000} />
        <FieldSet legend={t('webhooks.eventTypes')} invalid={chosen.size === 0}>
          {chosen.size === 0 ? <p className="d-late">{t('webhooks.eventTypesRequired')}</p> : null}
          {EVENT_TYPES.map((type) => (
            <Checkbox key={type} checked={chosen.has(type)} onChange={() => toggle(type)}>
              {t(`webhooks.event.${type}`, { keySeparator: false })}
            </Checkbox>
          ))}
        </FieldSet>
      </FormBody>
    </SidePanel>
  );
}

/** What was sent to one system, newest first, with every attempt. */
export function DeliveriesPanel({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const query = useInfiniteQuery(deliveriesQuery(webhook.webhookId));
  const rows = rowsOf(query.data);
  return (
    <SidePanel title={t('webhooks.deliveriesOf', { name: webhook.name })} onClose={onClose}>
      {query.isPending ? <Loading rows={6} /> : null}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? <Empty title={t('webhooks.noDeliveries')} /> : null}
      <ol className="d-stack">
        {rows.map((delivery) => (
          <Delivery key={delivery.deliveryId} delivery={delivery} />
        ))}
      </ol>
      {rows.length === 0 ? null : <More of={query} />}
    </SidePanel>
  );
}

function Delivery({ delivery }: { delivery: WebhookDelivery }) {
  const { t } = useTranslation('operations');
  const last = delivery.attempts.at(-1);
  return (
    <li className="d-card">
      <p>
        <strong className={delivery.state === 'failed' ? 'd-late' : undefined}>
          {t(`webhooks.deliveryStates.${delivery.state}`)}
        </strong>{' '}
        · {formatInstant(delivery.createdAt)} · {t('webhooks.attempts', { count: delivery.attempts.length })}
      </p>
      <p className="d-small d-muted">
        <code>{delivery.eventType}</code>
      </p>
      {last === undefined ? null : (
        <p className="d-small">
          {[last.status === undefined ? undefined : `HTTP ${last.status}`, last.error].filter(Boolean).join(' · ')}
        </p>
      )}
      {delivery.nextAttemptAt === undefined ? null : (
        <p className="d-small">{t('webhooks.next', { date: formatInstant(delivery.nextAttemptAt) })}</p>
      )}
    </li>
  );
}
