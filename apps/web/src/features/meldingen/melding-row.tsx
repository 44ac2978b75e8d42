import { Button } from '@amsterdam/design-system-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Melding } from '../../api/meldingen.js';
import { formatAge, formatInstant, formatShortDate, civilDateOf } from '../../ui/dates.js';
import { isFocusLost } from '../../ui/focus.js';
import { inLanguage } from '../../ui/problem-text.js';
import { sentenceOf } from './sentence.js';

export interface MeldingActions {
  acknowledge: (melding: Melding) => void;
  snooze: (melding: Melding) => void;
  handOver: (melding: Melding) => void;
  toggleRead: (melding: Melding) => void;
  reopen: (melding: Melding) => void;
  opened: (melding: Melding) => void;
}

interface MeldingRowProps {
  melding: Melding;
  /** What was done with it just now; the line stays in place until the list is fetched again. */
  done: string | undefined;
  problem: string | undefined;
  selected: boolean;
  onSelect: ((melding: Melding) => void) | undefined;
  actions: MeldingActions;
}

const isLate = (melding: Melding): boolean =>
  melding.status === 'open' && melding.acknowledgeBy !== undefined && new Date(melding.acknowledgeBy) < new Date();

function classOf({ read, status }: Melding, done: string | undefined): string {
  const isDone = done !== undefined || status === 'picked-up';
  return `d-melding${read || status === 'picked-up' ? '' : ' d-melding--unread'}${isDone ? ' d-melding--done' : ''}`;
}

/** One line that asks for attention: who, what changed, since when, why, what is expected, and what to do about it. */
export function MeldingRow({ melding, done, problem, selected, onSelect, actions }: MeldingRowProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const name = melding.names.clients[melding.clientId] ?? t('someone');
  const titleId = `melding-${melding.meldingId}`;
  const row = useRef<HTMLLIElement>(null);
  const before = useRef(done);
  useEffect(() => {
    // The button that was pressed has made place for others; the line keeps the focus, so that j goes on from here.
    if (before.current !== done && isFocusLost()) row.current?.focus();
    before.current = done;
  }, [done]);
  return (
    <li
      ref={row}
      className={classOf(melding, done)}
      data-melding={melding.meldingId}
      tabIndex={-1}
      aria-labelledby={titleId}
    >
      {onSelect === undefined ? null : (
        <label className="d-melding__select">
          <input
            type="checkbox"
            checked={selected}
            disabled={done !== undefined || melding.status !== 'open'}
            aria-label={t('action.select', { name })}
            onChange={() => onSelect(melding)}
          />
        </label>
      )}
      <div className="d-melding__body">
        <p className="d-melding__who" id={titleId}>
          {melding.read || melding.status === 'picked-up' ? null : (
            <span className="d-melding__new">{t('unread')}</span>
          )}
          <Link
            className="ams-link d-melding__client"
            to={`/clienten/${melding.clientId}`}
            onClick={() => actions.opened(melding)}
            aria-label={t('openClient', { name })}
          >
            {name}
          </Link>
          {melding.urgency === 'high' ? <strong className="d-tag">{t('urgency.high')}</strong> : null}
          {isLate(melding) ? <strong className="d-tag d-tag--late">{t('late')}</strong> : null}
        </p>
        <Parts melding={melding} name={name} />
        <p className="d-small d-muted">
          <time dateTime={melding.createdAt} title={formatInstant(melding.createdAt)}>
            {t('since', { age: formatAge(melding.createdAt) })}
          </time>
          {'. '}
          <Expected melding={melding} />
        </p>
        <p className="d-small d-muted">
          <Why melding={melding} />
        </p>
        {problem === undefined ? null : (
          <p className="d-late" role="alert">
            {problem}
          </p>
        )}
      </div>
      <RowActions melding={melding} name={name} done={done} actions={actions} />
    </li>
  );
}

function Parts({ melding, name }: { melding: Melding; name: string }) {
  const { t } = useTranslation('meldingen');
  const [only] = melding.parts;
  if (melding.parts.length === 1 && only !== undefined) return <p>{sentenceOf(only, name, melding.names, t)}</p>;
  // While it is open it shows per part what colleagues took up; once all of it is, one line says so.
  const taken = melding.status === 'picked-up' ? [] : (melding.partsPickedUp ?? []);
  return (
    <ul className="d-melding__parts">
      {melding.parts.map((part) => (
        <li key={part.partId}>
          {sentenceOf(part, name, melding.names, t)}
          {taken
            .filter(({ partId }) => partId === part.partId)
            .map((pickedUp) => (
              <span key={pickedUp.partId} className="d-small d-muted">
                {' '}
                <PickedUp pickedUp={pickedUp} melding={melding} />
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}

/** "Opgepakt door Noor, 22 nov 2026 10:12": a colleague with the same duty saw to it. */
function PickedUp({ pickedUp, melding }: { pickedUp: { by: string; at: string }; melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const name = melding.names.people[pickedUp.by] ?? t('colleague');
  return t('pickedUp', { name, date: formatInstant(pickedUp.at) });
}

function Expected({ melding }: { melding: Melding }) {
  const { t } = useTranslation('meldingen');
  if (melding.status === 'snoozed' && melding.snoozedUntil !== undefined) {
    return t('snoozedUntil', { date: formatShortDate(civilDateOf(melding.snoozedUntil)) });
  }
  if (melding.status === 'picked-up' && melding.pickedUp !== undefined) {
    return (
      <strong>
        <PickedUp pickedUp={melding.pickedUp} melding={melding} />
      </strong>
    );
  }
  if (melding.status === 'acknowledged') {
    return melding.acknowledgedAt === undefined
      ? null
      : t('acknowledgedAt', { date: formatInstant(melding.acknowledgedAt) });
  }
  const what = t(`expectedAction.${melding.expectedAction}`);
  if (melding.acknowledgeBy === undefined) return t('expected', { what });
  const date = formatInstant(melding.acknowledgeBy);
  return isLate(melding) ? (
    <span className="d-late">{t('expectedLate', { what, date })}</span>
  ) : (
    t('expectedBy', { what, date })
  );
}

function Why({ melding }: { melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const [personId] = melding.becauseOf;
  const name = (personId === undefined ? undefined : melding.names.people[personId]) ?? t('colleague');
  return (
    <>
      {t('why')}: {t(`because.${melding.because}`, { name })}. {t('whyRule', { rule: inLanguage(melding.rule.name) })}.
    </>
  );
}

interface RowActionsProps {
  melding: Melding;
  name: string;
  done: string | undefined;
  actions: MeldingActions;
}

function RowActions({ melding, name, done, actions }: RowActionsProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  if (done !== undefined) {
    return (
      <div key="done" className="d-melding__actions" role="status">
        <span>{done}</span>
        <Button type="button" variant="secondary" onClick={() => actions.reopen(melding)}>
          {t('common:action.undo')}
        </Button>
      </div>
    );
  }
  if (melding.status === 'handed-over' || melding.status === 'returned') return null;
  if (melding.status !== 'open') {
    return (
      <div className="d-melding__actions">
        <Button type="button" variant="secondary" onClick={() => actions.reopen(melding)}>
          {melding.status === 'picked-up' ? t('action.reopenForMe') : t('action.reopen')}
        </Button>
      </div>
    );
  }
  return (
    <div key="open" className="d-melding__actions">
      <Button
        type="button"
        aria-label={t('action.acknowledgeOf', { name })}
        onClick={() => actions.acknowledge(melding)}
      >
        {t('action.acknowledge')}
      </Button>
      <Button
        type="button"
        variant="tertiary"
        aria-label={t('action.snoozeOf', { name })}
        onClick={() => actions.snooze(melding)}
      >
        {t('action.snooze')}
      </Button>
      <Button
        type="button"
        variant="tertiary"
        aria-label={t('action.handOverOf', { name })}
        onClick={() => actions.handOver(melding)}
      >
        {t('action.handOver')}
      </Button>
      <Button type="button" variant="tertiary" onClick={() => actions.toggleRead(melding)}>
        {melding.read ? t('action.unread') : t('action.read')}
      </Button>
    </div>
  );
}
