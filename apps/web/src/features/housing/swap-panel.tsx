import { Paragraph } from '@amsterdam/design-system-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ClientFile, ClientSummary } from '../../api/clients.js';
import { swapPlaces } from '../../api/housing.js';
import { today } from '../../ui/dates.js';
import { DateField, FormBody } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm } from '../../ui/use-form.js';
import { ClientPicker } from '../../app/client-picker.js';
import { useHousingChange } from './use-housing-change.js';

/** Two clients take each other's place on one day, in one step. */
export function SwapPanel({ client, onClose }: { client: ClientFile; onClose: () => void }) {
  const { t } = useTranslation('housing');
  const { refresh, undoable } = useHousingChange();
  const [other, setOther] = useState<ClientSummary>();
  const form = useForm({ initial: { date: today() }, required: ['date'] });
  return (
    <SidePanel title={t('swap.title')} onClose={onClose}>
      <Paragraph>{t('swap.intro', { name: client.name })}</Paragraph>
      {other === undefined ? (
        <ClientPicker label={t('swap.with')} except={client.clientId} onChoose={setOther} />
      ) : (
        <FormBody
          form={form}
          submitLabel={t('swap.submit')}
          onSubmit={async ({ date }) => {
            const made = await swapPlaces(
              { date, first: { clientId: client.clientId }, second: { clientId: other.clientId } },
              form.idempotencyKey(),
            );
            undoable(client.clientId, made.changes[0].changeId, t('swap.done'));
            await refresh();
          }}
          onDone={onClose}
          onCancel={onClose}
        >
          <p>
            <strong>{t('swap.chosen', { name: other.name })}</strong>{' '}
            <button type="button" className="d-link-button" onClick={() => setOther(undefined)}>
              {t('swap.other')}
            </button>
          </p>
          <DateField form={form} name="date" label={t('field.date')} max={today()} />
        </FormBody>
      )}
    </SidePanel>
  );
}
