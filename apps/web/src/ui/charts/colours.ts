/** The colours of pictures, by what they say. Tokens only: the file of the theme says what they are. */
export const colours = {
  text: 'var(--ds-color-text)',
  muted: 'var(--ds-color-text-muted)',
  line: 'var(--ds-color-line)',
  lineStrong: 'var(--ds-color-line-strong)',
  accent: 'var(--ds-color-accent)',
  warning: 'var(--ds-color-warning)',
  surface: 'var(--ds-color-surface)',
  sunken: 'var(--ds-color-surface-sunken)',
} as const;

/** The tint of a level of the ZRM; always together with its digit. */
export const levelColour = (level: number): string => `var(--ds-color-level-${level})`;

/** A ring in a ring (◎): the target. */
export const RING_IN_RING =
  'path://M0 -6A6 6 0 1 1 0 6A6 6 0 1 1 0 -6ZM0 -2.5A2.5 2.5 0 1 1 0 2.5A2.5 2.5 0 1 1 0 -2.5Z';
/** Cannot be set beside the others. */
export const CROSS = 'path://M-4 -4L4 4M4 -4L-4 4';
