import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FieldProblem, Refusal, type RefusalStatus } from '#contracts/refusal.js';
import { correlationIdOf } from './request-state.js';

export type Language = 'nl' | 'en';

/** The one error shape of the interface (RFC 9457, design.md §4). */
export interface Problem {
  /** Stable: `urn:nld:doorstroom:problem:<code>`. */
  type: string;
  /** What kind of problem, in the asker's language. */
  title: string;
  status: number;
  /** Stable code, for programs. */
  code: string;
  /** What is wrong and what can be done, in the asker's language. */
  detail: string;
  /** To pass on to the operator. */
  correlationId: string;
  /** Per field, in both languages. */
  errors?: readonly FieldProblem[];
}

const titles: Record<RefusalStatus, Record<Language, string>> = {
  400: { nl: 'De invoer klopt niet', en: 'The input is not right' },
  401: { nl: 'Niet ingelogd', en: 'Not signed in' },
  403: { nl: 'Niet toegestaan', en: 'Not permitted' },
  404: { nl: 'Niet gevonden', en: 'Not found' },
  405: { nl: 'Dit kan hier niet', en: 'Not possible here' },
  409: { nl: 'Dit botst met wat er al is', en: 'This conflicts with what is there' },
  412: { nl: 'Intussen gewijzigd', en: 'Changed meanwhile' },
  413: { nl: 'Te groot', en: 'Too large' },
  415: { nl: 'Soort inhoud niet mogelijk', en: 'Kind of content not possible' },
  422: { nl: 'De regels laten dit niet toe', en: 'The rules do not allow this' },
  429: { nl: 'Te veel verzoeken', en: 'Too many requests' },
  500: { nl: 'Er ging iets mis', en: 'Something went wrong' },
  503: { nl: 'Even niet bereikbaar', en: 'Not available just now' },
};

/** The language in which an asker reads, from `Accept-Language`; Dutch unless English is preferred. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: 'nl', quality: 0 };
  for (const part of (acceptLanguage ?? '').split(',')) {
    const [, language, quality = '1'] = /^\s*(nl|en)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(part) ?? [];
    if (language === undefined || Number(quality) <= best.quality) continue;
    best = { language: language.toLowerCase() === 'en' ? 'en' : 'nl', quality: Number(quality) };
  }
  return best.language;
}

/** A refusal as problem+json. */
export function problemOf(refusal: Refusal, language: Language, correlationId: string): Problem {
  return {
    type: `urn:nld:doorstroom:problem:${refusal.code}`,
    title: titles[refusal.status][language],
    status: refusal.status,
    code: refusal.code,
    detail: refusal.messages[language],
    correlationId,
    ...(refusal.fields.length > 0 ? { errors: refusal.fields } : {}),
  };
}

/** Answers a refusal. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  if (refusal.status === 401) reply.header('www-authenticate', challenge(refusal.code));
  // Nothing of a refused request may be kept by a cache on the way.
  return reply
    .code(refusal.status)
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(problemOf(refusal, language, correlationIdOf(request)));
}

function challenge(code: string): string {
  return code === 'token-invalid' ? 'Bearer realm="doorstroom", error="invalid_token"' : 'Bearer realm="doorstroom"';
}
