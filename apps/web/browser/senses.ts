import type { BrowserContext, Locator, Page } from 'playwright-core';

declare global {
  interface Window {
    /** What a screen reader was given to say, in order. */
    spoken?: string[];
    /** How often a mouse, pen or finger pressed. */
    presses?: number;
  }
}

/** Longest way with Tab through a page. */
const MOST_TABS = 120;

/** Makes every page of a browser window note what live regions say and whether anything is pressed with a pointer. */
export async function attend(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const spoken: string[] = [];
    window.spoken = spoken;
    window.presses = 0;
    const say = (region: Element | null): void => {
      const text = region?.textContent.trim() ?? '';
      if (text !== '') spoken.push(text);
    };
    // A status that comes into the page together with its text is not read by every screen reader; an alert is.
    new MutationObserver((changes) => {
      const regions = new Set<Element>();
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[aria-live], [role="status"], [role="alert"]');
        if (region) regions.add(region);
        for (const added of addedNodes) {
          if (!(added instanceof Element)) continue;
          if (added.matches('[role="alert"]')) regions.add(added);
          for (const alert of added.querySelectorAll('[role="alert"]')) regions.add(alert);
        }
      }
      for (const region of regions) say(region);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    window.addEventListener('pointerdown', () => (window.presses = (window.presses ?? 0) + 1), true);
  });
}

/** Waits until a screen reader has been given a text to say, and forgets what was said up to then. */
export async function hears(page: Page, text: string): Promise<void> {
  await page
    .waitForFunction((wanted) => window.spoken?.some((said) => said.includes(wanted)), text, { timeout: 10_000 })
    .catch(async () => {
      const said = await page.evaluate(() => window.spoken ?? []);
      throw new Error(`not heard: "${text}", but: ${said.map((each) => `"${each}"`).join(', ')}`);
    });
  await page.evaluate(() => window.spoken?.splice(0));
}

/** Presses Tab until something has the focus; each stop on the way has to be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    await page.keyboard.press('Tab');
    // Past the last control the browser's own buttons have the turn.
    if (await page.evaluate(() => document.activeElement === document.body)) continue;
    const problem = await focusProblem(page);
    if (problem !== undefined) throw new Error(`the focus cannot be seen: ${problem}`);
    if (await hasFocus(target)) return;
  }
  throw new Error(`not reached with Tab: ${target.toString()}`);
}

/** Goes to something with Tab and presses Enter there. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Chooses an option of a select with the arrows, as somebody does who reads them one by one. */
export async function arrowTo(page: Page, select: Locator, option: string): Promise<void> {
  await tabTo(page, select);
  for (let pressed = 0; pressed < 40; pressed += 1) {
    const chosen = await select.evaluate((element: HTMLSelectElement) => element.selectedOptions[0]?.text ?? '');
    if (chosen.startsWith(option)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no option "${option}"`);
}

/** Types a date as people write it. */
export async function typeDate(page: Page, field: Locator, date: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(written(date));
}

/** A civil date as it is typed: `22-11-2026`. */
export function written(date: string): string {
  return date.split('-').toReversed().join('-');
}

export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Why the focus cannot be seen; undefined when it can (WCAG 2.4.7 and 2.4.11). */
export function focusProblem(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing has the focus';
    const name = element.outerHTML.slice(0, 160);
    // Of a checkbox or file field the visible part is what stands beside or around it.
    const parts = [element, element.nextElementSibling, element.parentElement].filter((part) => part !== null);
    const isMarked = (style: CSSStyleDeclaration): boolean =>
      (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    const styles = parts.flatMap((part) => [undefined, '::before', '::after'].map((of) => getComputedStyle(part, of)));
    if (!styles.some(isMarked)) return `no mark around ${name}`;
    const box = element.getBoundingClientRect();
    const spots = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [x, y] as const));
    const isSeen = spots.some(([x, y]) => {
      const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return hit !== null && (element.contains(hit) || hit.contains(element));
    });
    return isSeen ? undefined : `something covers ${name}`;
  });
}
