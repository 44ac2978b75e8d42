import { Paragraph } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { handOverQuery, type Melding } from '../../api/meldingen.js';
import { FormBody, SelectField, TextAreaField } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Ready } from '../../ui/states.js';
import { useForm } from '../../ui/use-form.js';

interface HandOverPanelProps {
  melding: Melding;
  onClose: () => void;
  onHandOver: (melding: Melding, to: { personId: string; name: string }, note: string) => Promise<void>;
}

/** Gives a melding to a colleague with the same work. */
export function HandOverPanel({ melding, onClose, onHandOver }: HandOverPanelProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const options = useQuery(handOverQuery(melding));
  const form = useForm({ initial: { toPersonId: '', note: '' }, required: ['toPersonId'] });
  return (
    <SidePanel title={t('handOver.title')} placement="center" onClose={onClose}>
      <Paragraph>{t('handOver.intro')}</Paragraph>
      <Ready query={options}>
        {({ personIds, names }) =>
          personIds.length === 0 ? (
            <p className="d-note">{t('handOver.nobody')}</p>
          ) : (
            <FormBody
              form={form}
              submitLabel={t('handOver.submit')}
              onSubmit={({ toPersonId, note }) => {
                const name = names?.people[toPersonId] ?? t('colleague');
                return onHandOver(melding, { personId: toPersonId, name }, note);
              }}
              onDone={onClose}
              onCancel={onClose}
            >
              <SelectField
                form={form}
                name="toPersonId"
                label={t('handOver.to')}
                options={personIds.map((value) => ({ value, label: names?.people[value] ?? t('colleague') }))}
              />
              <TextAreaField form={form} name="note" label={t('handOver.note')} optional maxLength={500} />
            </FormBody>
          )
        }
      </Ready>
    </SidePanel>
  );
}
