import type { TFunction } from 'i18next';

import type { Names, PlaceRef } from '../../api/joined.js';
import { UNASSIGNED, type MeldingPart } from '../../api/meldingen.js';
import { daysBetween, formatDate, formatRelativeDay, today } from '../../ui/dates.js';
import { placeText } from '../housing/place-text.js';

type T = TFunction<'meldingen'>;

const HOUSING_KINDS = [
  'arrival',
  'move',
  'reservation',
  'leave',
  'return',
  'departure',
  'correction',
  'cancellation',
  'swap',
  'merge',
  'unmerge',
] as const;
const WAITING_KINDS = ['registered', 'offered', 'accepted', 'declined', 'expired', 'withdrawn'] as const;

const ZRM_KINDS = ['baseline', 'target', 'periodic', 'final'] as const;
/** What asks for most comes first. */
const ZRM_FINDINGS = ['drop', 'stagnation', 'particulars', 'target-reached'] as const;

/** "gisteren", "over 3 dagen", "op 3 maart 2026" */
function whenOf(date: string, t: T): string {
  if (Math.abs(daysBetween(today(), date)) > 7) return t('on', { date: formatDate(date) });
  return formatRelativeDay(date);
}

function nameOf(place: PlaceRef | undefined, t: T): string {
  return place === undefined ? t('unknownPlace') : placeText(place);
}

/** Somebody's name; or where it is when it is with nobody. */
export function whoText(personId: string | undefined, names: Names, t: T): string {
  if (personId === UNASSIGNED) return t('unassigned');
  return (personId === undefined ? undefined : names.people[personId]) ?? t('colleague');
}

/**
 * One change as a colleague would say it: "Noor is gisteren verhuisd van De Haven naar Kruisstraat 4." (ui.md, Words)
 * @param name of the client; undefined when the reader may not know who it is
 */
export function sentenceOf(part: MeldingPart, name: string | undefined, names: Names, t: T): string {
  const sentence = told(part, name ?? t('sentence.someone'), names, t);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function told(part: MeldingPart, name: string, names: Names, t: T): string {
  const to = part.placeId === undefined ? undefined : names.places[part.placeId];
  const from = part.previousPlaceId === undefined ? undefined : names.places[part.previousPlaceId];
  const day = part.effectiveOn ?? part.recordedAt.slice(0, 10);
  const values = { name, when: whenOf(day, t), from: nameOf(from, t), to: nameOf(to, t), at: nameOf(to ?? from, t) };
  const housing = HOUSING_KINDS.find((kind) => kind === part.kind);
  if (housing !== undefined && part.eventType.includes('housing')) {
    return t(`sentence.${housing}.${daysBetween(today(), day) > 0 ? 'planned' : 'past'}`, values);
  }
  const waiting = WAITING_KINDS.find((kind) => kind === part.kind);
  if (waiting !== undefined && part.eventType.includes('waiting-list')) return t(`waiting.${waiting}`, values);
  return zrmSentence(part, { name, when: values.when }, t) ?? t('sentence.other', values);
}

/** "De ZRM van Noor had 7 dagen geleden klaar moeten zijn."; "De ZRM van Noor is ingevuld. Er is terugval." */
function zrmSentence(part: MeldingPart, said: { name: string; when: string }, t: T): string | undefined {
  const { eventType, codes, effectiveOn, kind } = part;
  if (effectiveOn === undefined) return undefined;
  const due = ZRM_KINDS.find((one) => one === codes['due']);
  if (due !== undefined && eventType.includes('zrm-due')) {
    const values = { ...said, what: t(`zrm.what.${due}`) };
    return daysBetween(today(), effectiveOn) < 0 ? t('zrm.late', values) : t('zrm.due', values);
  }
  const filled = ZRM_KINDS.find((one) => one === kind);
  if (filled === undefined || !eventType.includes('zrm-submitted')) return undefined;
  const found = ZRM_FINDINGS.filter((code) => code in codes).map((code) => t(`zrm.found.${code}`));
  return [t('zrm.submitted', { ...said, what: t(`zrm.what.${filled}`) }), ...found].join(' ');
}
