import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

import { LiveStream, type StreamState } from '../api/live-stream.js';
import { meldingKeys, type Melding } from '../api/meldingen.js';

interface MeldingenStreamValue {
  state: StreamState;
  /** Since when the connection is gone; undefined while it is there. */
  downSince: number | undefined;
  /** Meldingen that came in since the list was last shown or refreshed. */
  arrived: readonly Melding[];
  clearArrived: () => void;
  retryNow: () => void;
}

const off: MeldingenStreamValue = {
  state: 'closed',
  downSince: undefined,
  arrived: [],
  clearArrived: () => undefined,
  retryNow: () => undefined,
};

const StreamContext = createContext<MeldingenStreamValue>(off);

/** The live stream of meldingen, one per open page. */
export function useMeldingenStream(): MeldingenStreamValue {
  return use(StreamContext);
}

function readMelding(data: string): Melding | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'meldingId' in value ? (value as Melding) : undefined;
  } catch {
    return undefined;
  }
}

export function MeldingenStreamProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<StreamState>('connecting');
  const [downSince, setDownSince] = useState<number>();
  const [arrived, setArrived] = useState<readonly Melding[]>([]);
  const stream = useRef<LiveStream | undefined>(undefined);

  useEffect(() => {
    if (!enabled) return undefined;
    let wasLive = false;
    const opened = new LiveStream({
      path: '/v1/meldingen/stream',
      onMessage: ({ event, data }) => {
        const melding = event === 'melding' ? readMelding(data) : undefined;
        if (melding === undefined) return;
        setArrived((before) => [...before.filter((other) => other.meldingId !== melding.meldingId), melding]);
        void queries.invalidateQueries({ queryKey: meldingKeys.counts });
      },
      onState: (next) => {
        setState(next);
        setDownSince((since) => (next === 'live' ? undefined : next === 'waiting' ? (since ?? Date.now()) : since));
        // What came in while the connection was away is counted again by the server.
        if (next === 'live' && wasLive) void queries.invalidateQueries({ queryKey: meldingKeys.counts });
        if (next === 'live') wasLive = true;
      },
    });
    stream.current = opened;
    const onOnline = (): void => opened.retryNow();
    window.addEventListener('online', onOnline);
    return () => {
      window.removeEventListener('online', onOnline);
      opened.close();
    };
  }, [enabled, queries]);

  const clearArrived = useCallback(() => setArrived([]), []);
  const retryNow = useCallback(() => stream.current?.retryNow(), []);
  const value = useMemo(
    () => ({ state, downSince, arrived, clearArrived, retryNow }),
    [state, downSince, arrived, clearArrived, retryNow],
  );
  return <StreamContext value={value}>{children}</StreamContext>;
}
