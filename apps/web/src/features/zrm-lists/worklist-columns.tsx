import { useMemo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { measurementKindLabels, progressFindingKindLabels } from '#contracts/assessment/code-labels.js';
import type { DueSettings } from '#contracts/assessment/due.js';

import type { ZrmClient } from '../../api/zrm-lists.js';
import { useMe } from '../../app/session.js';
import type { Column } from '../../ui/data-table.js';
import { formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { NameOf } from '../zrm/domain-names.js';
import { dueRule, lateText } from '../zrm/due-lines.js';
import { findingText } from '../zrm/finding-text.js';
import { NextZrm } from './next-zrm.js';
import { expectedOf, type PageList } from './worklists.js';

interface ColumnsOf {
  list: PageList;
  nameOf: NameOf;
  settings: DueSettings | undefined;
  /** Opens the client beside the list instead of following the link; says whether it did. */
  onOpen: (event: MouseEvent, clientId: string) => boolean;
}

/** Who, what, since when, why, and what to do. */
export function useWorklistColumns({ list, nameOf, settings, onOpen }: ColumnsOf): Column<ZrmClient>[] {
  const { t } = useTranslation(['zrm-lists', 'zrm']);
  const { t: tZrm } = useTranslation('zrm');
  // Who works at one institution knows which; the column is still there to choose.
  const ownOnly = useMe().roles.includes('clientmanager');
  return useMemo(() => {
    const nameText = (client: ZrmClient): string => client.clientName ?? t('someone');
    const who: Column<ZrmClient> = {
      id: 'client',
      header: t('column.client'),
      isName: true,
      cell: (client) => (
        <Link
          className="ams-link"
          to={`/clienten/${client.clientId}/zrm`}
          onClick={(event) => onOpen(event, client.clientId)}
        >
          {nameText(client)}
        </Link>
      ),
    };
    const due: Column<ZrmClient>[] = [
      {
        id: 'what',
        header: t('column.due'),
        cell: ({ due: [first, ...others] }) =>
          first === undefined ? null : (
            <>
              {inLanguage(measurementKindLabels[first.kind])}
              {others.map((other) => (
                <div key={other.kind} className="d-small d-muted">
                  {t('also', {
                    what: inLanguage(measurementKindLabels[other.kind]),
                    date: formatShortDate(other.dueOn),
                  })}
                </div>
              ))}
            </>
          ),
      },
      {
        id: 'when',
        header: t('column.dueOn'),
        nowrap: true,
        cell: ({ due: [first] }) =>
          first === undefined ? null : (
            <>
              {formatShortDate(first.dueOn)}
              {first.daysLate > 0 ? <div className="d-late">{lateText(tZrm, first)}</div> : null}
            </>
          ),
      },
      {
        id: 'why',
        header: t('column.why'),
        cell: ({ due: [first] }) => (first === undefined ? null : dueRule(tZrm, first, settings)),
      },
    ];
    const changed: Column<ZrmClient>[] = [
      {
        id: 'what',
        header: t('column.changed'),
        cell: ({ findings }) => (
          <ul className="d-plain-list">
            {findings.map((finding) => (
              <li key={`${finding.kind} ${finding.kind === 'stagnation' ? finding.ruleId : finding.domain}`}>
                <strong>{inLanguage(progressFindingKindLabels[finding.kind])}.</strong>{' '}
                {findingText(tZrm, finding, nameOf)}
              </li>
            ))}
          </ul>
        ),
      },
      latestColumn(t('column.latest'), t('none')),
      {
        id: 'particulars',
        header: t('column.particulars'),
        cell: ({ hasParticulars }) => t(hasParticulars ? 'has' : 'hasNot'),
      },
    ];
    const incomplete: Column<ZrmClient>[] = [
      {
        id: 'what',
        header: t('column.lacks'),
        cell: ({ lacks }) => t(`lacks.${lacks.length > 1 ? 'both' : (lacks[0] ?? 'both')}`),
      },
      {
        id: 'since',
        header: t('column.since'),
        nowrap: true,
        cell: ({ since }) => formatShortDate(since),
      },
      {
        id: 'when',
        header: t('column.dueOn'),
        nowrap: true,
        cell: ({ due: all, lacks }) =>
          all
            .filter(({ kind }) => lacks.some((lacking) => lacking === kind))
            .slice(0, 1)
            .map((first) => (
              <span key={first.kind}>
                {first.held ? t('held') : formatShortDate(first.dueOn)}
                {first.daysLate > 0 ? <div className="d-late">{lateText(tZrm, first)}</div> : null}
              </span>
            )),
      },
    ];
    const all: Column<ZrmClient>[] = [
      latestColumn(t('column.latest'), t('none')),
      {
        id: 'what',
        header: t('column.direction'),
        cell: ({ direction, latest }) => (latest === undefined ? '' : t(`direction.${direction}`)),
      },
      {
        id: 'when',
        header: t('column.next'),
        nowrap: true,
        cell: ({ due: open }) => {
          const next = expectedOf(open);
          if (next === undefined) return open.length === 0 ? '' : t('held');
          return (
            <>
              {formatShortDate(next.dueOn)}
              {next.daysLate > 0 ? <div className="d-late">{lateText(tZrm, next)}</div> : null}
            </>
          );
        },
      },
    ];
    const where: Column<ZrmClient>[] = [
      { id: 'cluster', header: t('column.cluster'), cell: ({ clusterName }) => clusterName ?? '' },
      {
        id: 'organisation',
        header: t('column.organisation'),
        cell: ({ organisationName }) => organisationName ?? '',
        hiddenAtFirst: ownOnly,
      },
    ];
    const action: Column<ZrmClient> = {
      id: 'actions',
      header: '',
      cell: (client) => <NextZrm client={client} name={nameText(client)} list={list} />,
    };
    const own = { late: due, due, changed, incomplete, all }[list];
    return [who, ...own, ...where, action];
  }, [t, tZrm, list, nameOf, settings, onOpen, ownOnly]);
}

function latestColumn(header: string, none: string): Column<ZrmClient> {
  return {
    id: 'latest',
    header,
    nowrap: true,
    cell: ({ latest }) =>
      latest === undefined ? (
        none
      ) : (
        <>
          {formatShortDate(latest.date)}
          <div className="d-small d-muted">{inLanguage(measurementKindLabels[latest.kind])}</div>
        </>
      ),
  };
}
