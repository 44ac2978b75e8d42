import { Heading } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Melding, MeldingPart } from '../../api/meldingen.js';
import { useMe } from '../../app/session.js';
import { civilDateOf, formatDate, formatInstant, formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { placeText } from '../housing/place-text.js';
import { reasonsOf } from './facts.js';
import { MeldingButtons, type MeldingActions } from './melding-actions.js';
import { Expected, Note, PickedUp, Tags, whyText } from './melding-words.js';
import { sentenceOf, whoText } from './sentence.js';

interface MeldingDetailProps {
  melding: Melding;
  done: string | undefined;
  problem: string | undefined;
  actions: MeldingActions;
}

/** A melding as a whole: what is expected, each change with its facts and its rule, and what was done with it. */
export function MeldingDetail({ melding, done, problem, actions }: MeldingDetailProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  const name = melding.names.clients[melding.clientId] ?? t('someone');
  return (
    <>
      <p className="d-melding__who">
        <span className="d-muted">{t(`detail.status.${melding.status}`)}</span>
        <Tags melding={melding} />
      </p>
      <p>
        <Expected melding={melding} />
      </p>
      <Note melding={melding} />
      <MeldingButtons melding={melding} name={name} done={done} actions={actions} />
      {problem === undefined ? null : <p className="d-late">{problem}</p>}
      <p>
        <Link className="ams-link" to={`/clienten/${melding.clientId}`}>
          {t('common:openFile')}
        </Link>
      </p>
      <Heading level={3}>{t('detail.parts', { count: melding.parts.length })}</Heading>
      <ol className="d-melding__facts">
        {melding.parts.map((part) => (
          <Part key={part.partId} part={part} melding={melding} />
        ))}
      </ol>
      <Heading level={3}>{t('detail.history')}</Heading>
      <History melding={melding} />
    </>
  );
}

function Part({ part, melding }: { part: MeldingPart; melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const { names } = melding;
  const pickedUp = melding.partsPickedUp?.find(({ partId }) => partId === part.partId);
  return (
    <li>
      <p>
        <strong>{sentenceOf(part, names.clients[melding.clientId], names, t)}</strong>
      </p>
      <dl className="d-facts">
        {factsOf(part, names, t).map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="d-small d-muted">{whyText(part, names, t)}</p>
      {pickedUp === undefined ? null : (
        <p className="d-small">
          <PickedUp pickedUp={pickedUp} melding={melding} />
        </p>
      )}
    </li>
  );
}

type T = ReturnType<typeof useTranslation<'meldingen'>>['t'];

/** The facts on which the rule went, as far as the sentence does not tell them. */
function factsOf(part: MeldingPart, names: Melding['names'], t: T): { term: string; text: string }[] {
  const place = part.placeId === undefined ? undefined : names.places[part.placeId];
  const recorded = formatInstant(part.recordedAt);
  const by = part.recordedBy === undefined ? undefined : names.people[part.recordedBy];
  return [
    ...(part.effectiveOn === undefined ? [] : [{ term: t('fact.on'), text: formatDate(part.effectiveOn) }]),
    ...(part.until === undefined ? [] : [{ term: t('fact.until'), text: formatDate(part.until) }]),
    ...reasonsOf(part).map(({ of, label }) => ({ term: t(`fact.${of}`), text: inLanguage(label) })),
    ...(place === undefined ? [] : [{ term: t('fact.place'), text: `${placeText(place)} (${place.clusterName})` }]),
    { term: t('fact.urgency'), text: t(`urgency.${part.urgency}`) },
    {
      term: t('fact.recorded'),
      text: by === undefined ? recorded : t('fact.recordedBy', { date: recorded, name: by }),
    },
  ];
}

/** What happened to it, from the beginning. */
function History({ melding }: { melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const me = useMe();
  const nameOf = (personId: string | undefined): string =>
    personId === me.personId ? t('detail.you') : whoText(personId, melding.names, t);
  return (
    <ol className="d-melding__history">
      {melding.history.map((entry, at) => (
        // Of what happened nothing goes away or changes place: the position is its identity.
        <li key={at}>
          <time dateTime={entry.at} className="d-small d-muted">
            {formatInstant(entry.at)}
          </time>{' '}
          {entry.action === 'escalated' && entry.personId === undefined
            ? t('happened.nobodyElse')
            : t(`happened.${entry.action}`, {
                by: nameOf(entry.by),
                person: nameOf(entry.personId),
                until: entry.until === undefined ? '' : formatShortDate(civilDateOf(entry.until)),
              })}
        </li>
      ))}
    </ol>
  );
}
