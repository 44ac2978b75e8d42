import i18next from 'i18next';

import { ApiError, LOCAL_CODES, type ProblemField } from '../api/problem.js';
import { currentLanguage } from '../i18n/index.js';

export interface ProblemText {
  title: string;
  help?: string;
  correlationId?: string;
  fields: ProblemField[];
}

/** The text of a server message that comes in both languages. */
export function inLanguage(text: { nl: string; en: string }): string {
  return currentLanguage() === 'en' ? text.en : text.nl;
}

/** What happened, what was kept and what to do, in the person's language. */
export function describeProblem(error: unknown): ProblemText {
  const t = i18next.getFixedT(null, 'common');
  if (!(error instanceof ApiError)) return { title: t('error.server'), help: t('error.serverHelp'), fields: [] };
  const { problem } = error;
  const reference = problem.correlationId === undefined ? {} : { correlationId: problem.correlationId };
  const known = describeStatus(error);
  if (known !== undefined) return { ...known, ...reference, fields: error.fields };
  // A refusal by the rules carries its own sentence per field, in both languages.
  const [only] = error.fields;
  const title = error.fields.length === 1 && only !== undefined ? inLanguage(only) : (problem.detail ?? problem.title);
  return { title, ...reference, fields: error.fields };
}

function describeStatus(error: ApiError): { title: string; help?: string } | undefined {
  const t = i18next.getFixedT(null, 'common');
  if (error.problem.code === LOCAL_CODES.unreachable) {
    return { title: t('error.unreachable'), help: t('error.unreachableHelp') };
  }
  if (error.isStale) return { title: t('error.stale'), help: t('error.staleHelp') };
  if (error.status === 403 && error.fields.length === 0)
    return { title: t('error.forbidden'), help: t('error.forbiddenHelp') };
  if (error.status === 404 && error.fields.length === 0) return { title: t('error.missing') };
  if (error.status === 429) return { title: t('error.tooMany') };
  if (error.status >= 500) return { title: t('error.server'), help: t('error.serverHelp') };
  return undefined;
}
