import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { v7 as uuidv7 } from 'uuid';
import { CONSUMING_SERVICES } from '#contracts/dead-letters.js';
import { encodeCursor } from '#contracts/paging.js';
import { cursorOfAll, ListAllDeadLetters } from './dead-letters.route.js';

describe('the list of dead letters over all services', () => {
  it('takes the cursor that it gave, also when every service has more', async () => {
    const more = CONSUMING_SERVICES.map((service) => {
      return [service, encodeCursor({ at: 1_770_000_000_000, id: uuidv7() })] as const;
    });
    const query = plainToInstance(ListAllDeadLetters, { cursor: cursorOfAll(more) });
    expect(await validate(query)).toEqual([]);
  });
});
