import { Heading } from '@amsterdam/design-system-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { dueKindLabels } from '#contracts/assessment/code-labels.js';

import type { DueSettings } from '../../api/zrm-settings.js';
import { formatShortDate, today } from '../../ui/dates.js';
import { FilterDate } from '../../ui/filter-date.js';
import { inLanguage } from '../../ui/problem-text.js';
import { isReckonable } from './due-values.js';
import { audienceText, whenText } from './step-sentence.js';
import { exampleOf } from './terms.js';

/** What the settings in the form would do for a client who arrives on a day; nothing is saved by it. */
export function DuePreview({ settings }: { settings: DueSettings }) {
  const { t } = useTranslation('zrm-settings');
  const [arrival, setArrival] = useState(today());
  const example = isReckonable(settings) ? exampleOf(settings, arrival) : undefined;
  return (
    <section className="d-card d-stack" aria-labelledby="due-preview">
      <Heading level={2} id="due-preview">
        {t('preview.title')}
      </Heading>
      <p className="d-hint">{t('preview.intro')}</p>
      <FilterDate label={t('preview.arrival')} value={arrival} onChoose={setArrival} />
      {example === undefined ? (
        <p className="d-note">{t('preview.unfinished')}</p>
      ) : (
        <ol className="d-stack" aria-live="polite">
          {example.dues.map(({ kind, dueOn, steps }) => (
            <li key={kind}>
              <p>
                <strong>
                  {t('preview.due', { kind: inLanguage(dueKindLabels[kind]), date: formatShortDate(dueOn) })}
                </strong>
              </p>
              <ul className="d-zrm-settings__steps">
                {steps.map(({ step, on }) => (
                  <li key={step.step}>
                    {t('preview.step', {
                      date: formatShortDate(on),
                      time: settings.remindAt,
                      when: whenText(t, step.days),
                      who: audienceText(step.audience),
                    })}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
