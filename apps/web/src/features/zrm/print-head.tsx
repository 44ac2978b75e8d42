import './zrm-print.css';

import { useTranslation } from 'react-i18next';

import type { ClientFile } from '../../api/clients.js';
import { useMe } from '../../app/session.js';
import { formatDate, today } from '../../ui/dates.js';

/** What a sheet of paper has to say of itself: about whom, of which institution, printed when and by whom. Only on paper. */
export function PrintHead({ client }: { client: ClientFile }) {
  const { t } = useTranslation('zrm');
  const me = useMe();
  const { name, birthDate, organisationName } = client;
  return (
    <div className="d-print-head">
      <p>
        <strong>{name}</strong>
        {birthDate === undefined ? '' : `, ${t('print.born', { date: formatDate(birthDate) })}`} · {organisationName}
      </p>
      <p className="d-small">{t('print.printed', { date: formatDate(today()), name: me.name })}</p>
    </div>
  );
}
