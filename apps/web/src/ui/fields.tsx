import {
  Button,
  Checkbox,
  ErrorMessage,
  Field,
  InvalidFormAlert,
  Label,
  Select,
  TextArea,
  TextInput,
} from '@amsterdam/design-system-react';
import { useEffect, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { DateEntry } from './date-entry.js';
import { Failure } from './states.js';
import { useDateJudgement } from './use-date-judgement.js';
import type { Form, FormValues } from './use-form.js';

interface BaseProps<V extends FormValues> {
  form: Form<V>;
  name: keyof V & string;
  label: string;
  hint?: string;
  optional?: boolean;
}

interface ControlProps {
  id: string;
  invalid: boolean;
  describedBy: string | undefined;
  required: boolean;
}

interface FieldFrameProps<V extends FormValues> extends BaseProps<V> {
  children: (control: ControlProps) => ReactNode;
}

/** Label, hint, error and control of one field, tied together for screen readers. */
function FieldFrame<V extends FormValues>({ form, name, label, hint, optional = false, children }: FieldFrameProps<V>) {
  const { t } = useTranslation();
  const id = form.idOf(name);
  const { label: call } = form;
  useEffect(() => call(name, label), [call, name, label]);
  const error = form.errorOf(name);
  const described = [hint === undefined ? undefined : `${id}-hint`, error === undefined ? undefined : `${id}-error`];
  const describedBy = described.filter((part) => part !== undefined).join(' ');
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
        id,
        invalid: error !== undefined,
        describedBy: describedBy === '' ? undefined : describedBy,
        required: !optional,
      })}
    </Field>
  );
}

interface TextFieldProps<V extends FormValues> extends BaseProps<V> {
  type?: 'text' | 'email' | 'tel' | 'url';
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'url';
  maxLength?: number;
  size?: number;
}

/** One line of text. */
export function TextField<V extends FormValues>(props: TextFieldProps<V>) {
  const { form, name, type = 'text', autoComplete = 'off', inputMode, maxLength, size } = props;
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TextInput
          id={control.id}
          name={name}
          type={type}
          autoComplete={autoComplete}
          inputMode={inputMode}
          maxLength={maxLength}
          size={size}
          invalid={control.invalid}
          required={control.required}
          aria-describedby={control.describedBy}
          value={form.values[name]}
          onChange={(event) => form.set(name, valueOf<V>(event.target.value))}
        />
      )}
    </FieldFrame>
  );
}

/** A civil date. What is no existing day, or lies before `min` or after `max`, is told when the person leaves the field. */
export function DateField<V extends FormValues>(props: BaseProps<V> & { min?: string; max?: string }) {
  const { form, name, min, max } = props;
  const { judge } = form;
  const judgement = useDateJudgement(min, max);
  useEffect(() => {
    judge(name, judgement);
    return () => judge(name, undefined);
  }, [judge, name, judgement]);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <DateEntry
          id={control.id}
          min={min}
          max={max}
          invalid={control.invalid}
          required={control.required}
          describedBy={control.describedBy}
          value={form.values[name] ?? ''}
          onChange={(value) => form.set(name, valueOf<V>(value))}
          onLeave={(value) => form.check(name, value)}
        />
      )}
    </FieldFrame>
  );
}

export interface Option {
  value: string;
  label: string;
  group?: string;
}

/** A choice of one; options with a group are put together under its name. */
export function SelectField<V extends FormValues>(
  props: BaseProps<V> & { options: readonly Option[]; empty?: string },
) {
  const { t } = useTranslation();
  const { form, name, options, empty } = props;
  return (
    <FieldFrame {...props}>
      {(control) => (
        <Select
          id={control.id}
          name={name}
          invalid={control.invalid}
          required={control.required}
          aria-describedby={control.describedBy}
          value={form.values[name]}
          onChange={(event) => form.set(name, valueOf<V>(event.target.value))}
        >
          <Select.Option value="">{empty ?? t('form.choose')}</Select.Option>
          <Options options={options} />
        </Select>
      )}
    </FieldFrame>
  );
}

/** The options of a select, in their groups. */
export function Options({ options }: { options: readonly Option[] }) {
  const groups = [...new Set(options.map((option) => option.group))];
  return groups.map((group) => {
    const members = options
      .filter((option) => option.group === group)
      .map((option) => (
        <Select.Option key={option.value} value={option.value}>
          {option.label}
        </Select.Option>
      ));
    return group === undefined ? (
      members
    ) : (
      <Select.Group key={group} label={group}>
        {members}
      </Select.Group>
    );
  });
}

/** Several lines of text. */
export function TextAreaField<V extends FormValues>(props: BaseProps<V> & { rows?: number; maxLength?: number }) {
  const { form, name, rows = 3, maxLength } = props;
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TextArea
          id={control.id}
          name={name}
          rows={rows}
          maxLength={maxLength}
          resize="vertical"
          invalid={control.invalid}
          required={control.required}
          aria-describedby={control.describedBy}
          value={form.values[name]}
          onChange={(event) => form.set(name, valueOf<V>(event.target.value))}
        />
      )}
    </FieldFrame>
  );
}

/** Yes (`'yes'`) or no (`''`). */
export function CheckField<V extends FormValues>({ form, name, label }: BaseProps<V>) {
  return (
    <Checkbox
      id={form.idOf(name)}
      checked={form.values[name] === 'yes'}
      onChange={(event) => form.set(name, valueOf<V>(event.target.checked ? 'yes' : ''))}
    >
      {label}
    </Checkbox>
  );
}

// The values of every form are texts; a narrower type of one field is guaranteed by the options that it offers.
function valueOf<V extends FormValues>(text: string): V[keyof V & string] {
  return text as V[keyof V & string];
}

interface FormBodyProps<V extends FormValues> {
  form: Form<V>;
  onSubmit: (values: V) => Promise<unknown>;
  onDone?: () => void;
  submitLabel: string;
  onCancel?: () => void;
  /** What to do when somebody else changed it first. */
  onReload?: () => void;
  children: ReactNode;
  headingLevel?: 2 | 3;
}

/** A form with its errors on top (with links to the fields), its fields and its buttons. */
export function FormBody<V extends FormValues>(props: FormBodyProps<V>) {
  const { form, onSubmit, onDone, submitLabel, onCancel, onReload, children, headingLevel = 3 } = props;
  const { t } = useTranslation();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void form.submit(onSubmit).then((done) => {
      if (done) onDone?.();
    });
  };
  return (
    <form className="d-form" noValidate onSubmit={submit}>
      {form.errors.length === 0 ? null : (
        <InvalidFormAlert
          key={form.errors.map((error) => error.name).join()}
          heading={t('error.summary')}
          headingLevel={headingLevel}
          errorCountLabel={{ singular: t('error.prefix').toLowerCase(), plural: t('error.prefix').toLowerCase() }}
          errors={form.errors.map((error) => ({
            id: `#${form.idOf(error.name)}`,
            label: error.label === undefined ? error.text : `${error.label}: ${error.text}`,
          }))}
        />
      )}
      {form.failure === undefined ? null : (
        <Failure
          error={form.failure}
          headingLevel={headingLevel}
          {...(onReload === undefined ? {} : { onRetry: onReload, retryLabel: t('error.reload') })}
        />
      )}
      {children}
      <div className="d-actions">
        <Button type="submit" disabled={form.busy}>
          {form.busy ? t('state.busy') : submitLabel}
        </Button>
        {onCancel === undefined ? null : (
          <Button type="button" variant="tertiary" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
