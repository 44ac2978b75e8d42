import { Checkbox, FieldSet } from '@amsterdam/design-system-react';

import type { ExpectedAction, MeldingUrgency, RecipientRelation } from '#contracts/notifications/codes.js';

export const RELATIONS = [
  'regisseur-of-cluster',
  'regisseur-of-previous-cluster',
  'regisseur-of-client',
  'representative-of-place',
  'representative-of-previous-place',
  'coordinator',
] as const satisfies readonly RecipientRelation[];
export const URGENCIES = ['low', 'normal', 'high'] as const satisfies readonly MeldingUrgency[];
export const EXPECTATIONS = [
  'take-note',
  'discuss',
  'contact-today',
  'answer-offer',
  'check-data',
  'fill-in-zrm',
] as const satisfies readonly ExpectedAction[];

interface ChoicesProps<T extends string> {
  legend: string;
  hint?: string;
  error?: string | undefined;
  options: readonly T[];
  chosen: ReadonlySet<T>;
  textOf: (option: T) => string;
  onChange: (chosen: ReadonlySet<T>) => void;
}

/** Several of a list, as checkboxes under one legend. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { legend, hint, error, options, chosen, textOf, onChange } = props;
  return (
    <FieldSet legend={legend} invalid={error !== undefined}>
      {hint === undefined ? null : <p className="d-small d-muted">{hint}</p>}
      {error === undefined ? null : (
        <p className="d-late" role="alert">
          {error}
        </p>
      )}
      {options.map((option) => (
        <Checkbox
          key={option}
          checked={chosen.has(option)}
          onChange={(event) => {
            const next = new Set(chosen);
            if (event.target.checked) next.add(option);
            else next.delete(option);
            onChange(next);
          }}
        >
          {textOf(option)}
        </Checkbox>
      ))}
    </FieldSet>
  );
}
