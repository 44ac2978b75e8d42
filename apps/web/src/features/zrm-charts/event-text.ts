import type { TFunction } from 'i18next';

import { departureDestinationLabels } from '#contracts/code-labels.js';

import { formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { placeText } from '../housing/place-text.js';
import type { HousingEvent, StayBar } from './stays-model.js';

/** What a place is called in the client's file, and shorter where there is little room. */
export function placeNames(t: TFunction<'zrm-charts'>, { place }: Pick<StayBar, 'place'>): string[] {
  return place === undefined ? [t('stays.unknownPlace'), t('stays.unknownShort')] : [placeText(place), place.placeName];
}

/** "verhuisd naar Kruisstraat 4 (Stichting De Brug)", "gepland: verhuizing naar Kruisstraat 4" */
export function eventText(t: TFunction<'zrm-charts'>, event: HousingEvent): string {
  const what = whatOf(t, event);
  return event.planned ? t('stays.planned', { what }) : what;
}

/** The same without a word that it is planned. */
export function whatOf(t: TFunction<'zrm-charts'>, event: HousingEvent): string {
  const { kind, planned, destination } = event;
  const of = planned ? 'willHappen' : 'happened';
  if (kind === 'departure' && destination !== undefined) {
    const where = inLanguage(departureDestinationLabels[destination]).toLowerCase();
    return t(`stays.${of}.departureTo`, { destination: where });
  }
  return t(`stays.${of}.${kind}`, { place: whereTo(t, event) });
}

/** "1 mrt 2026: verhuisd naar Kruisstraat 4." */
export function eventWithDate(t: TFunction<'zrm-charts'>, event: HousingEvent): string {
  return t('stays.each', { date: formatShortDate(event.date), what: eventText(t, event) });
}

function whereTo(t: TFunction<'zrm-charts'>, { place, elsewhere }: HousingEvent): string {
  if (place === undefined) return t('stays.unknownPlace');
  const text = placeText(place);
  return elsewhere ? t('stays.inInstitution', { place: text, institution: place.organisationName }) : text;
}
