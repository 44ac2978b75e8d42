import { Button, ErrorMessage, Paragraph } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { demoClockQuery, moveDate, type DateMove } from '../../api/demo-clock.js';
import { ApiError } from '../../api/problem.js';
import { dateMoved } from '../../app/date-moved.js';
import { useAnnounce } from '../../ui/announcer.js';
import { addDays, formatDate, today } from '../../ui/dates.js';
import { DateField } from '../../ui/fields.js';
import { describeProblem } from '../../ui/problem-text.js';
import { useCloseOutside } from '../../ui/use-close-outside.js';
import { useForm } from '../../ui/use-form.js';

const STEPS = [
  { key: 'day', move: { days: 1 } },
  { key: 'week', move: { days: 7 } },
  { key: 'quarter', move: { months: 3 } },
] as const satisfies readonly { key: string; move: DateMove }[];

/** Which day it is in the demo, and a way to move it forward for everybody (docs/decisions/0034). */
export function DemoDate() {
  const { t } = useTranslation(['demo', 'common']);
  const queries = useQueryClient();
  const announce = useAnnounce();
  const details = useRef<HTMLDetailsElement>(null);
  const clock = useQuery(demoClockQuery);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const date = today();
  const shown = useRef(date);
  const form = useForm({ initial: { to: '' }, required: ['to'] });
  useCloseOutside(details);
  useEffect(() => {
    if (shown.current === date) return;
    shown.current = date;
    announce(t('moved', { date: formatDate(date) }));
  }, [announce, date, t]);

  const move = async (by: DateMove): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      const moved = await moveDate(by, clock.data?.version ?? 0);
      queries.setQueryData(demoClockQuery.queryKey, moved);
      dateMoved(moved.offset, queries);
    } catch (error) {
      if (!(error instanceof ApiError && error.isStale)) throw error;
      const { data } = await clock.refetch();
      if (data) dateMoved(data.offset, queries);
      setProblem(t('meanwhile', { date: formatDate(today()) }));
    } finally {
      setBusy(false);
    }
  };

  const isAtTheEnd = clock.data?.isMovable === false;
  return (
    <details className="d-menu d-demo__date" ref={details}>
      <summary>{t('today', { date: formatDate(date) })}</summary>
      <div className="d-menu__content">
        <Paragraph size="small">{isAtTheEnd ? t('end') : t('intro')}</Paragraph>
        <div className="d-demo__steps">
          {STEPS.map((step) => (
            <Button
              key={step.key}
              type="button"
              variant="secondary"
              disabled={busy || isAtTheEnd || clock.data === undefined}
              onClick={() => void move(step.move).catch((error: unknown) => setProblem(describeProblem(error).title))}
            >
              {t(`steps.${step.key}`)}
            </Button>
          ))}
        </div>
        {problem === undefined ? null : (
          <ErrorMessage prefix={t('common:error.prefix')} role="alert">
            {problem}
          </ErrorMessage>
        )}
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void form
              .submit(({ to }) => move({ to }))
              .then((isDone) => (isDone ? form.replace({ to: '' }) : undefined));
          }}
        >
          <DateField form={form} name="to" label={t('to')} min={addDays(date, 1)} />
          <Button type="submit" variant="secondary" disabled={busy || form.busy || isAtTheEnd}>
            {t('go')}
          </Button>
        </form>
      </div>
    </details>
  );
}
