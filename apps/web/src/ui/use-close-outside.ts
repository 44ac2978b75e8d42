import { useEffect, type RefObject } from 'react';

/** Closes a menu on Escape (focus back on its button) and on a press outside it. */
export function useCloseOutside(details: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const menu = details.current;
      if (event.key !== 'Escape' || menu?.open !== true) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    };
    const onPress = (event: PointerEvent): void => {
      const menu = details.current;
      if (menu?.open === true && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [details]);
}
