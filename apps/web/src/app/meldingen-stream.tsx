import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

import { LiveStream, type StreamState } from '../api/live-stream.js';
import { isNews, showInPlace, type MeldingChange } from '../api/melding-changes.js';
import { meldingKeys } from '../api/meldingen.js';
import { Refresher } from '../api/refresher.js';
import { dateMoved } from './date-moved.js';

interface MeldingenStreamValue {
  state: StreamState;
  /** Since when the connection is gone; undefined while it is there. */
  downSince: number | undefined;
  /** Meldingen that came in since the list was last shown or refreshed. */
  arrived: ReadonlySet<string>;
  clearArrived: () => void;
  retryNow: () => void;
}

const off: MeldingenStreamValue = {
  state: 'closed',
  downSince: undefined,
  arrived: new Set(),
  clearArrived: () => undefined,
  retryNow: () => undefined,
};

const StreamContext = createContext<MeldingenStreamValue>(off);

/** The live stream of meldingen, one per open page. */
export function useMeldingenStream(): MeldingenStreamValue {
  return use(StreamContext);
}

function readChange(data: string): MeldingChange | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'meldingId' in value ? (value as MeldingChange) : undefined;
  } catch {
    return undefined;
  }
}

function readOffset(data: string): number {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'offset' in value ? Number(value.offset) : 0;
  } catch {
    return 0;
  }
}

export function MeldingenStreamProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');
  const [downSince, setDownSince] = useState<number>();
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const stream = useRef<LiveStream | undefined>(undefined);

  useEffect(() => {
    if (!enabled) return undefined;
    let wasLive = false;
    const all = new Refresher(() => queries.invalidateQueries({ queryKey: meldingKeys.all }));
    const counts = new Refresher(() => queries.invalidateQueries({ queryKey: meldingKeys.counts }));
    const opened = new LiveStream({
      path: '/v1/meldingen/stream',
      onMessage: ({ event, data }) => {
        // Another caseload, or something in the inbox of a colleague who is replaced: what is shown is asked for again.
        if (event === 'relations' || event === 'inbox') all.ask();
        if (event === 'clock') dateMoved(readOffset(data), queries);
        const change = event === 'melding' ? readChange(data) : undefined;
        if (change === undefined) return;
        if (isNews(change, queries)) setArrived((before) => new Set(before).add(change.meldingId));
        else showInPlace(change, queries);
        counts.ask();
      },
      onState: (next) => {
        setState(next);
        setDownSince((since) => (next === 'live' ? undefined : next === 'waiting' ? (since ?? Date.now()) : since));
        if (next !== 'live') return;
        // What came in before the first connection is in no list yet; after a break the stream itself tells what came.
        (wasLive ? counts : all).ask();
        wasLive = true;
      },
    });
    stream.current = opened;
    const onOnline = (): void => opened.retryNow();
    const onOffline = (): void => opened.interrupt();
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOffline);
    return () => {
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
      opened.close();
    };
  }, [enabled, queries]);

  const clearArrived = useCallback(() => setArrived(new Set()), []);
  const retryNow = useCallback(() => stream.current?.retryNow(), []);
  const value = useMemo(
    () => ({ state, downSince, arrived, clearArrived, retryNow }),
    [state, downSince, arrived, clearArrived, retryNow],
  );
  return <StreamContext value={value}>{children}</StreamContext>;
}
