import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ImportRequests } from '#contracts/imports/import-requests.js';
import {
  IMPORT_CHUNK_BYTES,
  type ImportKind,
  type ImportSummary,
  MAX_IMPORT_BYTES,
} from '#contracts/imports/imports.js';
import { fieldProblem, Refusal } from '#contracts/refusal.js';
import { Bus } from '#messaging/bus.js';
import type { OwnRoute } from '../http/route.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';
import { looksReadable, partsOf } from './file-parts.js';
import { type ImportDoor, importDoors } from './import-doors.js';

const LIMIT_TEXT = `${String(MAX_IMPORT_BYTES / (1024 * 1024))} MB`;

/**
 * `POST /v1/imports` and the like: a file as multipart/form-data with the field `kind` before the field `file`. It goes to the service
 * in parts as it comes in, so that the gateway never holds a whole file.
 */
@Injectable()
export class UploadRoute {
  constructor(private readonly bus: Bus) {}

  operations(): OwnRoute[] {
    return importDoors.map((door) => this.operation(door));
  }

  private operation(door: ImportDoor): OwnRoute {
    return {
      method: 'POST',
      path: door.path,
      tag: 'imports',
      summary: `Send a file of ${door.what} (CSV or XLSX, at most 25 MB); its preview is made next`,
      allow: door.requests.start.allow,
      replies: 'ImportSummary',
      accepts: {
        'multipart/form-data': {
          type: 'object',
          required: ['kind', 'file'],
          properties: {
            kind: { type: 'string', enum: door.kinds },
            file: { type: 'string', contentMediaType: 'application/octet-stream' },
          },
        },
      },
      // Only for the text of the refusal: a file is measured as it comes in.
      bodyLimit: MAX_IMPORT_BYTES,
      handle: (request, reply, caller) => caller && this.upload(door, request, reply, caller),
    };
  }

  private async upload(
    door: ImportDoor,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: SignedInCaller,
  ): Promise<ImportSummary> {
    if (!request.isMultipart()) {
      throw Refusal.of('media-type-unsupported', { params: { allowed: 'multipart/form-data' } });
    }
    let kind: string | undefined;
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.fieldname === 'kind' && typeof part.value === 'string') kind = part.value;
        continue;
      }
      const summary = await this.receive(door, part, kindOf(kind, door.kinds), keyOf(request), caller);
      reply.code(201).header('location', `${door.path}/${summary.importId}`);
      return summary;
    }
    throw Refusal.ofFields([fieldProblem('file', 'field-required')]);
  }

  private async receive(
    door: ImportDoor,
    file: MultipartFile,
    kind: ImportKind,
    idempotencyKey: string | undefined,
    caller: SignedInCaller,
  ): Promise<ImportSummary> {
    const parts = partsOf(file.file, IMPORT_CHUNK_BYTES);
    const first = await parts.next();
    if (first.done === true) throw Refusal.of('file-empty', { fields: ['file'] });
    if (!looksReadable(first.value)) throw Refusal.of('file-format-unreadable', { fields: ['file'] });
    const fileName = file.filename.replace(/^.*[/\\]/, '').slice(0, 200) || 'import';
    const command = { kind, fileName, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    const { start } = door.requests;
    const started = await this.bus.ask(start, command, await caller.token(start.service));
    return this.send(door, started, first.value, parts, file, caller);
  }

  private async send(
    { requests }: ImportDoor,
    { importId, state }: ImportSummary,
    first: Buffer,
    rest: AsyncGenerator<Buffer>,
    file: MultipartFile,
    caller: SignedInCaller,
  ): Promise<ImportSummary> {
    const hash = createHash('sha256');
    let size = 0;
    let index = 0;
    const take = async (part: Buffer) => {
      hash.update(part);
      size += part.length;
      const data = part.toString('base64');
      // An import that was finished before only compares: is this the same file?
      if (state === 'uploading') {
        const { append } = requests;
        await this.bus.ask(append, { importId, index, data }, await caller.token(append.service));
      }
      index += 1;
    };
    await take(first);
    for await (const part of rest) await take(part);
    if (file.file.truncated) {
      if (state === 'uploading') await this.giveUp(requests, importId, caller);
      throw Refusal.of('body-too-large', { params: { max: LIMIT_TEXT }, fields: ['file'] });
    }
    const command = { importId, size, sha256: hash.digest('hex') };
    return this.bus.ask(requests.finish, command, await caller.token(requests.finish.service));
  }

  /** A file that is too large will not come again; one that broke off may, under the same key. */
  private async giveUp({ cancel }: ImportRequests, importId: string, caller: SignedInCaller): Promise<void> {
    try {
      await this.bus.ask(cancel, { importId }, await caller.token(cancel.service));
    } catch (error) {
      // The service deletes unfinished uploads by itself after a day; the first error is the one to tell.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

function kindOf(text: string | undefined, kinds: readonly ImportKind[]): ImportKind {
  const known = kinds.find((kind) => kind === text);
  if (known !== undefined) return known;
  if (text === undefined || text === '') throw Refusal.ofFields([fieldProblem('kind', 'field-required')]);
  throw Refusal.ofFields([fieldProblem('kind', 'code-unknown', { allowed: kinds.join(', ') })]);
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length > 200) {
    throw Refusal.ofFields([fieldProblem('Idempotency-Key', 'field-too-long', { max: 200 })]);
  }
  return key === '' ? undefined : key;
}
