import { demoAccessToken } from '../../deploy/local/issuer/access-token.ts';
import type { Api } from '../../examples/api.ts';
import type { TestSystem } from '../../libs/testing/src/system.ts';
import { DescribedApi } from './described-api.ts';
import { Door } from './door.ts';

/** Signs demo persons and systems in, each once. */
export interface SignIn {
  /** The interface as they use it: JSON in and out, a refusal is thrown, and each answer is as it is described. */
  readonly as: (name: string) => Promise<Api>;
  /** The same, request by request, with every answer as it came. */
  readonly doorOf: (name: string) => Promise<Door>;
  /** Their access token. */
  readonly tokenOf: (name: string) => Promise<string>;
}

/** Gives tokens of demo persons, one per person. */
export function signInto(system: TestSystem): SignIn {
  const tokens = new Map<string, Promise<string>>();
  const source = { issuer: system.issuerUrl, clientSecret: system.settings.secrets.oidcClientSecret };
  const tokenOf = (name: string): Promise<string> => {
    const token = tokens.get(name) ?? demoAccessToken(name, source);
    tokens.set(name, token);
    return token;
  };
  const logOf = (correlationId: string): string[] =>
    system.serviceNames
      .flatMap((name) => system.part(name).lines.map((line) => `${name}: ${line}`))
      .filter((line) => line.includes(correlationId));
  return {
    tokenOf,
    as: async (name) => new DescribedApi(system.publicUrl, await tokenOf(name), logOf),
    doorOf: async (name) => new Door(system.publicUrl, await tokenOf(name)),
  };
}
