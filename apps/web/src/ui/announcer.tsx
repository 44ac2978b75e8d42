import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';

type Announce = (text: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Says something to screen readers without moving focus. Two regions in turn, so that the same text is read twice. */
export function useAnnounce(): Announce {
  return use(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState<readonly [string, string]>(['', '']);
  const turn = useRef(0);
  const announce = useCallback<Announce>((text) => {
    turn.current = 1 - turn.current;
    setTexts(turn.current === 0 ? [text, ''] : ['', text]);
  }, []);
  const value = useMemo(() => announce, [announce]);
  return (
    <AnnounceContext value={value}>
      {children}
      <div className="ams-visually-hidden" aria-live="polite" role="status">
        {texts[0]}
      </div>
      <div className="ams-visually-hidden" aria-live="polite" role="status">
        {texts[1]}
      </div>
    </AnnounceContext>
  );
}
