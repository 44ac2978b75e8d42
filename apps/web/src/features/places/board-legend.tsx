import { useTranslation } from 'react-i18next';

import { zwaartes } from '#contracts/codes.js';

import { ZwaarteLabel } from '../../ui/zwaarte.js';

/** What shapes and patterns on the board mean. */
export function BoardLegend() {
  const { t } = useTranslation('places');
  return (
    <ul className="d-legend-list" aria-label={t('board.legend')}>
      {zwaartes.map((zwaarte) => (
        <li key={zwaarte}>
          <ZwaarteLabel zwaarte={zwaarte} />
        </li>
      ))}
      <li className="d-inline">
        <span className="d-legend-list__bar d-bar--reserved" aria-hidden="true" /> {t('board.legendReserved')}
      </li>
      <li className="d-inline">
        <span className="d-legend-list__bar d-bar__leave" aria-hidden="true" /> {t('board.legendLeave')}
      </li>
      <li className="d-inline">
        <span className="d-bar__mismatch" aria-hidden="true">
          !
        </span>
        {t('board.legendMismatch')}
      </li>
    </ul>
  );
}
