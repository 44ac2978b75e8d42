import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Melding, MeldingPart } from '../../api/meldingen.js';
import { formatAge, formatInstant } from '../../ui/dates.js';
import { Fold } from '../../ui/fold.js';
import { MeldingButtons, type MeldingActions } from './melding-actions.js';
import { Expected, Note, PickedUp, Tags, whyText } from './melding-words.js';
import { sentenceOf } from './sentence.js';
import { shownParts } from './shown-parts.js';

/** How a line opens: beside the list, or the client's file where there is no room for that. */
export interface Opening {
  isBeside: boolean;
  /** The melding that stands beside the list. */
  current: string | undefined;
  onLink: (event: MouseEvent, melding: Melding) => void;
}

interface MeldingRowProps {
  melding: Melding;
  /** What was done with it just now; the line stays in place until the list is fetched again. */
  done: string | undefined;
  problem: string | undefined;
  selected: boolean;
  onSelect: ((melding: Melding) => void) | undefined;
  actions: MeldingActions;
  opening: Opening;
}

/** What a line in an open page may turn into by what others do: it stays in its place, and says so. */
const GONE: readonly Melding['status'][] = ['handed-over', 'returned', 'settled'];

function classOf({ read, status }: Melding, done: string | undefined): string {
  const isDone = done !== undefined || status === 'picked-up';
  return `d-melding${read || status === 'picked-up' ? '' : ' d-melding--unread'}${isDone ? ' d-melding--done' : ''}`;
}

/** One line that asks for attention: who, what changed, since when, why, what is expected, and what to do about it. */
export function MeldingRow({ melding, done, problem, selected, onSelect, actions, opening }: MeldingRowProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const name = melding.names.clients[melding.clientId] ?? t('someone');
  const titleId = `melding-${melding.meldingId}`;
  return (
    <li
      className={classOf(melding, done)}
      data-melding={melding.meldingId}
      // When the button that was pressed makes place for others the line gets the focus, so that j goes on from here.
      tabIndex={-1}
      aria-labelledby={titleId}
      aria-current={opening.current === melding.meldingId ? true : undefined}
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
            onClick={(event) => opening.onLink(event, melding)}
            aria-label={t(opening.isBeside ? 'openMelding' : 'openClient', { name })}
          >
            {name}
          </Link>
          <Tags melding={melding} />
        </p>
        <Parts melding={melding} />
        <Note melding={melding} />
        <p className="d-small d-muted">
          <time dateTime={melding.createdAt} title={formatInstant(melding.createdAt)}>
            {t('since', { age: formatAge(melding.createdAt) })}
          </time>
          {'. '}
          <Expected melding={melding} />
          {GONE.includes(melding.status) ? t(`detail.status.${melding.status}`) : null}
        </p>
        <p className="d-small d-muted">{whyText({ ...melding, ruleName: melding.rule.name }, melding.names, t)}</p>
        {problem === undefined ? null : (
          <p className="d-late" role="alert">
            {problem}
          </p>
        )}
      </div>
      <MeldingButtons melding={melding} name={name} done={done} actions={actions} />
    </li>
  );
}

/** What changed; of very much the newest, with the rest one press away. */
function Parts({ melding }: { melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const name = melding.names.clients[melding.clientId];
  const [only] = melding.parts;
  if (melding.parts.length === 1 && only !== undefined) return <p>{sentenceOf(only, name, melding.names, t)}</p>;
  const { shown, folded } = shownParts(melding.parts, melding.urgency);
  return (
    <>
      {folded.length === 0 ? null : (
        <Fold label={t('foldedParts', { count: folded.length })}>
          {() => <PartList melding={melding} parts={folded} />}
        </Fold>
      )}
      <PartList melding={melding} parts={shown} />
    </>
  );
}

function PartList({ melding, parts }: { melding: Melding; parts: readonly MeldingPart[] }) {
  const { t } = useTranslation('meldingen');
  const name = melding.names.clients[melding.clientId];
  // While it is open it shows per part what colleagues took up; once all of it is, one line says so.
  const taken = melding.status === 'picked-up' ? [] : (melding.partsPickedUp ?? []);
  return (
    <ul className="d-melding__parts">
      {parts.map((part) => (
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
