import { Injectable } from '@nestjs/common';
import ExcelJS from 'exceljs';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ImportRequests } from '#contracts/imports/import-requests.js';
import { ImportById, type ImportKind, type ImportRow } from '#contracts/imports/imports.js';
import type { Page } from '#contracts/paging.js';
import { Bus } from '#messaging/bus.js';
import { PayloadReader } from '../http/payload-reader.js';
import { type Language, languageOf } from '../http/problem.js';
import type { OwnRoute } from '../http/route.js';
import { BYTE_ORDER_MARK, csvLine } from '../http/safe-cells.js';
import { type FileFormat, fileFormats, mediaTypes, sendFile, sendTable } from '../http/table-file.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';
import { allKinds, columnsOf, type ImportDoor, importDoors } from './import-doors.js';
import { reportCells, reportTitles } from './report.js';

export class ImportReport extends ImportById {
  @IsOptional() @IsIn(fileFormats) format?: FileFormat;
}

export class ImportTemplate {
  @IsIn(allKinds) kind: ImportKind;
  @IsOptional() @IsIn(fileFormats) format?: FileFormat;
}

const ROWS_PER_QUESTION = 200;

/** Files to download: the report of an import, and empty files to fill in. */
@Injectable()
export class DownloadsRoute {
  private readonly reports = new PayloadReader(ImportReport);
  private readonly templates = new PayloadReader(ImportTemplate);

  constructor(private readonly bus: Bus) {}

  operations(): OwnRoute[] {
    const shared = { method: 'GET', tag: 'imports', produces: `${mediaTypes.csv}, ${mediaTypes.xlsx}` } as const;
    return [
      ...importDoors.map((door): OwnRoute => ({
        ...shared,
        path: `${door.path}/{importId}/report`,
        parameters: ImportReport,
        summary: 'Every row with what became of it and why, in your language, as CSV or XLSX',
        allow: door.requests.rows.allow,
        handle: async (request, reply, caller) =>
          caller && this.report(door, await this.reports.read(request), request, reply, caller),
      })),
      {
        ...shared,
        path: '/v1/import-templates/{kind}',
        parameters: ImportTemplate,
        summary: 'An empty file with the columns of a kind of import, as CSV or XLSX',
        allow: [...new Set(importDoors.flatMap(({ requests }) => requests.rows.allow))],
        handle: async (request, reply) => this.template(await this.templates.read(request), request, reply),
      },
    ];
  }

  private async report(
    { requests }: ImportDoor,
    { importId, format = 'csv' }: ImportReport,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: SignedInCaller,
  ): Promise<FastifyReply> {
    const language = languageOf(request.headers['accept-language']);
    const { kind } = await this.bus.ask(requests.get, { importId }, await caller.token(requests.get.service));
    // The first rows are asked for before anything is sent, so that a refusal still is one.
    const first = await this.page(requests, importId, undefined, caller);
    const lines = this.lines(requests, importId, kind, language, first, caller);
    return sendTable(reply, { name: `import-${importId}`, sheet: 'Import', format }, lines);
  }

  private async *lines(
    requests: ImportRequests,
    importId: string,
    kind: ImportKind,
    language: Language,
    first: Page<ImportRow>,
    caller: SignedInCaller,
  ): AsyncGenerator<string[]> {
    yield reportTitles(kind, language);
    for (let page = first; ; page = await this.page(requests, importId, page.nextCursor, caller)) {
      for (const row of page.items) yield reportCells(kind, row, language);
      if (page.nextCursor === undefined) return;
    }
  }

  private async page(
    { rows }: ImportRequests,
    importId: string,
    cursor: string | undefined,
    caller: SignedInCaller,
  ): Promise<Page<ImportRow>> {
    const query = { importId, limit: ROWS_PER_QUESTION, ...(cursor === undefined ? {} : { cursor }) };
    return this.bus.ask(rows, query, await caller.token(rows.service));
  }

  private async template(
    { kind, format = 'csv' }: ImportTemplate,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const columns = columnsOf(kind).filter(({ isSeldom }) => isSeldom !== true);
    const titles = columns.map(({ name }) => name);
    if (format === 'csv') return sendFile(reply, { name: kind, format }, `${BYTE_ORDER_MARK}${csvLine(titles)}`);
    const language = languageOf(request.headers['accept-language']);
    const book = new ExcelJS.Workbook();
    book.addWorksheet(kind).addRow(titles);
    const help = book.addWorksheet(language === 'nl' ? 'Uitleg' : 'Help');
    help.addRow(
      language === 'nl'
        ? ['kolom', 'verplicht', 'wat', 'voorbeeld', 'mogelijke waarden']
        : ['column', 'required', 'what', 'example', 'possible values'],
    );
    const yes = language === 'nl' ? 'ja' : 'yes';
    for (const { name, required, about, example, values } of columns) {
      const allowed = Object.values(values ?? {}).map((label) => label[language]);
      help.addRow([name, required ? yes : '', about[language], example, allowed.join(', ')]);
    }
    return sendFile(reply, { name: kind, format }, Buffer.from(await book.xlsx.writeBuffer()));
  }
}
