import { Injectable } from '@nestjs/common';
import { CONSUMING_SERVICES, type DeadLetter, deadLetterRequests, ListDeadLetters } from '#contracts/dead-letters.js';
import { IsOptionalCode } from '#contracts/field-rules.js';
import { decodeCursor, encodeCursor, type Page } from '#contracts/paging.js';
import { Bus } from '#messaging/bus.js';
import { PayloadReader } from '../http/payload-reader.js';
import type { OwnRoute } from '../http/route.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';

/** A part of the list over all services. */
export interface DeadLetterPage extends Page<DeadLetter> {
  items: DeadLetter[];
}

/** Which dead letters to list: of one service, or of all together. */
export class ListAllDeadLetters extends ListDeadLetters {
  @IsOptionalCode(CONSUMING_SERVICES) service?: (typeof CONSUMING_SERVICES)[number];
}

/** `GET /v1/dead-letters`: one list over all services, because an operator looks for what is stuck, not for where. */
@Injectable()
export class DeadLettersRoute {
  private readonly reader = new PayloadReader(ListAllDeadLetters);

  constructor(private readonly bus: Bus) {}

  operation(): OwnRoute {
    return {
      method: 'GET',
      path: '/v1/dead-letters',
      tag: 'dead-letters',
      summary: 'Facts that a service could not handle, newest first per page',
      allow: ['beheerder'],
      replies: 'DeadLetterPage',
      parameters: ListAllDeadLetters,
      handle: async (request, _reply, caller) => caller && this.list(await this.reader.read(request), caller),
    };
  }

  private async list(query: ListAllDeadLetters, caller: SignedInCaller): Promise<DeadLetterPage> {
    const position = decodeCursor(query.cursor);
    // The cursor of the whole holds the cursor of each service that has more.
    const services = query.service === undefined ? CONSUMING_SERVICES : [query.service];
    const pages = await Promise.all(
      services
        .filter((service) => position === undefined || service in position)
        .map(async (service) => {
          const cursor = position?.[service];
          const page = await this.bus.ask(
            deadLetterRequests(service).list,
            {
              ...(query.state === undefined ? {} : { state: query.state }),
              ...(query.limit === undefined ? {} : { limit: query.limit }),
              ...(cursor === undefined ? {} : { cursor: String(cursor) }),
            },
            await caller.token(service),
          );
          return { service, page };
        }),
    );
    const more = pages.flatMap(({ service, page }) =>
      page.nextCursor === undefined ? [] : [[service, page.nextCursor] as const],
    );
    const items = pages.flatMap(({ page }) => page.items).sort((a, b) => b.lastFailedAt.localeCompare(a.lastFailedAt));
    return { items, ...(more.length === 0 ? {} : { nextCursor: cursorOfAll(more) }) };
  }
}

/** The cursor of the whole list. @param more the cursor of each service that has more */
export function cursorOfAll(more: readonly (readonly [string, string])[]): string {
  return encodeCursor(Object.fromEntries<string>(more));
}
