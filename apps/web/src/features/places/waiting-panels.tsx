import { Paragraph } from '@amsterdam/design-system-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  offerDeclineReasonLabels,
  placeKindLabels,
  waitingUrgencyLabels,
  withdrawalReasonLabels,
  zwaarteLabels,
} from '#contracts/code-labels.js';
import { offerDeclineReasons, placeKinds, waitingUrgencies, withdrawalReasons, zwaartes } from '#contracts/codes.js';

import type { ClientSummary } from '../../api/clients.js';
import { newIdempotencyKey } from '../../api/http.js';
import {
  addToWaitingList,
  declineOffer,
  offerPlace,
  withdrawEntry,
  type WaitingEntry,
} from '../../api/waiting-list.js';
import { ClientPicker } from '../../app/client-picker.js';
import { addDays, today } from '../../ui/dates.js';
import { DateField, FormBody, SelectField } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Failure } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { useUndo } from '../../ui/undo.js';
import { useForm } from '../../ui/use-form.js';
import { optionsOf } from '../housing/housing-fields.js';
import { useFreePlaces } from '../housing/use-free-places.js';
import { useHousingChange } from '../housing/use-housing-change.js';

interface EntryPanelProps {
  entry: WaitingEntry;
  onClose: () => void;
}

/** Offers one of the places that are free then and are of the kind waited for. */
export function OfferPanel({ entry, onClose }: EntryPanelProps) {
  const { t } = useTranslation('places');
  const { refresh } = useHousingChange();
  const form = useForm({
    initial: { from: addDays(today(), 1), placeId: '', answerBy: addDays(today(), 7) },
    required: ['from', 'placeId', 'answerBy'],
  });
  const { from } = form.values;
  const { free, options, error, isSuccess } = useFreePlaces({ on: from, kind: entry.kind });
  return (
    <SidePanel title={t('waiting.offerTitle', { name: entry.clientName ?? t('waiting.someone') })} onClose={onClose}>
      <Paragraph>{t('waiting.offerIntro')}</Paragraph>
      <FormBody
        form={form}
        submitLabel={t('waiting.offer')}
        onSubmit={async (values) => {
          await offerPlace(entry, values, form.idempotencyKey());
          await refresh();
        }}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void refresh().then(onClose)}
      >
        <DateField form={form} name="from" label={t('waiting.from')} min={today()} />
        <SelectField form={form} name="placeId" label={t('board.place')} options={options} />
        {error === null ? null : <Failure error={error} headingLevel={3} />}
        {isSuccess && free.length === 0 ? <p className="d-note">{t('waiting.noPlaces')}</p> : null}
        <DateField form={form} name="answerBy" label={t('waiting.answerBy')} min={today()} />
      </FormBody>
    </SidePanel>
  );
}

interface ReasonPanelProps {
  title: string;
  options: ReturnType<typeof optionsOf>;
  submitLabel: string;
  onSubmit: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

function ReasonPanel({ title, options, submitLabel, onSubmit, onClose }: ReasonPanelProps) {
  const { t } = useTranslation('places');
  const { refresh } = useHousingChange();
  const form = useForm({ initial: { reason: '' }, required: ['reason'] });
  return (
    <SidePanel title={title} placement="center" onClose={onClose}>
      <FormBody
        form={form}
        submitLabel={submitLabel}
        onSubmit={async ({ reason }) => {
          await onSubmit(reason);
          await refresh();
        }}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void refresh().then(onClose)}
      >
        <SelectField form={form} name="reason" label={t('waiting.reason')} options={options} />
      </FormBody>
    </SidePanel>
  );
}

/** The client does not take the place that was offered. */
export function DeclinePanel({ entry, onClose }: EntryPanelProps) {
  const { t } = useTranslation('places');
  return (
    <ReasonPanel
      title={t('waiting.declineTitle')}
      submitLabel={t('waiting.decline')}
      options={optionsOf(offerDeclineReasonLabels)}
      onSubmit={(reason) =>
        declineOffer(entry, entry.openOffer?.offerId ?? '', oneOf(offerDeclineReasons, reason) ?? 'other')
      }
      onClose={onClose}
    />
  );
}

/** Takes the client off the list. Undoing puts the client back with the same day that the waiting began. */
export function WithdrawPanel({ entry, onClose }: EntryPanelProps) {
  const { t } = useTranslation('places');
  const offerUndo = useUndo();
  const { refresh } = useHousingChange();
  const withdraw = async (reason: string): Promise<void> => {
    await withdrawEntry(entry, oneOf(withdrawalReasons, reason) ?? 'other');
    const { clientId, kind, zwaarte, urgency, since } = entry;
    if (clientId === undefined) return;
    // One key for this undoing, however often it is tried.
    const again = newIdempotencyKey();
    offerUndo({
      text: t('waiting.withdrawn', { name: entry.clientName ?? t('waiting.someone') }),
      undo: async () => {
        await addToWaitingList({ clientId, kind, zwaarte, urgency, since }, again);
        await refresh();
      },
    });
  };
  return (
    <ReasonPanel
      title={t('waiting.withdrawTitle')}
      submitLabel={t('waiting.withdraw')}
      options={optionsOf(withdrawalReasonLabels)}
      onSubmit={withdraw}
      onClose={onClose}
    />
  );
}

/** Puts a client on the list. */
export function AddPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('places');
  const { refresh } = useHousingChange();
  const [client, setClient] = useState<ClientSummary>();
  const form = useForm({
    initial: { kind: '', zwaarte: '', urgency: 'regular', since: today() },
    required: ['kind', 'zwaarte', 'urgency', 'since'],
  });
  const choose = (chosen: ClientSummary): void => {
    setClient(chosen);
    if (chosen.zwaarte !== undefined) form.set('zwaarte', chosen.zwaarte);
  };
  return (
    <SidePanel title={t('waiting.addTitle')} onClose={onClose}>
      {client === undefined ? (
        <ClientPicker label={t('panel.pickClient')} onChoose={choose} />
      ) : (
        <FormBody
          form={form}
          submitLabel={t('waiting.add')}
          onSubmit={async (values) => {
            const entry = {
              clientId: client.clientId,
              kind: oneOf(placeKinds, values.kind) ?? 'opvang',
              zwaarte: oneOf(zwaartes, values.zwaarte) ?? 'medium',
              urgency: oneOf(waitingUrgencies, values.urgency) ?? 'regular',
              since: values.since,
            };
            await addToWaitingList(entry, form.idempotencyKey());
            await refresh();
          }}
          onDone={onClose}
          onCancel={onClose}
        >
          <p>
            <strong>{client.name}</strong>
          </p>
          <SelectField form={form} name="kind" label={t('waiting.kind')} options={optionsOf(placeKindLabels)} />
          <SelectField form={form} name="zwaarte" label={t('waiting.zwaarte')} options={optionsOf(zwaarteLabels)} />
          <SelectField
            form={form}
            name="urgency"
            label={t('waiting.urgency')}
            options={optionsOf(waitingUrgencyLabels)}
          />
          <DateField form={form} name="since" label={t('waiting.since')} max={today()} />
        </FormBody>
      )}
    </SidePanel>
  );
}
