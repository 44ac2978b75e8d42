import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { currentOf, showInPlace } from '../../api/melding-changes.js';
import {
  acknowledge,
  acknowledgeMany,
  handOver,
  markRead,
  markUnread,
  meldingKeys,
  reopen,
  snooze,
  type Melding,
} from '../../api/meldingen.js';
import { useAnnounce } from '../../ui/announcer.js';
import { formatDate } from '../../ui/dates.js';
import { describeProblem } from '../../ui/problem-text.js';
import type { MeldingActions } from './melding-actions.js';

type Texts = ReadonlyMap<string, string>;

const without = (texts: Texts, id: string): Texts => new Map([...texts].filter(([key]) => key !== id));

export type MeldingWork = ReturnType<typeof useMeldingActions>;

/**
 * What a person does with the lines of the list. A line that was dealt with stays where it is, with "undo", until the list
 * is fetched again: own actions do not move what is under the pointer either.
 */
export function useMeldingActions(rows: readonly Melding[]) {
  const { t } = useTranslation(['meldingen', 'common']);
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [done, setDone] = useState<Texts>(new Map());
  const [problems, setProblems] = useState<Texts>(new Map());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [snoozing, setSnoozing] = useState<Melding>();
  const [handingOver, setHandingOver] = useState<Melding>();

  /** What is being marked as read: who opens a line and says "seen" at once does not wait for it. */
  const reading = useRef(new Map<string, Promise<void>>());

  const recount = (): void => void queries.invalidateQueries({ queryKey: meldingKeys.counts });
  const refetchLists = (): Promise<void> => queries.invalidateQueries({ queryKey: meldingKeys.lists });
  const finish = (id: string, text: string): void => {
    setDone((current) => new Map(current).set(id, text));
    setSelected((current) => new Set([...current].filter((each) => each !== id)));
    announce(text);
    recount();
  };
  const mark = async (melding: Melding, read: boolean): Promise<void> => {
    showInPlace(await (read ? markRead(melding) : markUnread(melding)), queries);
    recount();
  };
  /** The same melding after it was marked as read, unless something came in that was not seen. */
  const asSeen = async (melding: Melding): Promise<Melding> => {
    await reading.current.get(melding.meldingId);
    const now = currentOf(melding.meldingId, queries);
    return now?.parts.length === melding.parts.length ? now : melding;
  };
  const attempt = async (melding: Melding, work: () => Promise<void>): Promise<void> => {
    setProblems((current) => without(current, melding.meldingId));
    try {
      await work();
    } catch (error) {
      const text = describeProblem(error).title;
      setProblems((current) => new Map(current).set(melding.meldingId, text));
    }
  };

  const actions: MeldingActions = {
    acknowledge: (melding) =>
      void attempt(melding, async () => {
        await acknowledge(await asSeen(melding));
        finish(melding.meldingId, t('done.acknowledged'));
      }),
    reopen: (melding) =>
      void attempt(melding, async () => {
        await reopen(melding);
        const wasDone = done.has(melding.meldingId);
        setDone((current) => without(current, melding.meldingId));
        announce(t('done.reopened'));
        recount();
        if (!wasDone) await refetchLists();
      }),
    toggleRead: (melding) => void attempt(melding, () => mark(melding, !melding.read)),
    opened: (melding) => {
      if (melding.read) return;
      const marking = attempt(melding, () => mark(melding, true));
      reading.current.set(melding.meldingId, marking);
      void marking.finally(() => reading.current.delete(melding.meldingId));
    },
    snooze: setSnoozing,
    handOver: setHandingOver,
  };

  return {
    actions,
    done,
    problems,
    selected,
    snoozing,
    handingOver,
    forgetDone: () => setDone(new Map()),
    closePanels: () => {
      setSnoozing(undefined);
      setHandingOver(undefined);
    },
    select: (melding: Melding) =>
      setSelected((current) => {
        const next = new Set(current);
        if (!next.delete(melding.meldingId)) next.add(melding.meldingId);
        return next;
      }),
    clearSelection: () => setSelected(new Set()),
    acknowledgeSelected: async (): Promise<void> => {
      const chosen = rows.filter((melding) => selected.has(melding.meldingId));
      const [first] = chosen;
      if (first === undefined) return;
      await attempt(first, async () => {
        const { items } = await acknowledgeMany(chosen);
        for (const { meldingId, outcome } of items) {
          if (outcome === 'acknowledged' || outcome === 'already-acknowledged')
            finish(meldingId, t('done.acknowledged'));
          else setProblems((current) => new Map(current).set(meldingId, t('done.changed')));
        }
      });
    },
    snoozeUntil: async (melding: Melding, until: string): Promise<void> => {
      await snooze(melding, until);
      finish(melding.meldingId, t('done.snoozed', { date: formatDate(until) }));
    },
    handOverTo: async (melding: Melding, to: { personId: string; name: string }, note: string): Promise<void> => {
      await handOver(melding, to.personId, note);
      finish(melding.meldingId, t('done.handedOver', { name: to.name }));
    },
  };
}
