import { Button, Checkbox, ErrorMessage, Select, TextInput } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { reminderAudienceLabels } from '#contracts/assessment/code-labels.js';
import { reminderAudiences } from '#contracts/assessment/codes.js';

import { inLanguage } from '../../ui/problem-text.js';
import { newStep, type StepValues } from './due-values.js';

/** The service takes no more. */
const MOST_STEPS = 12;

interface LadderFieldsProps {
  id: string;
  ladder: readonly StepValues[];
  error: string | undefined;
  onChange: (ladder: readonly StepValues[]) => void;
}

/** The steps of the ladder: how many days before or after, and who is reminded then. */
export function LadderFields({ id, ladder, error, onChange }: LadderFieldsProps) {
  const { t } = useTranslation(['zrm-settings', 'common']);
  const replace = (index: number, next: StepValues): void =>
    onChange(ladder.map((one, at) => (at === index ? next : one)));
  return (
    <fieldset className="d-stack">
      <legend className="ams-label">{t('due.steps')}</legend>
      {error === undefined ? null : (
        <ErrorMessage id={`${id}-error`} prefix={t('common:error.prefix')}>
          {error}
        </ErrorMessage>
      )}
      <ol className="d-stack">
        {ladder.map((step, index) => (
          <li key={step.step} className="d-card">
            <div className="d-stack" role="group" aria-label={t('due.number', { number: index + 1 })}>
              <div className="d-zrm-settings__parts">
                <label className="d-zrm-settings__part">
                  <TextInput
                    id={index === 0 ? id : `${id}-${index}`}
                    size={4}
                    inputMode="numeric"
                    autoComplete="off"
                    invalid={error !== undefined}
                    aria-describedby={error === undefined ? undefined : `${id}-error`}
                    value={step.days}
                    onChange={(event) => replace(index, { ...step, days: event.target.value })}
                  />{' '}
                  {t('due.days')}
                </label>
                <Select
                  aria-label={t('due.side')}
                  value={step.side}
                  onChange={(event) =>
                    replace(index, { ...step, side: event.target.value === 'before' ? 'before' : 'after' })
                  }
                >
                  <Select.Option value="before">{t('due.sides.before')}</Select.Option>
                  <Select.Option value="after">{t('due.sides.after')}</Select.Option>
                </Select>
              </div>
              <div className="d-zrm-settings__parts">
                {reminderAudiences.map((audience) => (
                  <Checkbox
                    key={audience}
                    checked={step.audience.includes(audience)}
                    onChange={(event) => {
                      const others = step.audience.filter((one) => one !== audience);
                      replace(index, { ...step, audience: event.target.checked ? [...others, audience] : others });
                    }}
                  >
                    {inLanguage(reminderAudienceLabels[audience])}
                  </Checkbox>
                ))}
              </div>
              {ladder.length < 2 ? null : (
                <p>
                  <button
                    type="button"
                    className="d-link-button"
                    onClick={() => onChange(ladder.filter((_one, at) => at !== index))}
                  >
                    {t('due.removeStep', { number: index + 1 })}
                  </button>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
      {ladder.length >= MOST_STEPS ? null : (
        <div className="d-actions">
          <Button
            type="button"
            variant="secondary"
            onClick={() => onChange([...ladder, newStep(crypto.randomUUID().slice(0, 8))])}
          >
            {t('due.addStep')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
