import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { repositoryRoot } from '../../deploy/local/paths.ts';
import { Api, ApiError } from '../../examples/api.ts';

interface Described {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Content }> } | undefined>>;
  readonly components: object;
}
type Content = Record<string, { schema: object }>;

const document = JSON.parse(readFileSync(join(repositoryRoot, 'docs/api/openapi.json'), 'utf8')) as Described;
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<object, ValidateFunction>();
/** Fixed paths before those with a parameter: `/v1/meldingen/counts` is no melding. */
const templates = Object.keys(document.paths)
  .sort((one, other) => one.split('{').length - other.split('{').length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));

/**
 * The interface as people and systems use it, where every JSON answer, also a refusal, must fit what the OpenAPI
 * document says of it. Journeys go through it, so that the document cannot say other things than the system does.
 */
export class DescribedApi extends Api {
  readonly #logOf: (correlationId: string) => readonly string[];

  /** @param logOf what the services wrote about a request: an error of ours says nothing of the inside by itself */
  constructor(base: string, token: string, logOf: (correlationId: string) => readonly string[]) {
    super(base, token);
    this.#logOf = logOf;
  }

  override async send<T>(...request: Parameters<Api['send']>): Promise<T> {
    const [method, path] = request;
    try {
      const answer = await super.send<T>(...request);
      if (answer !== undefined) mustFit(`${method} ${path}`, successOf(method, path), answer);
      return answer;
    } catch (error) {
      if (error instanceof ApiError) {
        mustFit(`${method} ${path}: ${error.status}`, PROBLEM, error.body);
        if (error.status === 500) error.message += ['', ...this.#logOf(referenceIn(error.body))].join('\n');
      }
      throw error;
    }
  }
}

function referenceIn(problem: unknown): string {
  const { correlationId } = problem as { correlationId: string };
  return correlationId;
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** The schema of the JSON that an operation gives. @throws Error when the document does not know the operation */
function successOf(method: string, path: string): object | undefined {
  const plain = path.replace(/\?.*$/, '');
  const template = templates.find(({ pattern }) => pattern.test(plain));
  const operation = template && document.paths[template.path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${method} ${plain} is not described`);
  const [, success] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
  return success?.content?.['application/json']?.schema;
}

function mustFit(what: string, schema: object | undefined, value: unknown): void {
  if (schema === undefined) return;
  const validate = compiled.get(schema) ?? ajv.compile({ ...schema, components: document.components });
  compiled.set(schema, validate);
  if (validate(value)) return;
  const problems = (validate.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  throw new Error(`${what} answers other than described: ${problems.join('; ')}`);
}
