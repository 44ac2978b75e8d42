import { DayPicker, type Matcher } from 'react-day-picker';
import { enGB } from 'react-day-picker/locale/en-GB';
import { nl } from 'react-day-picker/locale/nl';

import { currentLanguage } from '../i18n/index.js';
import { today } from './dates.js';

interface DateCalendarProps {
  /** The civil date that is chosen. */
  value: string | undefined;
  min: string | undefined;
  max: string | undefined;
  onChoose: (date: string) => void;
}

/** How far the years go when nothing says otherwise: back for dates of birth, ahead for plans. */
const YEARS_BACK = 100;
const YEARS_AHEAD = 5;

// The calendar counts in days of this computer; noon is the same day everywhere where somebody uses it.
function toDate(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, 12);
}

function toCivil(date: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** A month to choose a day from: arrows go by day, Page Up and Page Down by month, with Shift by year. */
export default function DateCalendar({ value, min, max, onChoose }: DateCalendarProps) {
  const now = toDate(today());
  const first = min === undefined ? new Date(now.getFullYear() - YEARS_BACK, 0) : toDate(min);
  const last = max === undefined ? new Date(now.getFullYear() + YEARS_AHEAD, 11) : toDate(max);
  const chosen = value === undefined ? undefined : toDate(value);
  const disabled: Matcher[] = [
    ...(min === undefined ? [] : [{ before: first }]),
    ...(max === undefined ? [] : [{ after: last }]),
  ];
  const shownFirst = chosen ?? (now > last ? last : now < first ? first : now);
  return (
    <DayPicker
      mode="single"
      autoFocus
      showOutsideDays
      fixedWeeks
      captionLayout="dropdown"
      locale={currentLanguage() === 'en' ? enGB : nl}
      weekStartsOn={1}
      today={now}
      selected={chosen}
      defaultMonth={shownFirst}
      startMonth={first}
      endMonth={last}
      disabled={disabled}
      onDayClick={(date, { disabled: isDisabled }) => {
        if (isDisabled !== true) onChoose(toCivil(date));
      }}
      classNames={CLASSES}
    />
  );
}

const CLASSES = {
  root: 'd-calendar',
  months: 'd-calendar__months',
  month: 'd-calendar__month',
  month_caption: 'd-calendar__caption',
  caption_label: 'd-calendar__label',
  dropdowns: 'd-calendar__dropdowns',
  dropdown_root: 'd-calendar__dropdown',
  nav: 'd-calendar__nav',
  button_previous: 'd-calendar__step',
  button_next: 'd-calendar__step',
  chevron: 'd-calendar__chevron',
  month_grid: 'd-calendar__grid',
  weekday: 'd-calendar__weekday',
  day: 'd-calendar__cell',
  day_button: 'd-calendar__day',
  today: 'd-calendar__cell--today',
  selected: 'd-calendar__cell--selected',
  outside: 'd-calendar__cell--outside',
};
