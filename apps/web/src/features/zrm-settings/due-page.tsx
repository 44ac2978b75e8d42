import './zrm-settings.css';

import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { dueSettingsHistoryQuery, dueSettingsQuery, type DueInForce } from '../../api/zrm-settings.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Loading, Ready } from '../../ui/states.js';
import { AdminTabs } from '../admin/admin-tabs.js';
import { DueForm } from './due-form.js';
import { stepSentence } from './step-sentence.js';

/** When ZRMs are due and who is reminded when; a change gives every client a new plan, and the page tells how far that is. */
export function Component() {
  const { t } = useTranslation('zrm-settings');
  const query = useQuery({ ...dueSettingsQuery, refetchOnWindowFocus: false });
  return (
    <Page title={t('due.title')}>
      <AdminTabs />
      <Paragraph>{t('due.intro')}</Paragraph>
      <Ready query={query} loading={<Loading rows={10} />}>
        {(inForce) => (
          <>
            <Replanning inForce={inForce} />
            <DueForm key={inForce.version} inForce={inForce} />
            <History />
          </>
        )}
      </Ready>
    </Page>
  );
}

/** How many clients follow the last change already. */
function Replanning({ inForce: { replanning } }: { inForce: DueInForce }) {
  const { t } = useTranslation('zrm-settings');
  if (replanning === undefined) return null;
  const { total, done, finishedAt } = replanning;
  return (
    <section className="d-note" aria-labelledby="replanning">
      <Heading level={2} id="replanning">
        {t('replanning.title')}
      </Heading>
      <p role="status">
        {finishedAt === undefined
          ? t('replanning.busy', { done: formatNumber(done), total: formatNumber(total) })
          : t('replanning.done', { count: total, date: formatInstant(finishedAt) })}
      </p>
      {finishedAt === undefined ? (
        <progress value={done} max={Math.max(1, total)} aria-label={t('replanning.title')} />
      ) : null}
    </section>
  );
}

function History() {
  const { t } = useTranslation('zrm-settings');
  const query = useQuery(dueSettingsHistoryQuery);
  return (
    <details className="d-history">
      <summary>{t('history.title')}</summary>
      <Ready query={query}>
        {({ items, names }) =>
          items.length === 0 ? (
            <p className="d-history__list">{t('history.none')}</p>
          ) : (
            <ol className="d-history__list d-stack">
              {items.map(({ version, changedAt, changedBy, settings }) => (
                <li key={version} className="d-card">
                  <p>
                    <strong>
                      {t('history.by', {
                        date: formatInstant(changedAt),
                        name: names?.people[changedBy] ?? t('history.somebody'),
                      })}
                    </strong>
                  </p>
                  <p>{t('due.every', { count: settings.intervalMonths })}</p>
                  <ul>
                    {settings.ladder.map((step) => (
                      <li key={step.step}>{stepSentence(t, step)}</li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          )
        }
      </Ready>
    </details>
  );
}
