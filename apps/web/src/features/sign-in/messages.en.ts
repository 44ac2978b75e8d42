import type { Translated } from '../../i18n/translated.js';
import type nl from './messages.nl.js';

const en: Translated<typeof nl> = {
  title: 'Sign in',
  intro: 'Doorstroom shows who needs you now, why, and what you can do about it.',
  button: 'Sign in',
  expired: 'Your session has ended. Sign in again; then you go on where you were.',
  failed: 'Signing in did not work. Try again. Does it keep failing? Ask the administrator.',
  doneTitle: 'You are signed in',
  doneBody: 'Close this tab and go on with the page that you were working on.',
};

export default en;
