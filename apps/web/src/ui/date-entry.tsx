import './date-entry.css';

import { TextInput } from '@amsterdam/design-system-react';
import { lazy, Suspense, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '../i18n/index.js';
import { dateText, isCivilDate, parseDateText } from './date-text.js';
import { addDays, formatDate, today } from './dates.js';
import { useAnnounce } from './announcer.js';

const DateCalendar = lazy(() => import('./date-calendar.js'));

export interface DateEntryProps {
  id?: string | undefined;
  /** Civil date `YYYY-MM-DD`, empty, or what is being typed as long as it is no date. */
  value: string;
  onChange: (value: string) => void;
  /** The person leaves the field, with this in it. */
  onLeave?: ((value: string) => void) | undefined;
  min?: string | undefined;
  max?: string | undefined;
  invalid?: boolean;
  required?: boolean;
  describedBy?: string | undefined;
}

/** Arrows go a day on or back, with Page Up and Page Down a week. */
const STEPS: Partial<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 };

/**
 * A date to type the way people write it (22-11-2026, 22-11-26, vandaag), to step through with the arrows, or to choose
 * from a calendar. The native field shows the format of the browser, which is seldom the Dutch one.
 */
export function DateEntry({ id, value, onChange, onLeave, min, max, invalid, required, describedBy }: DateEntryProps) {
  const { t } = useTranslation('common');
  const announce = useAnnounce();
  const language = currentLanguage();
  const hintId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => dateText(value, language));
  // What was typed stays as it is while it means the value; a value from elsewhere replaces it.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(dateText(value, language));
  }
  const pass = (next: string, shown: string): void => {
    setKnown(next);
    setText(shown);
    if (next !== value) onChange(next);
  };
  const choose = (date: string): void => pass(date, dateText(date, language));
  const type = (typed: string): void => {
    pass(parseDateText(typed, { today: today(), latest: max, typing: true }) ?? typed.trim(), typed);
  };
  /** What stands there is all: a year of two digits is meant so. */
  const finish = (): string => {
    const date = isCivilDate(value) ? value : parseDateText(text, { today: today(), latest: max });
    if (date !== undefined) choose(date);
    return date ?? value;
  };
  const step = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') finish();
    const days = STEPS[event.key];
    if (days === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = isCivilDate(value) ? addDays(value, days) : today();
    if ((min !== undefined && next < min) || (max !== undefined && next > max)) return;
    choose(next);
    announce(formatDate(next));
  };
  return (
    <span className="d-date">
      <TextInput
        ref={input}
        id={id}
        className="d-date__input"
        autoComplete="off"
        placeholder={t('date.placeholder')}
        invalid={invalid}
        required={required}
        aria-describedby={[describedBy, hintId].filter((part) => part !== undefined).join(' ')}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={step}
        onBlur={() => {
          const left = finish();
          onLeave?.(left);
        }}
      />
      <span id={hintId} hidden>
        {t('date.hint')}
      </span>
      <CalendarButton
        input={input}
        value={isCivilDate(value) ? value : undefined}
        min={min}
        max={max}
        onChoose={choose}
      />
    </span>
  );
}

interface CalendarButtonProps {
  input: React.RefObject<HTMLInputElement | null>;
  value: string | undefined;
  min: string | undefined;
  max: string | undefined;
  onChoose: (date: string) => void;
}

/** Opens the calendar, which is fetched then. It lies above everything, also above a window that is open. */
function CalendarButton({ input, value, min, max, onChoose }: CalendarButtonProps) {
  const { t } = useTranslation('common');
  const popover = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // A press outside the calendar closes it, also a press on this button; that press may not open it again.
  const pressedOpen = useRef(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const box = popover.current;
    if (!open || box === null) return undefined;
    box.showPopover();
    // A calendar that was fetched before is there at once, and took the focus while it could not have it yet.
    box.querySelector<HTMLElement>('.d-calendar__day[tabindex="0"]')?.focus();
    placeBeside(box, input.current);
    const place = (): void => placeBeside(box, input.current);
    const resized = new ResizeObserver(place);
    resized.observe(box);
    window.addEventListener('resize', place);
    window.addEventListener('scroll', place, true);
    return () => {
      resized.disconnect();
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    };
  }, [open, input]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="d-date__button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={value === undefined ? t('date.open') : t('date.change', { date: formatDate(value) })}
        title={t('date.open')}
        onPointerDown={() => {
          pressedOpen.current = open;
        }}
        onClick={() => {
          setOpen(!open && !pressedOpen.current);
          pressedOpen.current = false;
        }}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M2 4h12v10H2zM2 7h12M5 2v3M11 2v3" />
        </svg>
      </button>
      {open ? (
        <div
          ref={popover}
          popover="auto"
          role="dialog"
          aria-label={t('date.choose')}
          className="d-date__calendar"
          onToggle={(event) => {
            if (event.newState === 'closed') setOpen(false);
          }}
        >
          <Suspense fallback={<p className="d-muted">{t('state.loading')}</p>}>
            <DateCalendar
              value={value}
              min={min}
              max={max}
              onChoose={(date) => {
                onChoose(date);
                setOpen(false);
                button.current?.focus();
              }}
            />
          </Suspense>
        </div>
      ) : null}
    </>
  );
}

const GAP = 4;

/** Under the field, or above it where there is no room below; never outside the window. */
function placeBeside(box: HTMLElement, field: HTMLElement | null): void {
  if (field === null) return;
  const at = field.getBoundingClientRect();
  const below = at.bottom + GAP;
  const above = at.top - GAP - box.offsetHeight;
  const fits = below + box.offsetHeight <= window.innerHeight;
  const top = fits || above < 0 ? Math.min(below, window.innerHeight - box.offsetHeight - GAP) : above;
  const left = Math.min(at.left, window.innerWidth - box.offsetWidth - GAP);
  box.style.insetBlockStart = `${Math.max(GAP, top)}px`;
  box.style.insetInlineStart = `${Math.max(GAP, left)}px`;
}
