import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

import { roleLabels } from '#contracts/code-labels.js';

import { signOut, type Me } from '../api/session.js';
import { currentLanguage, LANGUAGES, switchLanguage } from '../i18n/index.js';
import { formatDate } from '../ui/dates.js';
import { inLanguage } from '../ui/problem-text.js';
import { useCloseOutside } from '../ui/use-close-outside.js';
import { chooseTheme, currentTheme, THEMES } from './theme.js';

/** Who is signed in, in which role, whom they replace; language, colours and signing out. */
export function PersonMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const details = useRef<HTMLDetailsElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    if (details.current !== null) details.current.open = false;
  }, [key]);
  useCloseOutside(details);
  const leave = (): void => {
    signOut().then(
      ({ signOutUrl }) => window.location.assign(signOutUrl),
      () => window.location.assign('/inloggen'),
    );
  };
  return (
    <details className="d-menu d-menu--end" ref={details}>
      <summary aria-label={t('person.menu', { name: me.name })}>
        <span className="d-person__initials" aria-hidden="true">
          {initialsOf(me.name)}
        </span>
        <span className="d-person__name">{me.name}</span>
      </summary>
      <div className="d-menu__content d-person">
        <p>
          <strong>{me.name}</strong>
          <br />
          <span className="d-muted">
            {t('person.roles')} {me.roles.map((role) => inLanguage(roleLabels[role]).toLowerCase()).join(', ')}
            {me.organisationName === undefined ? '' : ` · ${me.organisationName}`}
          </span>
        </p>
        {me.replacing.map((replaced) => (
          <p key={replaced.personId} className="d-note">
            {t('person.replacing', { name: replaced.name, until: formatDate(replaced.until) })}
          </p>
        ))}
        <ChoiceRow
          legend={t('person.language')}
          name="language"
          value={currentLanguage()}
          options={LANGUAGES.map((language) => ({
            value: language,
            label: t(`languages.${language}`),
            lang: language,
          }))}
          onChoose={(language) => void switchLanguage(language)}
        />
        <ThemeChoice />
        {me.permissions.includes('meldingen:read') ? (
          <Link className="ams-link" to="/mijn-instellingen">
            {t('person.preferences')}
          </Link>
        ) : null}
        <button type="button" className="d-link-button" onClick={leave}>
          {t('person.signOut')}
        </button>
      </div>
    </details>
  );
}

function ThemeChoice() {
  const { t } = useTranslation();
  const texts = { system: t('person.themeSystem'), light: t('person.themeLight'), dark: t('person.themeDark') };
  return (
    <ChoiceRow
      legend={t('person.theme')}
      name="theme"
      value={currentTheme()}
      options={THEMES.map((theme) => ({ value: theme, label: texts[theme] }))}
      onChoose={chooseTheme}
    />
  );
}

interface ChoiceRowProps<T extends string> {
  legend: string;
  name: string;
  value: T;
  options: readonly { value: T; label: string; lang?: string }[];
  onChoose: (value: T) => void;
}

function ChoiceRow<T extends string>({ legend, name, value, options, onChoose }: ChoiceRowProps<T>) {
  return (
    <fieldset className="d-choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} lang={option.lang}>
          <input
            type="radio"
            name={name}
            defaultChecked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

function initialsOf(name: string): string {
  const words = name.split(' ').filter((word) => word !== '');
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}
