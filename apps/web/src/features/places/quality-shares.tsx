import { Heading, Table } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import type { DataQualityShare } from '../../api/places.js';
import { formatNumber, formatShare } from '../../ui/dates.js';

/** How many clients of the institutions together are complete; says nothing while nothing is counted. */
export function QualityFinding({ shares }: { shares: readonly DataQualityShare[] }) {
  const { t } = useTranslation('places');
  // An institution of which one of the two is hidden is in neither sum.
  const known = shares.filter((share) => share.clients !== undefined && share.complete !== undefined);
  const sum = (field: 'clients' | 'complete'): number => known.reduce((all, share) => all + (share[field] ?? 0), 0);
  const [clients, complete] = [sum('clients'), sum('complete')];
  if (clients === 0) return null;
  return t('quality.finding', {
    clients: formatNumber(clients),
    complete: formatNumber(complete),
    share: formatShare(complete / clients),
  });
}

/** A table of institutions; a count under 5 is told as such to who sees no clients. */
export function QualityShares({ shares }: { shares: readonly DataQualityShare[] }) {
  const { t } = useTranslation('places');
  const countText = (count: number | undefined): string =>
    count === undefined ? t('quality.tooFew') : formatNumber(count);
  return (
    <section className="d-stack" aria-labelledby="quality-shares">
      <Heading level={2} id="quality-shares">
        {t('quality.perOrganisation')}
      </Heading>
      <div className="d-table">
        <div className="ams-table d-table__frame">
          <table className="ams-table__table d-table__table">
            <Table.Caption className="ams-visually-hidden">{t('quality.perOrganisation')}</Table.Caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">{t('quality.organisation')}</Table.HeaderCell>
                <Table.HeaderCell scope="col" align="end">
                  {t('quality.clients')}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="end">
                  {t('quality.complete')}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col">{t('quality.share')}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {shares.map(({ organisationId, organisationName, clients, complete }) => (
                <Table.Row key={organisationId}>
                  <Table.HeaderCell scope="row" className="d-table__name">
                    {organisationName}
                  </Table.HeaderCell>
                  <Table.Cell align="end" data-label={t('quality.clients')}>
                    {countText(clients)}
                  </Table.Cell>
                  <Table.Cell align="end" data-label={t('quality.complete')}>
                    {countText(complete)}
                  </Table.Cell>
                  <Table.Cell data-label={t('quality.share')}>
                    {clients === undefined || complete === undefined || clients === 0 ? null : (
                      <span className="d-share">
                        <meter min={0} max={1} value={complete / clients} aria-hidden="true" />
                        {formatShare(complete / clients)}
                      </span>
                    )}
                  </Table.Cell>
                </Table.Row>
              ))}
            </Table.Body>
          </table>
        </div>
      </div>
    </section>
  );
}
