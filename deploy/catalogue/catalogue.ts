import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import '#contracts/assessment/due-facts.js';
import '#contracts/assessment/facts.js';
import '#contracts/audit/access-logged.js';
import '#contracts/registration/facts.js';
import { allFacts } from '#contracts/fact.js';
import { ownRoutesOf } from '#gateway/own-routes.js';
import { allRoutes } from '#gateway/routes/index.js';
import { repositoryRoot } from '../local/paths.ts';
import { asyncApiOf } from './asyncapi.ts';
import { eventsPage } from './events-page.ts';
import { openApiOf } from './openapi.ts';

/** What is generated from the contracts: path from the top of the repository, and text. */
export function catalogue(): Record<string, string> {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
  const facts = allFacts();
  const asyncApi = asyncApiOf(facts, version);
  const openApi = openApiOf(allRoutes, ownRoutesOf(undescribed), version);
  return {
    'docs/api/openapi.json': `${JSON.stringify(openApi, undefined, 2)}\n`,
    'docs/api/asyncapi.json': `${JSON.stringify(asyncApi, undefined, 2)}\n`,
    'docs/events.md': eventsPage(facts, asyncApi),
  };
}

/** What answers an operation, without what it needs to answer: its description needs none of that. */
function undescribed<T>(type: Type<T>): T {
  return Object.create(type.prototype as object) as T;
}
