/**
 * Remembers where the focus is, with everything around it. The answer brings it back there, or to the nearest part around
 * it that is still on the page and can have the focus, or to the title: otherwise the keyboard would start at the top of
 * the page again.
 */
export function rememberFocus(): () => void {
  const chain: HTMLElement[] = [];
  let element = document.activeElement;
  while (element instanceof HTMLElement && !element.matches('main, body')) {
    chain.push(element);
    element = element.parentElement;
  }
  return () => {
    const back = chain.find((one) => {
      if (one.isConnected) one.focus();
      return document.activeElement === one;
    });
    if (back === undefined) focusTitle();
  };
}

/** Whether what had the focus has gone from the page. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** To the title of the page, from where reading starts; for when what had the focus is gone for good. */
export function focusTitle(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
