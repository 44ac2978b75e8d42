import { Injectable } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CivilDate } from '#calendar/civil-date.js';
import { listZrmClients, ZrmClientsInList } from '#contracts/assessment/clients.js';
import { listMatrixVersions, type MatrixVersions } from '#contracts/assessment/matrix.js';
import { getZrmTimeliness, GetZrmTimeliness } from '#contracts/assessment/timeliness.js';
import { listZrmHistory } from '#contracts/assessment/zrm-history.js';
import { IsCivilDateText } from '#contracts/field-rules.js';
import type { Page } from '#contracts/paging.js';
import { Bus } from '#messaging/bus.js';
import { Names } from '../http/names.js';
import { PayloadReader } from '../http/payload-reader.js';
import { type Language, languageOf } from '../http/problem.js';
import type { OwnRoute } from '../http/route.js';
import { type FileFormat, fileFormats, mediaTypes, sendTable } from '../http/table-file.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';
import { clientCells, clientTitles, timelinessLines, zrmLines, zrmTitles } from './zrm-tables.js';

export class ZrmClientsFile extends ZrmClientsInList {
  @IsOptional() @IsIn(fileFormats) format?: FileFormat;
}

export class ZrmTimelinessFile extends GetZrmTimeliness {
  @IsOptional() @IsIn(fileFormats) format?: FileFormat;
}

/** Of ZRMs about a day in the period; all of them when it is not given. */
export class ZrmHistoryFile {
  @IsOptional() @IsCivilDateText() from?: CivilDate;
  @IsOptional() @IsCivilDateText() until?: CivilDate;
  @IsOptional() @IsIn(fileFormats) format?: FileFormat;
}

/** Clients in one question; the bound of a page. */
const CLIENTS_PER_QUESTION = 200;
/** Of whole histories fewer: each client has many lines. */
const HISTORIES_PER_QUESTION = 50;

/** Lists, figures and histories of ZRMs as files (issue "ZRM"): read page by page, each page in the access log. */
@Injectable()
export class ZrmExportsRoute {
  private readonly clientFiles = new PayloadReader(ZrmClientsFile);
  private readonly timelinessFiles = new PayloadReader(ZrmTimelinessFile);
  private readonly historyFiles = new PayloadReader(ZrmHistoryFile);

  constructor(
    private readonly bus: Bus,
    private readonly names: Names,
  ) {}

  operations(): OwnRoute[] {
    const shared = { method: 'GET', tag: 'zrm', produces: `${mediaTypes.csv}, ${mediaTypes.xlsx}` } as const;
    return [
      {
        ...shared,
        path: '/v1/zrm-clients/export',
        parameters: ZrmClientsFile,
        summary: 'One of the lists of clients as a whole, with the same filters, as CSV or XLSX',
        allow: listZrmClients.allow,
        handle: async (request, reply, caller) =>
          caller && this.clients(await this.clientFiles.read(request), request, reply, caller),
      },
      {
        ...shared,
        path: '/v1/zrm-timeliness/export',
        parameters: ZrmTimelinessFile,
        summary: 'The figures of timeliness, as CSV or XLSX',
        allow: getZrmTimeliness.allow,
        handle: async (request, reply, caller) =>
          caller && this.timeliness(await this.timelinessFiles.read(request), request, reply, caller),
      },
      {
        ...shared,
        path: '/v1/zrm-history/export',
        parameters: ZrmHistoryFile,
        summary: 'All ZRMs of the clients of the own institution, a line per domain, as CSV or XLSX',
        allow: listZrmHistory.allow,
        handle: async (request, reply, caller) =>
          caller && this.history(await this.historyFiles.read(request), request, reply, caller),
      },
    ];
  }

  private async clients(
    { format = 'csv', ...query }: ZrmClientsFile,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: SignedInCaller,
  ): Promise<FastifyReply> {
    const [language, versions] = await this.ground(request, caller);
    const ask = async (cursor: string | undefined) => {
      const page = { ...query, limit: CLIENTS_PER_QUESTION, ...(cursor === undefined ? {} : { cursor }) };
      return this.bus.ask(listZrmClients, page, await caller.token(listZrmClients.service));
    };
    const lines = await this.linesOf(ask, caller, clientTitles(language), (client, names) => [
      clientCells(client, names, versions, language),
    ]);
    return sendTable(reply, { name: `zrm-${query.list}`, sheet: 'ZRM', format }, lines);
  }

  private async history(
    { format = 'csv', ...query }: ZrmHistoryFile,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: SignedInCaller,
  ): Promise<FastifyReply> {
    const [language, versions] = await this.ground(request, caller);
    const ask = async (cursor: string | undefined) => {
      const page = { ...query, limit: HISTORIES_PER_QUESTION, ...(cursor === undefined ? {} : { cursor }) };
      return this.bus.ask(listZrmHistory, page, await caller.token(listZrmHistory.service));
    };
    const lines = await this.linesOf(ask, caller, zrmTitles(language), (client, names) =>
      zrmLines(client, names, versions, language),
    );
    return sendTable(reply, { name: 'zrms', sheet: 'ZRM', format }, lines);
  }

  private async timeliness(
    { format = 'csv', ...query }: ZrmTimelinessFile,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: SignedInCaller,
  ): Promise<FastifyReply> {
    const language = languageOf(request.headers['accept-language']);
    const figures = await this.bus.ask(getZrmTimeliness, query, await caller.token(getZrmTimeliness.service));
    const { names } = await this.names.beside(figures, caller);
    const name = `zrm-${query.from}-${query.until}`;
    return sendTable(reply, { name, sheet: 'ZRM', format }, eachOf(timelinessLines(figures, names, language)));
  }

  private async ground(request: FastifyRequest, caller: SignedInCaller): Promise<[Language, MatrixVersions]> {
    const token = await caller.token(listMatrixVersions.service);
    return [languageOf(request.headers['accept-language']), await this.bus.ask(listMatrixVersions, {}, token)];
  }

  /** The first page is asked for before anything is sent, so that a refusal still is one. */
  private async linesOf<T extends object>(
    ask: (cursor: string | undefined) => Promise<Page<T>>,
    caller: SignedInCaller,
    titles: readonly string[],
    cellsOf: (item: T, names: Awaited<ReturnType<Names['beside']>>['names']) => Iterable<readonly string[]>,
  ): Promise<AsyncIterable<readonly string[]>> {
    const first = await ask(undefined);
    const { names } = this;
    return (async function* () {
      yield titles;
      for (let page = first; ; page = await ask(page.nextCursor)) {
        const beside = await names.beside(page, caller);
        for (const item of page.items) yield* cellsOf(item, beside.names);
        if (page.nextCursor === undefined) return;
      }
    })();
  }
}

async function* eachOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
