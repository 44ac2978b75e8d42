import './zrm-settings.css';

import { Paragraph } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { progressRulesHistoryQuery, progressRulesQuery } from '../../api/zrm-settings.js';
import { zrmVersionsQuery } from '../../api/zrm.js';
import { formatInstant } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Loading, Ready } from '../../ui/states.js';
import { AdminTabs } from '../admin/admin-tabs.js';
import { domainNames, type NameOf } from '../zrm/domain-names.js';
import { Minimums } from './minimums.js';
import { RulesForm } from './rules-form.js';
import { ruleSentence } from './rule-values.js';

/** When a client stagnates, what is a drop, and how long a ZRM can be corrected: the region decides (domain.md §4). */
export function Component() {
  const { t } = useTranslation('zrm-settings');
  const query = useQuery({ ...progressRulesQuery, refetchOnWindowFocus: false });
  const versions = useQuery(zrmVersionsQuery);
  return (
    <Page title={t('rules.title')}>
      <AdminTabs />
      <Paragraph>{t('rules.intro')}</Paragraph>
      <Ready query={query} loading={<Loading rows={8} />}>
        {(settings) => (
          <Ready query={versions} loading={<Loading rows={8} />}>
            {(matrix) => {
              const nameOf = domainNames(matrix, matrix.current);
              return (
                <>
                  <RulesForm key={settings.version} settings={settings} versions={matrix} nameOf={nameOf} />
                  <History nameOf={nameOf} />
                  <Minimums />
                </>
              );
            }}
          </Ready>
        )}
      </Ready>
    </Page>
  );
}

/** Every version of the rules, newest first: who changed them when, and what they said. */
function History({ nameOf }: { nameOf: NameOf }) {
  const { t } = useTranslation('zrm-settings');
  const query = useQuery(progressRulesHistoryQuery);
  return (
    <details className="d-history">
      <summary>{t('history.title')}</summary>
      <Ready query={query}>
        {({ items, names }) => (
          <ol className="d-history__list d-stack">
            {items.map(({ version, changedAt, changedBy, rules, correctionTermDays }) => (
              <li key={version} className="d-card">
                <p>
                  <strong>
                    {changedAt === undefined || changedBy === undefined
                      ? t('history.atFirst')
                      : t('history.by', {
                          date: formatInstant(changedAt),
                          name: names?.people[changedBy] ?? t('history.somebody'),
                        })}
                  </strong>
                </p>
                <ul>
                  {rules.map((rule) => (
                    <li key={rule.ruleId}>{ruleSentence(t, rule, nameOf)}</li>
                  ))}
                </ul>
                <p className="d-muted d-small">{t('history.correction', { count: correctionTermDays })}</p>
              </li>
            ))}
          </ol>
        )}
      </Ready>
    </details>
  );
}
