import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { stayStateLabels, zwaarteLabels, zwaarteMatchLabels } from '#contracts/code-labels.js';
import { zwaartes } from '#contracts/codes.js';

import type { Bar, Board, BoardPlace } from '../../api/places.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';

type Line = { place: BoardPlace; bar?: Bar };

/** The same as the board, in words. */
export function BoardTable({ board, title, onOpen }: { board: Board; title: string; onOpen: (bar: Bar) => void }) {
  const { t } = useTranslation('places');
  const lines = board.items.flatMap((place): Line[] =>
    place.bars.length === 0 ? [{ place }] : place.bars.map((bar) => ({ place, bar })),
  );
  const columns = useMemo((): Column<Line>[] => {
    const clientText = ({ bar }: Line): string =>
      bar === undefined
        ? ''
        : (bar.clientName ?? t(bar.fromOutside === undefined ? 'board.unknownClient' : 'board.fromOutside'));
    const untilText = ({ bar }: Line): string => {
      if (bar === undefined) return '';
      return bar.until === undefined ? t('board.runsOn') : formatShortDate(bar.until);
    };
    const stateText = ({ bar }: Line): string => {
      if (bar === undefined) return '';
      const state = inLanguage(stayStateLabels[bar.state]);
      const differs = bar.zwaarteMatch === 'place-too-light' || bar.zwaarteMatch === 'place-too-heavy';
      return differs && bar.zwaarteMatch !== undefined
        ? `${state}. ${inLanguage(zwaarteMatchLabels[bar.zwaarteMatch])}.`
        : state;
    };
    return [
      {
        id: 'place',
        header: t('board.place'),
        isName: true,
        cell: ({ place }) => place.label,
        text: ({ place }) => place.label,
        by: ({ place }) => place.label,
      },
      {
        id: 'zwaarte',
        header: t('vacancies.zwaarte'),
        cell: ({ place }) => <ZwaarteLabel zwaarte={place.zwaarte} />,
        text: ({ place }) => inLanguage(zwaarteLabels[place.zwaarte]),
        by: ({ place }) => zwaartes.indexOf(place.zwaarte),
      },
      {
        id: 'client',
        header: t('board.client'),
        cell: (line) =>
          line.bar?.fromOutside !== undefined ? (
            <BarOpener bar={line.bar} text={clientText(line)} onOpen={onOpen} />
          ) : line.bar?.clientId === undefined ? (
            clientText(line)
          ) : (
            <Link className="ams-link" to={`/clienten/${line.bar.clientId}`}>
              {clientText(line)}
            </Link>
          ),
        text: clientText,
        by: (line) => clientText(line) || undefined,
      },
      {
        id: 'from',
        header: t('board.from'),
        cell: ({ bar }) => (bar === undefined ? '' : formatShortDate(bar.from)),
        text: ({ bar }) => bar?.from ?? '',
        by: ({ bar }) => bar?.from,
        nowrap: true,
      },
      {
        id: 'until',
        header: t('board.until'),
        cell: untilText,
        text: untilText,
        by: ({ bar }) => bar?.until,
        nowrap: true,
      },
      { id: 'state', header: t('board.state'), cell: stateText, text: stateText },
    ];
  }, [t, onOpen]);
  return (
    <DataTable
      name="board"
      caption={title}
      columns={columns}
      rows={lines}
      keyOf={({ place, bar }) => bar?.stayId ?? place.placeId}
      exportAs="bezetting"
    />
  );
}

function BarOpener({ bar, text, onOpen }: { bar: Bar; text: string; onOpen: (bar: Bar) => void }) {
  return (
    <button type="button" className="d-link-button" onClick={() => onOpen(bar)}>
      {text}
    </button>
  );
}
