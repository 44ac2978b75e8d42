/**
 * Remembers where the focus is, with everything around it. The answer brings it back there, or to the nearest part around
 * it that is still on the page and can have the focus, or to the title: otherwise the keyboard would start at the top of
 * the page again.
 */
export function rememberFocus(): () => void {
  const chain = withAround(document.activeElement);
  return () => {
    const back = chain.find((one) => {
      if (one.isConnected) one.focus();
      return document.activeElement === one;
    });
    if (back === undefined) focusTitle();
  };
}

function withAround(focused: Element | null): HTMLElement[] {
  const chain: HTMLElement[] = [];
  let element = focused;
  while (element instanceof HTMLElement && !element.matches('main, body')) {
    chain.push(element);
    element = element.parentElement;
  }
  return chain;
}

/**
 * Sees to it that the focus is never lost by an answer that takes away what has it: a button with nothing to do any more, a
 * line that left its list. It goes where `rememberFocus` would bring it. The answer stops this.
 */
export function guardFocus(): () => void {
  let focused: Element | null = null;
  let giveBack: (() => void) | undefined;
  const remember = (): void => {
    focused = document.activeElement;
    giveBack = rememberFocus();
  };
  const forget = (): void =>
    queueMicrotask(() => {
      // By a click beside it somebody lets go of it; what is disabled for a moment or gone was not let go of.
      const isThere = focused?.isConnected === true && !focused.matches(':disabled');
      if (isThere && isFocusLost()) giveBack = undefined;
    });
  const observer = new MutationObserver(() => {
    if (giveBack !== undefined && focused?.isConnected === false && isFocusLost()) giveBack();
  });
  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', forget);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', forget);
    observer.disconnect();
  };
}

/** Whether what had the focus has gone from the page. */
function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** To the title of the page, from where reading starts; for when what had the focus is gone for good. */
export function focusTitle(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
