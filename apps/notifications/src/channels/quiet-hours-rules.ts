import { addDays } from '#calendar/civil-date.js';
import { atTimeInAmsterdam, civilDateInAmsterdam, wallTimeInAmsterdam } from '#calendar/time-zone.js';
import type { EmailMode, MeldingUrgency } from '#contracts/notifications/codes.js';

/** No e-mail between these wall-clock times in Amsterdam; may pass midnight. Equal times: never quiet. */
export interface Quiet {
  from: string;
  until: string;
  exceptHigh: boolean;
}

/** Whether it is quiet at an instant: from `from` on, until just before `until`. */
export function isQuiet(quiet: Quiet, instant: Date): boolean {
  const time = wallTimeInAmsterdam(instant);
  if (quiet.from === quiet.until) return false;
  return quiet.from < quiet.until ? quiet.from <= time && time < quiet.until : time >= quiet.from || time < quiet.until;
}

/** The instant itself when it is not quiet, else the end of the quiet hours. */
export function afterQuiet(quiet: Quiet, instant: Date): Date {
  if (!isQuiet(quiet, instant)) return instant;
  // In the night that repeats an hour the end may come twice; who waits in the second is not sent on to tomorrow.
  const again = new Date(atTimeInAmsterdam(civilDateInAmsterdam(instant), quiet.until).getTime() + HOUR_MS);
  if (again > instant && wallTimeInAmsterdam(again) === quiet.until) return again;
  return nextTime(quiet.until, instant);
}

const HOUR_MS = 3_600_000;

/** The first instant after `instant` at which the clock in Amsterdam shows `time`. */
export function nextTime(time: string, instant: Date): Date {
  const today = civilDateInAmsterdam(instant);
  const candidate = atTimeInAmsterdam(today, time);
  return candidate > instant ? candidate : atTimeInAmsterdam(addDays(today, 1), time);
}

/** How somebody wants to be mailed. */
export interface MailWishes {
  mode: EmailMode;
  digestAt: string;
  quietHours: Quiet | null;
}

/** When the next mail to somebody goes out; meldingen with the same moment share one mail. */
export interface MailMoment {
  at: Date;
  kind: 'immediate' | 'digest';
}

/**
 * When an e-mail about a melding goes out; undefined: never. Immediate mails are bundled: all of one bundle period go
 * out together at its end, those of the quiet hours together at their end (domain.md §9).
 */
export function mailMoment(
  wishes: MailWishes,
  urgency: MeldingUrgency,
  now: Date,
  bundleSeconds: number,
): MailMoment | undefined {
  if (wishes.mode === 'off') return undefined;
  if (wishes.mode === 'digest') return { at: nextTime(wishes.digestAt, now), kind: 'digest' };
  const bundle = Math.max(1, bundleSeconds) * 1_000;
  const end = new Date((Math.floor(now.getTime() / bundle) + 1) * bundle);
  const { quietHours } = wishes;
  if (!quietHours || (urgency === 'high' && quietHours.exceptHigh)) return { at: end, kind: 'immediate' };
  return { at: afterQuiet(quietHours, end), kind: 'immediate' };
}
