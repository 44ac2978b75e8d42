import { Checkbox, ErrorMessage, TextInput } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { colleaguesQuery, type Colleague } from '../../api/people.js';
import { Loading, Ready } from '../../ui/states.js';

/** Longer lists can be searched. */
const MANY = 10;

interface RaterPickerProps {
  /** Who cannot be chosen, because they were invited already. */
  except?: readonly string[];
  chosen: readonly string[];
  error: string | undefined;
  onChange: (personIds: string[]) => void;
}

/** Chooses colleagues who score: clientmanagers and regisseurs, by institution. */
export function RaterPicker({ except = [], chosen, error, onChange }: RaterPickerProps) {
  const { t } = useTranslation(['calibration', 'common']);
  const id = useId();
  const people = useQuery(colleaguesQuery({}));
  const [text, setText] = useState('');
  return (
    <fieldset
      id="calibration-personIds"
      className="d-stack"
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend className="ams-label">{t('plan.raters')}</legend>
      <p className="d-hint">{t('plan.ratersHint')}</p>
      {error === undefined ? null : (
        <ErrorMessage id={`${id}-error`} prefix={t('common:error.prefix')}>
          {error}
        </ErrorMessage>
      )}
      <p role="status">{t('plan.ratersChosen', { count: chosen.length })}</p>
      <Ready query={people} loading={<Loading rows={6} />}>
        {({ items }) => {
          const raters = items.filter(({ personId, roles }) => {
            const scores = roles.includes('clientmanager') || roles.includes('trajectregisseur');
            return scores && !except.includes(personId);
          });
          const wanted = text.trim().toLowerCase();
          const shown = raters.filter(({ name }) => name.toLowerCase().includes(wanted));
          return (
            <>
              {raters.length <= MANY ? null : (
                <label className="d-filter">
                  {t('plan.findRater')}
                  <TextInput value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
                </label>
              )}
              {raters.length === 0 ? <p className="d-note">{t('plan.noRaters')}</p> : null}
              <ByInstitution people={shown} chosen={chosen} onChange={onChange} />
            </>
          );
        }}
      </Ready>
    </fieldset>
  );
}

interface ByInstitutionProps {
  people: readonly Colleague[];
  chosen: readonly string[];
  onChange: (personIds: string[]) => void;
}

function ByInstitution({ people, chosen, onChange }: ByInstitutionProps) {
  const { t } = useTranslation('calibration');
  const groups = [...Map.groupBy(people, ({ organisationName }) => organisationName ?? t('plan.region'))];
  groups.sort(([a], [b]) => a.localeCompare(b, 'nl'));
  return groups.map(([name, members]) => (
    <div key={name} role="group" aria-label={name}>
      <p className="d-small d-muted">{name}</p>
      <div className="d-calibration__people">
        {members.map((member) => (
          <Checkbox
            key={member.personId}
            checked={chosen.includes(member.personId)}
            onChange={(event) => {
              const others = chosen.filter((one) => one !== member.personId);
              onChange(event.target.checked ? [...others, member.personId] : others);
            }}
          >
            {member.name}
          </Checkbox>
        ))}
      </div>
    </div>
  ));
}
