import { useTranslation } from 'react-i18next';

import { formatShortDate } from '../../ui/dates.js';
import { eventText } from './event-text.js';
import type { StaysPicture } from './stays-model.js';

/** Everything that happened with where the client stays, also before the first ZRM, and what is planned. */
export function StaysTable({ stays }: { stays: StaysPicture }) {
  const { t } = useTranslation('zrm-charts');
  if (stays.events.length === 0) return null;
  return (
    <div className="d-heat" role="region" aria-label={t('stays.table')} tabIndex={0}>
      <table>
        <caption className="ams-visually-hidden">{t('stays.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('stays.day')}</th>
            <th scope="col">{t('stays.what')}</th>
            <th scope="col">{t('stays.institution')}</th>
          </tr>
        </thead>
        <tbody>
          {stays.events.map((event) => (
            <tr key={`${event.stayId} ${event.kind} ${event.date}`}>
              <th scope="row">{formatShortDate(event.date)}</th>
              <td className="d-heat__text d-stays__what">{eventText(t, event)}</td>
              <td>{event.place?.organisationName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
