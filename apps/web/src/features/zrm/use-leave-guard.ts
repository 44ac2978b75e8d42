import { useEffect, useRef, useState } from 'react';
import { useBlocker } from 'react-router';

/**
 * Saves before the person leaves the form, and asks only when that did not succeed. Nothing is kept in the browser, so
 * what was not saved would be gone.
 */
export function useLeaveGuard(isUnsaved: () => boolean, save: () => Promise<boolean>) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return isUnsaved() && currentLocation.pathname !== nextLocation.pathname;
  });
  const [asking, setAsking] = useState(false);
  const latest = useRef({ isUnsaved, save });
  useEffect(() => {
    latest.current = { isUnsaved, save };
  });
  const { state } = blocker;
  const proceed = useRef(blocker.proceed);
  useEffect(() => {
    proceed.current = blocker.proceed;
  });
  useEffect(() => {
    if (state !== 'blocked') return;
    void latest.current.save().then((saved) => {
      if (saved) proceed.current?.();
      else setAsking(true);
    });
  }, [state]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (latest.current.isUnsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  return {
    asking: asking && state === 'blocked',
    stay: () => {
      setAsking(false);
      blocker.reset?.();
    },
    leave: () => {
      setAsking(false);
      blocker.proceed?.();
    },
  };
}
