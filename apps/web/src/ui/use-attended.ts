import { useEffect, useState } from 'react';

/** Signs of somebody at work on the page. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove', 'focusin'] as const;

/**
 * Whether somebody was at work on this page lately. What asks the server by itself stops when nobody is: otherwise a page
 * that was left open would keep its session alive.
 * @param ms how long without a sign still counts as attended
 */
export function useAttended(ms: number): boolean {
  const [isAttended, setAttended] = useState(true);
  useEffect(() => {
    let timer = setTimeout(() => setAttended(false), ms);
    const onSign = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setAttended(false), ms);
      setAttended(true);
    };
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, onSign);
    };
  }, [ms]);
  return isAttended;
}
