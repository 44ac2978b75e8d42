import type { Label } from '#contracts/code-labels.js';
import { zrmLevels } from '#contracts/assessment/codes.js';
import { fieldProblem } from '#contracts/refusal.js';
import type { FieldProblem } from '#contracts/refusal.js';
import { keyOfName } from './matrix-version.js';
import type { MatrixDomain, MatrixVersion, PerLevel, TextSource } from '#contracts/assessment/matrix.js';

/** Data that is a version of the ZRM, or everything that is wrong with it. */
export type CheckedVersion =
  | { readonly outcome: 'valid'; readonly version: MatrixVersion }
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] };

const kinds: readonly MatrixVersion['kind'][] = ['core', 'supplement'];
const sources: readonly TextSource[] = ['unofficial', 'official'];
const codeForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Checks data of a version, whatever it is: five levels, domains with a unique code and name, a text in two languages in
 * every cell (domain.md §4). Names every problem with its path, not only the first.
 */
export function checkVersion(data: unknown): CheckedVersion {
  const reader = new Reader();
  const version = reader.version(data);
  return version === undefined || reader.problems.length > 0
    ? { outcome: 'invalid', problems: reader.problems }
    : { outcome: 'valid', version };
}

type Fields = Readonly<Record<string, unknown>>;

class Reader {
  readonly problems: FieldProblem[] = [];

  version(data: unknown): MatrixVersion | undefined {
    const fields = this.fields('', data);
    if (fields === undefined) return undefined;
    const code = this.code('code', fields['code']);
    const kind = this.oneOf('kind', fields['kind'], kinds);
    const name = this.label('name', fields['name']);
    const texts = this.oneOf('texts', fields['texts'], sources);
    const levels = this.perLevel('levels', fields['levels']);
    const domains = this.domains(fields['domains']);
    if (!code || !kind || !name || !texts || !levels || !domains) return undefined;
    return { code, kind, name, texts, levels, domains };
  }

  private domains(data: unknown): readonly MatrixDomain[] | undefined {
    if (!Array.isArray(data) || data.length === 0) {
      this.problems.push(fieldProblem('domains', 'field-required'));
      return undefined;
    }
    const domains = data.map((item: unknown, index) => this.domain(`domains[${String(index)}]`, item));
    this.twice(domains);
    return domains.every((domain) => domain !== undefined) ? domains : undefined;
  }

  private domain(path: string, data: unknown): MatrixDomain | undefined {
    const fields = this.fields(path, data);
    if (fields === undefined) return undefined;
    const code = this.code(`${path}.code`, fields['code']);
    const name = this.label(`${path}.name`, fields['name']);
    const cells = this.perLevel(`${path}.cells`, fields['cells']);
    return code && name && cells ? { code, name, cells } : undefined;
  }

  private twice(domains: readonly (MatrixDomain | undefined)[]): void {
    const [codes, names] = [new Set<string>(), new Set<string>()];
    for (const [index, domain] of domains.entries()) {
      if (domain === undefined) continue;
      const path = `domains[${String(index)}]`;
      if (codes.has(domain.code)) {
        this.problems.push(fieldProblem(`${path}.code`, 'zrm-code-twice', { code: domain.code }));
      }
      codes.add(domain.code);
      for (const language of ['nl', 'en'] as const) {
        const key = `${language}:${keyOfName(domain.name[language])}`;
        if (names.has(key)) {
          const params = { name: domain.name[language] };
          this.problems.push(fieldProblem(`${path}.name.${language}`, 'zrm-name-twice', params));
        }
        names.add(key);
      }
    }
  }

  private perLevel(path: string, data: unknown): PerLevel<Label> | undefined {
    const fields = this.fields(path, data);
    if (fields === undefined) return undefined;
    if (Object.keys(fields).join() !== zrmLevels.join()) {
      this.problems.push(fieldProblem(path, 'zrm-levels-not-five'));
      return undefined;
    }
    const [one, two, three, four, five] = zrmLevels.map((level) => this.label(`${path}.${level}`, fields[level]));
    return one && two && three && four && five ? { 1: one, 2: two, 3: three, 4: four, 5: five } : undefined;
  }

  private label(path: string, data: unknown): Label | undefined {
    const fields = this.fields(path, data);
    if (fields === undefined) return undefined;
    const [nl, en] = [this.text(`${path}.nl`, fields['nl']), this.text(`${path}.en`, fields['en'])];
    return nl && en ? { nl, en } : undefined;
  }

  private code(path: string, data: unknown): string | undefined {
    const text = this.text(path, data);
    if (text === undefined || codeForm.test(text)) return text;
    this.problems.push(fieldProblem(path, 'zrm-code-form'));
    return undefined;
  }

  private text(path: string, data: unknown): string | undefined {
    if (typeof data === 'string' && data.trim() !== '') return data;
    this.problems.push(fieldProblem(path, 'field-required'));
    return undefined;
  }

  private oneOf<T extends string>(path: string, data: unknown, allowed: readonly T[]): T | undefined {
    const found = allowed.find((value) => value === data);
    if (found === undefined) this.problems.push(fieldProblem(path, 'code-unknown', { allowed: allowed.join(', ') }));
    return found;
  }

  private fields(path: string, data: unknown): Fields | undefined {
    if (isFields(data)) return data;
    this.problems.push(fieldProblem(path, 'field-required'));
    return undefined;
  }
}

function isFields(data: unknown): data is Fields {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
