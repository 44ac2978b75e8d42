import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { measurementKindLabels, measurementStateLabels } from '#contracts/assessment/code-labels.js';

import type { MeasurementListed, Zrms } from '../../api/zrm.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';

/** Every ZRM of the client, also targets and what is still a draft; each leads to all that is in it. */
export function ZrmHistory({ clientId, zrms }: { clientId: string; zrms: Zrms }) {
  const { t } = useTranslation('zrm');
  const canWrite = useCan()('zrm:write');
  const columns = useMemo((): Column<MeasurementListed>[] => {
    const kindText = ({ kind }: MeasurementListed): string => inLanguage(measurementKindLabels[kind]);
    const whoText = ({ recordedBy, recordedAt, origin }: MeasurementListed): string =>
      t(origin === 'import' ? 'history.byFile' : 'history.by', {
        name: zrms.names.people[recordedBy] ?? t('someone'),
        when: formatInstant(recordedAt),
      });
    const stateText = ({ state }: MeasurementListed): string => inLanguage(measurementStateLabels[state]);
    const isOpen = ({ state }: MeasurementListed): boolean => state === 'draft' && canWrite;
    return [
      {
        id: 'kind',
        header: t('history.kind'),
        isName: true,
        cell: (zrm) => (
          <Link className="ams-link" to={`/clienten/${clientId}/zrm/${zrm.measurementId}`}>
            {kindText(zrm)}
            {isOpen(zrm) ? `: ${t('history.goOn')}` : null}
          </Link>
        ),
        text: kindText,
        by: kindText,
      },
      {
        id: 'date',
        header: t('history.date'),
        cell: ({ date }) => (date === undefined ? t('history.noDate') : formatShortDate(date)),
        text: ({ date }) => date ?? '',
        by: ({ date }) => date,
        nowrap: true,
      },
      { id: 'state', header: t('history.state'), cell: stateText, text: stateText, by: stateText },
      {
        id: 'assessed',
        header: t('history.assessed'),
        cell: ({ domainsAssessed }) => domainsAssessed,
        text: ({ domainsAssessed }) => String(domainsAssessed),
        align: 'end',
      },
      {
        id: 'particulars',
        header: t('history.particulars'),
        cell: ({ hasParticulars }) => t(hasParticulars ? 'history.has' : 'history.hasNot'),
        text: ({ hasParticulars }) => t(hasParticulars ? 'history.has' : 'history.hasNot'),
      },
      {
        id: 'version',
        header: t('history.version'),
        cell: ({ matrixVersion }) => matrixVersion,
        text: ({ matrixVersion }) => matrixVersion,
        hiddenAtFirst: true,
      },
      { id: 'who', header: t('history.who'), cell: whoText, text: whoText },
    ];
  }, [t, clientId, zrms.names, canWrite]);
  return (
    <DataTable
      name="zrms"
      caption={t('history.title')}
      columns={columns}
      rows={zrms.items}
      keyOf={({ measurementId }) => measurementId}
      exportAs="zrms"
    />
  );
}
