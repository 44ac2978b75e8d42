import {
  Checkbox,
  ErrorMessage,
  Field,
  Heading,
  Label,
  Select,
  TextArea,
  TextInput,
} from '@amsterdam/design-system-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { participantLabels, weightAnswerLabels, weightFactorLabels } from '#contracts/assessment/code-labels.js';
import { participants, weightAnswers, weightFactors, type WeightFactor } from '#contracts/assessment/codes.js';

import { DateEntry } from '../../ui/date-entry.js';
import { today } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { oneOf } from '../../ui/use-filters.js';
import type { ZrmValues } from './zrm-values.js';

/** The service refuses longer ones. */
const MAX_PARTICULARS = 4000;
const MAX_NOTE = 1000;

interface PartProps {
  values: ZrmValues;
  errorOf: (path: string) => string | undefined;
  onChange: (values: ZrmValues, path: string) => void;
}

interface LabelledProps {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
  error: string | undefined;
  children: (control: { describedBy: string | undefined; invalid: boolean }) => ReactNode;
}

/** A field with its label, hint and error, tied together for screen readers. */
export function Labelled({ id, label, hint, optional = false, error, children }: LabelledProps) {
  const { t } = useTranslation();
  const described = [hint === undefined ? [] : [`${id}-hint`], error === undefined ? [] : [`${id}-error`]].flat();
  return (
    <Field invalid={error !== undefined} className="d-field">
      <Label htmlFor={id} {...(optional ? { hint: t('form.optional') } : {})}>
        {label}
      </Label>
      {hint === undefined ? null : (
        <p className="d-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <ErrorMessage id={`${id}-error`} prefix={t('error.prefix')}>
          {error}
        </ErrorMessage>
      )}
      {children({
        describedBy: described.length === 0 ? undefined : described.join(' '),
        invalid: error !== undefined,
      })}
    </Field>
  );
}

/** The day that it is about, and with whom it was filled in. */
export function WhenAndWithWhom({ values, errorOf, onChange }: PartProps) {
  const { t } = useTranslation('zrm');
  return (
    <div className="d-form__row d-form__row--top">
      <Labelled
        id="zrm-date"
        label={t(values.kind === 'target' ? 'form.dateOfTarget' : 'form.date')}
        hint={t(values.kind === 'target' ? 'form.dateOfTargetHint' : 'form.dateHint')}
        error={errorOf('date')}
      >
        {({ describedBy, invalid }) => (
          <DateEntry
            id="zrm-date"
            value={values.date}
            max={today()}
            invalid={invalid}
            required
            describedBy={describedBy}
            onChange={(date) => onChange({ ...values, date }, 'date')}
          />
        )}
      </Labelled>
      <fieldset>
        <legend className="ams-label">{t('form.participants')}</legend>
        <div className="d-zrm-checks">
          {participants.map((participant) => (
            <Checkbox
              key={participant}
              checked={values.participants.includes(participant)}
              onChange={(event) => {
                const others = values.participants.filter((one) => one !== participant);
                const chosen = event.target.checked ? [...others, participant] : others;
                onChange({ ...values, participants: chosen }, 'participants');
              }}
            >
              {inLanguage(participantLabels[participant])}
            </Checkbox>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** What somebody should want to discuss. */
export function Particulars({ values, errorOf, onChange }: PartProps) {
  const { t } = useTranslation('zrm');
  return (
    <Labelled
      id="zrm-particulars"
      label={t('form.particulars')}
      hint={t('form.particularsHint')}
      optional
      error={errorOf('particulars')}
    >
      {({ describedBy, invalid }) => (
        <TextArea
          id="zrm-particulars"
          rows={4}
          maxLength={MAX_PARTICULARS}
          invalid={invalid}
          aria-describedby={describedBy}
          value={values.particulars}
          onChange={(event) => onChange({ ...values, particulars: event.target.value }, 'particulars')}
        />
      )}
    </Labelled>
  );
}

/** The seven weight factors, closed until somebody wants to note one. */
export function Weights({ values, errorOf, onChange }: PartProps) {
  const { t } = useTranslation('zrm');
  const noted = Object.values(values.weights).filter(({ answer }) => answer !== undefined).length;
  const change = (factor: WeightFactor, to: Partial<{ answer: string; note: string }>): void => {
    const before = values.weights[factor] ?? { note: '' };
    const answer = to.answer === undefined ? before.answer : oneOf(weightAnswers, to.answer);
    const weight = { answer, note: to.note ?? before.note };
    onChange({ ...values, weights: { ...values.weights, [factor]: weight } }, `weights.${factor}`);
  };
  return (
    <details className="d-history">
      <summary>
        {t('form.weights')} <span className="d-muted">({t('form.weightsNoted', { count: noted })})</span>
      </summary>
      <div className="d-history__list">
        <p className="d-hint">{t('form.weightsHint')}</p>
        {weightFactors.map((factor) => {
          const weight = values.weights[factor];
          const name = inLanguage(weightFactorLabels[factor]);
          return (
            <div key={factor} className="d-form__row">
              <Labelled id={`zrm-weight-${factor}`} label={name} error={errorOf(`weights.${factor}`)}>
                {({ describedBy, invalid }) => (
                  <Select
                    id={`zrm-weight-${factor}`}
                    invalid={invalid}
                    aria-describedby={describedBy}
                    value={weight?.answer ?? ''}
                    onChange={(event) => change(factor, { answer: event.target.value })}
                  >
                    <Select.Option value="">{t('form.weightEmpty')}</Select.Option>
                    {weightAnswers.map((answer) => (
                      <Select.Option key={answer} value={answer}>
                        {inLanguage(weightAnswerLabels[answer])}
                      </Select.Option>
                    ))}
                  </Select>
                )}
              </Labelled>
              {weight?.answer === undefined ? null : (
                <Labelled
                  id={`zrm-weight-${factor}-note`}
                  label={t('form.weightNote', { name })}
                  optional
                  error={errorOf(`weights.${factor}.note`)}
                >
                  {({ describedBy, invalid }) => (
                    <TextInput
                      id={`zrm-weight-${factor}-note`}
                      maxLength={MAX_NOTE}
                      autoComplete="off"
                      invalid={invalid}
                      aria-describedby={describedBy}
                      value={weight.note}
                      onChange={(event) => change(factor, { note: event.target.value })}
                    />
                  )}
                </Labelled>
              )}
            </div>
          );
        })}
      </div>
    </details>
  );
}

/** A heading of a part of the form. */
export function PartTitle({ children }: { children: ReactNode }) {
  return <Heading level={2}>{children}</Heading>;
}
