import { waitFor } from '../../libs/testing/src/wait-for.ts';
import type { ImportKind, ImportRow, ImportSummary } from '../../libs/contracts/src/imports/imports.ts';
import type { Api } from '../../examples/api.ts';
import type { Answer, Door } from './door.ts';

/** Where files of places, clients and stays go in; ZRMs have a door of their own, with the same operations. */
const IMPORTS = '/v1/imports';
export const ZRM_IMPORTS = '/v1/zrm-imports';

/** A CSV file as Dutch Excel writes one. */
export function csv(columns: readonly string[], ...rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(`\uFEFF${[columns, ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`);
}

export const PLACE_COLUMNS =
  'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering;open_vanaf;gesloten_vanaf'.split(';');
export const CLIENT_COLUMNS = 'clientnummer;voornamen;achternaam;geboortedatum;bsn'.split(';');
export const STAY_COLUMNS = 'regelnummer;clientnummer;plekcode;soort;van;tot;verlofreden;vertrekreden;bestemming'.split(
  ';',
);

/** As people in the Netherlands write a date: `3-11-2026`. */
export function dutch(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)}-${Number(month)}-${year}`;
}

/** Sends a file as a browser's form does. */
export function uploadForm(kind: ImportKind | undefined, content: Buffer, name = 'export.csv'): FormData {
  const form = new FormData();
  if (kind !== undefined) form.append('kind', kind);
  form.append('file', new Blob([new Uint8Array(content)]), name);
  return form;
}

/** Uploads and gives whatever the door answers. */
export function sendFile(
  door: Door,
  kind: ImportKind | undefined,
  content: Buffer,
  key?: string,
  path = IMPORTS,
): Promise<Answer> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return door.send(path, { method: 'POST', body: uploadForm(kind, content), headers });
}

/** Waits until an import was read, or failed. */
export function previewed(api: Api, importId: string, path = IMPORTS): Promise<ImportSummary> {
  return reaches(api, `${path}/${importId}`, ['previewed', 'failed']);
}

/** Carries a previewed import out and waits for the end. */
export async function carriedOut(api: Api, importId: string, path = IMPORTS): Promise<ImportSummary> {
  await api.post(`${path}/${importId}/commit`, {});
  return reaches(api, `${path}/${importId}`, ['completed', 'failed']);
}

export function rowsOf(api: Api, importId: string, path = IMPORTS): Promise<ImportRow[]> {
  return api.all<ImportRow>(`${path}/${importId}/rows`);
}

function reaches(api: Api, address: string, states: readonly string[]): Promise<ImportSummary> {
  return waitFor(
    async () => {
      const now = await api.get<ImportSummary>(address);
      return states.includes(now.state) ? now : undefined;
    },
    { timeout: 60_000, interval: 100, what: `an import that is ${states.join(' or ')}` },
  );
}
