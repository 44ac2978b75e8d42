import { PassThrough, Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import ExcelJS from 'exceljs';
import type { FastifyReply } from 'fastify';
import { BYTE_ORDER_MARK, csvLine } from './safe-cells.js';

/** Tables that people take along: CSV as Dutch spreadsheets read it, or XLSX. */
export const fileFormats = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];

export const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<FileFormat, string>;

/** A file to send; `name` without its ending, and without anything about a person. */
export interface FileToSend {
  readonly name: string;
  readonly format: FileFormat;
}

const logger = new Logger('table-file');

/** Sends a table line by line while it is read, so that a long one does not fill the memory. */
export function sendTable(
  reply: FastifyReply,
  file: FileToSend & { readonly sheet: string },
  lines: AsyncIterable<readonly string[]>,
): FastifyReply {
  return sendFile(reply, file, file.format === 'csv' ? csvOf(lines) : workbookOf(file.sheet, lines));
}

/** Sends a file as something to keep. */
export function sendFile(
  reply: FastifyReply,
  { name, format }: FileToSend,
  content: string | Buffer | Readable,
): FastifyReply {
  return reply
    .type(mediaTypes[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(content);
}

function csvOf(lines: AsyncIterable<readonly string[]>): Readable {
  return Readable.from(
    (async function* () {
      yield BYTE_ORDER_MARK;
      for await (const cells of lines) yield csvLine(cells);
    })(),
  );
}

/** Texts stay texts in it: a spreadsheet takes none of them for a formula. */
function workbookOf(name: string, lines: AsyncIterable<readonly string[]>): Readable {
  const stream = new PassThrough();
  const write = async () => {
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream });
    const sheet = book.addWorksheet(name);
    for await (const cells of lines) sheet.addRow([...cells]).commit();
    sheet.commit();
    await book.commit();
  };
  write().catch((error: unknown) => {
    logger.warn(`${name}: ${String(error)}`);
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return stream;
}
