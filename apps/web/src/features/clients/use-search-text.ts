import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

const PAUSE_MS = 250;

function textOf(state: unknown): string {
  return typeof state === 'object' && state !== null && 'text' in state && typeof state.text === 'string'
    ? state.text
    : '';
}

/**
 * A search text that survives going back, but never stands in the address: it may be a name (design.md §4, API).
 * Gives what is typed, how to change it, and what to search for (after a short pause).
 */
export function useSearchText(): [string, (text: string) => void, string] {
  const location = useLocation();
  const navigate = useNavigate();
  const asked = textOf(location.state);
  const [typed, setTyped] = useState<{ text: string; basedOn: string }>({ text: asked, basedOn: asked });
  // A search from the top bar changes the asked text from outside; it then replaces what was typed here.
  const text = typed.basedOn === asked ? typed.text : asked;
  useEffect(() => {
    if (text === asked) return undefined;
    const timer = setTimeout(() => {
      setTyped({ text, basedOn: text });
      void navigate(location.search === '' ? '.' : location.search, { replace: true, state: { text } });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked, navigate, location.search]);
  return [text, (next) => setTyped({ text: next, basedOn: asked }), asked.trim()];
}
