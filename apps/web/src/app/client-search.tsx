import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { clientSuggestionsQuery } from '../api/clients.js';
import { formatShortDate } from '../ui/dates.js';

const SHORTEST = 2;

/** Search for a client from every page (key `/`); arrows choose, enter opens. The text never enters an address. */
export function ClientSearch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked = useDeferredValue(text.trim());
  const result = useQuery({ ...clientSuggestionsQuery(asked), enabled: open && asked.length >= SHORTEST });
  const found = asked.length >= SHORTEST ? (result.data?.items ?? []) : [];
  useSlash(input);

  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const goTo = (clientId: string): void => {
    close();
    setText('');
    // The page that opens starts at its title.
    input.current?.blur();
    void navigate(`/clienten/${clientId}`);
  };
  const showAll = (): void => {
    close();
    input.current?.blur();
    void navigate('/clienten', { state: { text: text.trim() } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    if (event.key === 'ArrowDown') setActive((index) => Math.min(index + 1, found.length - 1));
    if (event.key === 'ArrowUp') setActive((index) => Math.max(index - 1, -1));
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') event.preventDefault();
    if (event.key === 'Enter' && text.trim() !== '') {
      const chosen = found[active];
      if (chosen === undefined) showAll();
      else goTo(chosen.clientId);
    }
  };

  const showList = open && asked.length >= SHORTEST;
  return (
    <div
      className="d-search"
      role="search"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <input
        ref={input}
        type="search"
        className="ams-text-input d-search__input"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={showList}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-keyshortcuts="/"
        aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
        placeholder={t('search.placeholder')}
        title={t('search.shortcut')}
        autoComplete="off"
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      {text === '' ? (
        <kbd className="d-search__key" aria-hidden="true">
          /
        </kbd>
      ) : null}
      <div className="d-search__result" hidden={!showList}>
        <ul id={`${id}list`} role="listbox" aria-label={t('search.label')}>
          {found.map((client, index) => (
            <li
              key={client.clientId}
              id={`${id}${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => goTo(client.clientId)}
            >
              <strong>{client.name}</strong>
              <span className="d-muted">
                {[
                  client.birthDate === undefined ? undefined : formatShortDate(client.birthDate),
                  client.place?.locationName,
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        <p className="d-search__status" role="status">
          {result.isFetching
            ? t('search.searching')
            : found.length === 0
              ? t('search.none')
              : t('search.results', { count: result.data?.total ?? found.length })}
        </p>
        {found.length === 0 ? null : (
          <button type="button" className="d-link-button d-search__all" onClick={showAll}>
            {t('search.more')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Slash moves to the search field, unless somebody is typing. */
function useSlash(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog') !== null;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
