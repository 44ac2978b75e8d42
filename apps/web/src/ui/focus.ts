/**
 * Remembers where the focus is, with everything around it. The answer brings it back there, or to the nearest part around
 * it that is still on the page and can have the focus: otherwise the keyboard would start at the top of the page again.
 */
export function rememberFocus(): () => void {
  const chain: HTMLElement[] = [];
  for (let element = document.activeElement; element instanceof HTMLElement; element = element.parentElement) {
    if (element !== document.body) chain.push(element);
  }
  return () => {
    chain.find((element) => {
      if (element.isConnected) element.focus();
      return document.activeElement === element;
    });
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
