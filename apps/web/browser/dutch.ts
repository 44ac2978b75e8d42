import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as codeLabels from '../../../libs/contracts/src/code-labels.ts';

interface Text {
  readonly nl: string;
  readonly en: string;
}

type Messages = { readonly [key: string]: string | Messages };

const SOURCE = join(import.meta.dirname, '../src');

/** Finds Dutch texts of the app on a page that should be English. */
export class DutchFinder {
  /** Texts without values in them. */
  readonly #texts: ReadonlySet<string>;
  readonly #patterns: readonly RegExp[];

  private constructor(texts: readonly Text[]) {
    const english = new Set(texts.map(({ en }) => en.toLowerCase()));
    const dutch = texts.map(({ nl }) => nl).filter((nl) => !english.has(nl.toLowerCase()));
    this.#texts = new Set(dutch.filter((nl) => !nl.includes('{{')).map((nl) => nl.toLowerCase()));
    this.#patterns = dutch.filter((nl) => nl.includes('{{')).flatMap((nl) => patternOf(nl) ?? []);
  }

  /** Reads the catalogues of all features, and the names of codes. */
  static async read(): Promise<DutchFinder> {
    const features = readdirSync(join(SOURCE, 'features')).map((name) => join('features', name));
    const folders = [join('i18n', 'common'), ...features];
    const texts: Text[] = [];
    for (const folder of folders) {
      const load = async (language: string): Promise<Messages> => {
        const file = (await import(join(SOURCE, folder, `messages.${language}.ts`))) as { default: Messages };
        return file.default;
      };
      const [nl, en] = [leavesOf(await load('nl')), leavesOf(await load('en'))];
      for (const [key, text] of nl) texts.push({ nl: text, en: en.get(key) ?? '' });
    }
    for (const labels of Object.values(codeLabels)) texts.push(...Object.values<Text>(labels));
    return new DutchFinder(texts);
  }

  /** How many texts it knows. */
  get size(): number {
    return this.#texts.size + this.#patterns.length;
  }

  /** What is Dutch on the page: in the text, in names for screen readers, in hints. */
  async on(page: Page): Promise<string[]> {
    return (await shown(page)).filter(
      (text) => this.#texts.has(text.toLowerCase()) || this.#patterns.some((pattern) => pattern.test(text)),
    );
  }
}

function leavesOf(messages: Messages, path = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]): (readonly [string, string])[] =>
      typeof value === 'string' ? [[`${path}.${key}`, value]] : [...leavesOf(value, `${path}.${key}`)],
    ),
  );
}

/** A text with values as a pattern; undefined when so little of it is fixed that anything would match. */
function patternOf(text: string): RegExp | undefined {
  const fixed = text.split(/\{\{.*?\}\}/);
  if (fixed.join('').replaceAll(/[^a-z]/gi, '').length < 6) return undefined;
  return new RegExp(`^${fixed.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`, 'i');
}

function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const add = (text: string | null): void => {
      const clean = text?.replaceAll(/\s+/g, ' ').trim() ?? '';
      if (clean !== '') texts.add(clean);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) add(walker.currentNode.textContent);
    // Sentences are put together of parts by React; a paragraph as a whole is the sentence.
    for (const element of document.querySelectorAll('p, button, a, label, h1, h2, h3, th, td, option, li')) {
      add(element.textContent);
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) add(element.getAttribute(name));
    }
    add(document.title.split(' · ')[0] ?? '');
    return [...texts];
  });
}
