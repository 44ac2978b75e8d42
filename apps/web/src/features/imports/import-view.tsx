import './imports.css';

import { Button } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import {
  cancelImport,
  commitImport,
  importQuery,
  importsAt,
  isBusy,
  reportAddress,
  type ImportDoor,
  type ImportSummary,
} from '../../api/imports.js';
import { useAnnounce } from '../../ui/announcer.js';
import { formatDate, formatNumber } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure, Loading, Ready } from '../../ui/states.js';
import { ImportRows } from './import-rows.js';

/** One file: what will happen or happened with each row, and the decision to carry it out. */
export function ImportView({ door, tabs }: { door: ImportDoor; tabs: ReactNode }) {
  const { t } = useTranslation('imports');
  const { importId = '' } = useParams();
  const query = useQuery(importQuery(door, importId));
  const { data } = query;
  return (
    <Page title={data?.fileName ?? t('title')} finding={data === undefined ? undefined : <Finding summary={data} />}>
      {tabs}
      <Ready query={query} loading={<Loading rows={6} />}>
        {(summary) => <Summary door={door} summary={summary} />}
      </Ready>
      <p>
        <Link className="ams-link" to={door.page}>
          {t('back')}
        </Link>
      </p>
    </Page>
  );
}

function Finding({ summary: { state, rows } }: { summary: ImportSummary }) {
  const { t } = useTranslation('imports');
  return t(`finding.${state}`, {
    count: rows.done,
    read: formatNumber(rows.read),
    total: formatNumber(rows.total),
    done: formatNumber(rows.done),
    errors: formatNumber(rows.errors + rows.refused),
  });
}

function Summary({ door, summary }: { door: ImportDoor; summary: ImportSummary }) {
  const { t } = useTranslation('imports');
  const { importId, state, rows } = summary;
  useStateAnnouncement(summary);
  const willDo = rows.new + rows.change;
  return (
    <>
      {summary.problem === undefined ? null : <p className="d-note d-note--warning">{inLanguage(summary.problem)}</p>}
      {isBusy(state) ? (
        <progress
          className="d-progress"
          aria-label={t('progress')}
          max={state === 'committing' ? willDo + rows.done : rows.total}
          value={state === 'committing' ? rows.done + rows.refused : rows.read}
        />
      ) : null}
      {state === 'previewed' ? <Decision door={door} summary={summary} willDo={willDo} /> : null}
      {state === 'previewed' && rows.errors > 0 ? (
        <p className="d-note d-note--warning">{t('withErrors', { count: rows.errors })}</p>
      ) : null}
      {state === 'uploading' || state === 'reading' || state === 'failed' ? null : (
        <>
          <div className="d-actions">
            {(['csv', 'xlsx'] as const).map((format) => (
              <a key={format} className="ams-link" href={reportAddress(door, importId, format)} download>
                {t('report', { format: format === 'csv' ? 'CSV' : 'Excel' })}
              </a>
            ))}
          </div>
          <ImportRows door={door} summary={summary} />
        </>
      )}
      <p className="d-muted d-small">
        {summary.encoding === undefined ? '' : `${t('readAs', { encoding: summary.encoding })}. `}
        {t('keptUntil', { date: formatDate(summary.contentUntil.slice(0, 10)) })}
      </p>
    </>
  );
}

interface DecisionProps {
  door: ImportDoor;
  summary: ImportSummary;
  willDo: number;
}

function Decision({ door, summary: { importId }, willDo }: DecisionProps) {
  const { t } = useTranslation('imports');
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const decide = async (work: (at: ImportDoor, id: string) => Promise<ImportSummary>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      queries.setQueryData(importQuery(door, importId).queryKey, await work(door, importId));
      await queries.invalidateQueries(importsAt(door));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {failure === undefined ? null : <Failure error={failure} />}
      <div className="d-actions">
        {willDo === 0 ? (
          <span>{t('nothingToCommit')}</span>
        ) : (
          <Button type="button" disabled={busy} onClick={() => void decide(commitImport)}>
            {t('commit', { count: willDo })}
          </Button>
        )}
        <Button type="button" variant="secondary" disabled={busy} onClick={() => void decide(cancelImport)}>
          {t('cancel')}
        </Button>
      </div>
    </>
  );
}

/** Says when a busy import comes to its next state. */
function useStateAnnouncement({ state }: ImportSummary): void {
  const { t } = useTranslation('imports');
  const announce = useAnnounce();
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state) announce(t(`state.${state}`));
    before.current = state;
  }, [state, announce, t]);
}
