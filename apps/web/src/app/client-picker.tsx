import { Field, Label, TextInput } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { clientSuggestionsQuery, type ClientSummary } from '../api/clients.js';
import { formatShortDate } from '../ui/dates.js';

interface ClientPickerProps {
  label: string;
  /** The client who may not be chosen. */
  except?: string;
  onChoose: (client: ClientSummary) => void;
}

/** Finds a client by name and lets the person choose one from what was found. */
export function ClientPicker({ label, except, onChoose }: ClientPickerProps) {
  const { t } = useTranslation('common');
  const id = useId();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const found = useQuery({ ...clientSuggestionsQuery(asked), enabled: asked.length >= 2 });
  const options = found.data?.items.filter((client) => client.clientId !== except) ?? [];
  return (
    <Field className="d-field">
      <Label htmlFor={id}>{label}</Label>
      <TextInput id={id} autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
      {asked.length < 2 ? null : (
        <ul className="d-picker">
          {options.map((client) => (
            <li key={client.clientId}>
              <button type="button" className="d-link-button" onClick={() => onChoose(client)}>
                {client.name}
                {client.birthDate === undefined ? '' : `, ${formatShortDate(client.birthDate)}`}
              </button>
            </li>
          ))}
          {found.isSuccess && options.length === 0 ? <li className="d-muted">{t('search.none')}</li> : null}
        </ul>
      )}
    </Field>
  );
}
