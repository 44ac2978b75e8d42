import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import type { Melding } from '../../api/meldingen.js';
import { addDays, today } from '../../ui/dates.js';
import { DateField, FormBody } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm } from '../../ui/use-form.js';

interface SnoozePanelProps {
  melding: Melding;
  onClose: () => void;
  onSnooze: (melding: Melding, until: string) => Promise<void>;
}

/** Until which day a melding may stay out of the way. */
export function SnoozePanel({ melding, onClose, onSnooze }: SnoozePanelProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const tomorrow = addDays(today(), 1);
  const form = useForm({ initial: { until: tomorrow }, required: ['until'] });
  return (
    <SidePanel title={t('snooze.title')} placement="center" onClose={onClose}>
      <Paragraph>{t('snooze.intro')}</Paragraph>
      <div className="d-actions">
        <Button type="button" variant="secondary" onClick={() => form.set('until', tomorrow)}>
          {t('snooze.tomorrow')}
        </Button>
        <Button type="button" variant="secondary" onClick={() => form.set('until', addDays(today(), 7))}>
          {t('snooze.nextWeek')}
        </Button>
      </div>
      <FormBody
        form={form}
        submitLabel={t('snooze.submit')}
        onSubmit={(values) => onSnooze(melding, values.until)}
        onDone={onClose}
        onCancel={onClose}
      >
        <DateField form={form} name="until" label={t('snooze.until')} min={tomorrow} />
      </FormBody>
    </SidePanel>
  );
}
