import { type QueryKey, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

/** Without a key or a movement for so long nobody looks any more. */
const ATTENDED_MS = 5 * 60_000;

/** Signs of somebody at work on the page. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove', 'focusin'] as const;

/**
 * Asks again and again while somebody is at work on the page, and at once when they come back: who comes back does not wait
 * for the next turn. It stops when nobody is there: otherwise a page that was left open would keep its session alive.
 */
export function useAsking<T, K extends QueryKey>(
  query: UseQueryOptions<T, Error, T, K>,
  everyMs: number,
): UseQueryResult<T> {
  const isAttended = useAttended();
  const asked = useQuery({ ...query, refetchInterval: isAttended ? everyMs : false });
  const { refetch } = asked;
  const wasAttended = useRef(isAttended);
  useEffect(() => {
    if (isAttended && !wasAttended.current) void refetch();
    wasAttended.current = isAttended;
  }, [isAttended, refetch]);
  return asked;
}

/** Whether somebody was at work on this page lately. */
function useAttended(): boolean {
  const [isAttended, setAttended] = useState(true);
  useEffect(() => {
    let timer = setTimeout(() => setAttended(false), ATTENDED_MS);
    const onSign = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setAttended(false), ATTENDED_MS);
      setAttended(true);
    };
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, onSign);
    };
  }, []);
  return isAttended;
}
