import type { Translated } from '../../i18n/translated.js';
import type nl from './messages.nl.js';

const en: Translated<typeof nl> = {
  today: 'Today is {{date}} (demo)',
  intro: 'Move the date forward and see what happens. This goes for everybody in the demo. There is no way back.',
  steps: { day: '1 day later', week: '1 week later', quarter: '3 months later' },
  to: 'Or choose a day',
  go: 'Go to this day',
  moved: 'It is {{date}} now.',
  meanwhile: 'Somebody else has just moved the date. It is {{date}} now.',
  end: 'The demo goes no further than this.',
};

export default en;
