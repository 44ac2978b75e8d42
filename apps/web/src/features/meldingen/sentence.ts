import type { TFunction } from 'i18next';

import type { Names, PlaceRef } from '../../api/joined.js';
import type { MeldingPart } from '../../api/meldingen.js';
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

/** "gisteren", "over 3 dagen", "op 3 maart 2026" */
function whenOf(date: string, t: T): string {
  if (Math.abs(daysBetween(today(), date)) > 7) return t('on', { date: formatDate(date) });
  return formatRelativeDay(date);
}

function nameOf(place: PlaceRef | undefined, t: T): string {
  return place === undefined ? t('unknownPlace') : placeText(place);
}

/** One change as a colleague would say it: "Noor is gisteren verhuisd van De Haven naar Kruisstraat 4." (ui.md, Words) */
export function sentenceOf(part: MeldingPart, name: string, names: Names, t: T): string {
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
  return t('sentence.other', values);
}
