import { Heading } from '@amsterdam/design-system-react';
import type { TFunction } from 'i18next';
import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';

import { Picture } from '../../ui/charts/picture.js';
import { formatDate, formatShortMonth, today } from '../../ui/dates.js';
import { eventWithDate, placeNames, whatOf } from './event-text.js';
import { stripHeight, stripOption } from './stay-band.js';
import { isMoving, type Axis, type StaysPicture } from './stays-model.js';

/** Where the client stayed, on the same days as the lines of the domains that stand under it. */
export function StaysStrip({ stays, axis }: { stays: StaysPicture; axis: Axis }) {
  const { t } = useTranslation('zrm-charts');
  const title = useId();
  const option = useCallback(
    (width: number) => {
      const words = {
        places: (bar: StaysPicture['bars'][number]) => placeNames(t, bar),
        today: t('stays.today'),
        month: formatShortMonth,
      };
      return stripOption({ stays, axis, today: today(), words }, width);
    },
    [stays, axis, t],
  );
  return (
    <figure className="d-chart" aria-labelledby={title}>
      <Heading level={4} id={title}>
        {staysFinding(t, stays, axis)}
      </Heading>
      <Picture
        height={stripHeight(axis, today())}
        option={option}
        alternative={[t('stays.alternative'), ...stays.events.map((event) => eventWithDate(t, event))].join(' ')}
      />
    </figure>
  );
}

/** On paper nothing can be turned into a table, and a short stay has no name in the picture. */
export function StaysOnPaper({ stays }: { stays: StaysPicture }) {
  const { t } = useTranslation('zrm-charts');
  return <p className="d-print-note d-small">{stays.events.map((event) => eventWithDate(t, event)).join(' ')}</p>;
}

/** "2 keer verhuisd sinds 3 januari 2026. Woont sinds 1 mei 2026 op Kruisstraat 4." */
function staysFinding(t: TFunction<'zrm-charts'>, { events }: StaysPicture, axis: Axis): string {
  const past = events.filter(({ planned }) => !planned);
  const moves = past.filter(({ kind, date }) => kind === 'move' && date > axis.from).length;
  const last = past.findLast(isMoving);
  const next = events.find((event) => event.planned && isMoving(event));
  const isGone = last?.kind === 'departure' || last?.kind === 'agreed-end';
  const where = last?.place === undefined ? t('stays.unknownPlace') : (placeNames(t, last)[0] ?? '');
  return [
    ...(moves === 0 ? [] : [t('stays.moved', { count: moves, from: formatDate(axis.from) })]),
    ...(last === undefined
      ? [t('stays.nowhere')]
      : [
          isGone
            ? t('stays.left', { date: formatDate(last.date) })
            : t('stays.living', { date: formatDate(last.date), place: where }),
        ]),
    ...(next === undefined ? [] : [t('stays.next', { date: formatDate(next.date), what: whatOf(t, next) })]),
  ].join(' ');
}
