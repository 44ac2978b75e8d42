import { useTranslation } from 'react-i18next';

import { zwaarteLabels } from '#contracts/code-labels.js';
import type { Zwaarte } from '#contracts/codes.js';

import { inLanguage } from './problem-text.js';

const SHAPES: Record<Zwaarte, string> = {
  light: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z',
  medium: 'M8 2 14.5 13.5h-13z',
  heavy: 'M2.5 2.5h11v11h-11z',
};

/** Zwaarte as a shape (circle, triangle, square) plus colour, so that it is told apart without colour too. */
export function ZwaarteShape({ zwaarte }: { zwaarte: Zwaarte }) {
  return (
    <svg className={`d-zwaarte d-zwaarte--${zwaarte}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={SHAPES[zwaarte]} />
    </svg>
  );
}

interface ZwaarteLabelProps {
  zwaarte: Zwaarte | null | undefined;
  /** Under a heading that says already that it is about zwaarte. */
  underHeading?: boolean;
}

/** The shape with its name. */
export function ZwaarteLabel({ zwaarte, underHeading = false }: ZwaarteLabelProps) {
  const { t } = useTranslation();
  if (zwaarte === null || zwaarte === undefined)
    return <span className="d-muted">{t(underHeading ? 'unknown' : 'zwaarteUnknown')}</span>;
  return (
    <span className="d-inline">
      <ZwaarteShape zwaarte={zwaarte} />
      {inLanguage(zwaarteLabels[zwaarte])}
    </span>
  );
}
