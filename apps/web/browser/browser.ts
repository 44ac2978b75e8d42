import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../deploy/local/chromium.ts';
import { attend } from './senses.ts';

/** Debian's Chromium, headless. As root it needs --no-sandbox; the others keep it from calling home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A real browser and the people who use the system in it. */
export class People {
  readonly #browser: Browser;
  readonly #baseUrl: string;
  /** Sessions by person: who has signed in once opens another window without doing so again. */
  readonly #sessions = new Map<string, StorageState>();

  private constructor(browser: Browser, baseUrl: string) {
    this.#browser = browser;
    this.#baseUrl = baseUrl;
  }

  static async open(baseUrl: string): Promise<People> {
    const executablePath = await findChromium(() => undefined);
    if (executablePath === undefined) throw new Error('no Chromium; npm test installs one or says how');
    const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
    return new People(browser, baseUrl);
  }

  /** A browser window of somebody who has not signed in, unless a session is brought. */
  window(width = 1280, session?: StorageState): Promise<BrowserContext> {
    return this.#browser.newContext({
      ...(session === undefined ? {} : { storageState: session }),
      baseURL: this.#baseUrl,
      locale: 'nl-NL',
      timezoneId: 'Europe/Amsterdam',
      viewport: { width, height: 860 },
      reducedMotion: 'reduce',
    });
  }

  /** Signs a demo person (by key) in, in a browser window of their own, and opens a page of the app. */
  async signIn(key: string, path = '/', width = 1280): Promise<Page> {
    const context = await this.window(width);
    await attend(context);
    const page = await context.newPage();
    await page.goto(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`);
    await page.locator(`button[name="person"][value="${key}"]`).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  /** Comes in by the front door, without having asked for a page, and signs in. */
  async arrive(key: string): Promise<Page> {
    const page = await (await this.window()).newPage();
    await page.goto('/');
    await page.locator('a[href^="/auth/sign-in"]').click();
    await page.locator(`button[name="person"][value="${key}"]`).click();
    await page.locator('.d-frame h1').waitFor();
    return page;
  }

  /** Opens a page in a new window of somebody who has signed in before; signs in the first time. Do not sign out in it. */
  async pageOf(key: string, path = '/'): Promise<Page> {
    const session = this.#sessions.get(key);
    if (session === undefined) {
      const first = await this.signIn(key, path);
      this.#sessions.set(key, await first.context().storageState());
      return first;
    }
    const context = await this.window(undefined, session);
    await attend(context);
    const page = await context.newPage();
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Waits until the page shows what it has: a heading, nothing loading, and no change of that for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isReady = document.querySelector('h1') !== null && document.querySelector('.d-loading') === null;
    const since = Number(document.documentElement.dataset['readySince'] ?? Number.NaN);
    const now = performance.now();
    if (!isReady || Number.isNaN(since) || since > now) document.documentElement.dataset['readySince'] = String(now);
    return isReady && now - since > 400;
  });
}

/** What WCAG 2.2 AA is broken by on the page, as text; empty when nothing is. */
export async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  // No page of ours has frames, so that axe need not put its findings together in a page of its own; what passed is not
  // asked for. Both make it several times as quick.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations: found } = await axe.withTags(tags).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** How far the page can be scrolled sideways, in pixels. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
