import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '#contracts/audit/access-logged.js';
import '#contracts/registration/facts.js';
import { allFacts } from '#contracts/fact.js';
import { repositoryRoot } from '../local/paths.ts';
import { asyncApiOf } from './asyncapi.ts';
import { eventsPage } from './events-page.ts';

/** What is generated from the contracts: path from the top of the repository, and text. */
export function catalogue(): Record<string, string> {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
  const facts = allFacts();
  const asyncApi = asyncApiOf(facts, version);
  return {
    'docs/api/asyncapi.json': `${JSON.stringify(asyncApi, undefined, 2)}\n`,
    'docs/events.md': eventsPage(facts, asyncApi),
  };
}
