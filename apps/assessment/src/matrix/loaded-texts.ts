import { readFileSync } from 'node:fs';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import { decodeText } from '#imports/table/decode-text.js';
import { UnreadableFile } from '#imports/table/table.js';
import { readOfficialTexts } from './official-texts.js';

/**
 * The versions with the official cell texts of a deployer's files (`ZRM_TEXTS`: `<version>=<path>`, commas between).
 * @throws Error with one line that says which file is wrong, where and why: the service does not start
 */
export function withOfficialTexts(
  versions: readonly MatrixVersion[],
  files: string | undefined,
): readonly MatrixVersion[] {
  const loaded = new Map<string, MatrixVersion>();
  for (const file of files === undefined || files === '' ? [] : files.split(',')) {
    const [code = '', path = ''] = file.split('=');
    const version = versions.find((known) => known.code === code.trim());
    if (version === undefined) {
      const known = versions.map((one) => one.code).join(', ');
      throw new Error(`Configuration is wrong: ZRM_TEXTS names version ${code.trim()}; there are ${known}`);
    }
    loaded.set(version.code, textsOf(version, path.trim()));
  }
  return versions.map((version) => loaded.get(version.code) ?? version);
}

function textsOf(version: MatrixVersion, path: string): MatrixVersion {
  const form = /\.json$/i.test(path) ? 'json' : 'csv';
  const read = readOfficialTexts(contentOf(path), form, version);
  if (read.outcome === 'read') return read.version;
  const [{ row, path: column, en }, ...others] = read.problems;
  const place = [...(row === 0 ? [] : [`row ${row}`]), ...(column === '' ? [] : [column])].join(', ');
  const where = place === '' ? '' : ` (${place})`;
  const more = others.length === 0 ? '' : ` And ${others.length} more.`;
  throw new Error(`Configuration is wrong: ZRM_TEXTS, ${path}${where}: ${en}${more}`);
}

function contentOf(path: string): string {
  const bytes = bytesOf(path);
  try {
    // A spreadsheet may write another encoding; whatever does not fit would become question marks on every form.
    return decodeText(bytes).text;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const [{ en }] = error.problems;
    throw new Error(`Configuration is wrong: ZRM_TEXTS, ${path}: ${en}`, { cause: error });
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`Configuration is wrong: ZRM_TEXTS names a file that cannot be read: ${path}`, { cause: error });
  }
}
