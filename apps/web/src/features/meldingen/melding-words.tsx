import { useTranslation } from 'react-i18next';

import type { Melding, MeldingPart } from '../../api/meldingen.js';
import { civilDateOf, formatInstant, formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { whoText } from './sentence.js';

/** New, urgent, late: in words, behind the name. */
export function Tags({ melding }: { melding: Melding }) {
  const { t } = useTranslation('meldingen');
  return (
    <>
      {melding.urgency === 'high' ? <strong className="d-tag">{t('urgency.high')}</strong> : null}
      {melding.late ? <strong className="d-tag d-tag--late">{t('late')}</strong> : null}
    </>
  );
}

/** "Opgepakt door Noor, 22 nov 2026 10:12": a colleague with the same duty saw to it. */
export function PickedUp({ pickedUp, melding }: { pickedUp: { by: string; at: string }; melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const name = melding.names.people[pickedUp.by] ?? t('colleague');
  return t('pickedUp', { name, date: formatInstant(pickedUp.at) });
}

/** What is expected and until when, or what became of it. */
export function Expected({ melding }: { melding: Melding }) {
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
  // With a colleague by now, or no longer needed: nothing is expected here.
  if (melding.status !== 'open') return null;
  const what = t(`expectedAction.${melding.expectedAction}`);
  if (melding.late) return <span className="d-late">{lateText(melding, what, t)}</span>;
  if (melding.acknowledgeBy === undefined) return t('expected', { what });
  return t('expectedBy', { what, date: formatInstant(melding.acknowledgeBy) });
}

type T = ReturnType<typeof useTranslation<'meldingen'>>['t'];

/** Since when it is late: since the reminder, which came when its time had passed; and who has it too by now. */
function lateText({ history, acknowledgeBy, escalatedTo, names }: Melding, what: string, t: T): string {
  const due = history.findLast(({ action }) => action === 'reminded')?.at ?? acknowledgeBy;
  const text = due === undefined ? t('expected', { what }) : t('expectedLate', { what, date: formatInstant(due) });
  const others = escalatedTo.map((personId) => whoText(personId, names, t));
  return others.length === 0 ? text : `${text} ${t('lateAlso', { name: others.join(', ') })}`;
}

/** Why a part came to this person, and by which rule. */
export function whyText(
  part: Pick<MeldingPart, 'because' | 'becauseOf' | 'ruleName'>,
  names: Melding['names'],
  t: T,
): string {
  const because = t(`because.${part.because}`, { name: whoText(part.becauseOf[0], names, t) });
  if (part.ruleName === undefined) return `${t('why')}: ${because}.`;
  return `${t('why')}: ${because}. ${t('whyRule', { rule: inLanguage(part.ruleName) })}.`;
}

/** What the colleague who gave it wanted to say with it. */
export function Note({ melding }: { melding: Melding }) {
  const { t } = useTranslation('meldingen');
  const { receivedFrom, handedOver, names } = melding;
  const given = receivedFrom?.note === undefined ? undefined : { by: receivedFrom.personId, note: receivedFrom.note };
  const own = handedOver?.note === undefined ? undefined : { by: handedOver.by, note: handedOver.note };
  const said = own ?? given;
  if (said === undefined) return null;
  return (
    <p className="d-melding__note">{t('note', { name: names.people[said.by] ?? t('colleague'), note: said.note })}</p>
  );
}
