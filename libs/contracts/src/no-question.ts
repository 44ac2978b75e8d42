import { Allow } from 'class-validator';

/** The payload of a request that asks for one thing there is, about the asker: nothing has to be said. */
export class NoQuestion {
  /** Never set; a class without fields would accept any. */
  @Allow() nothing?: never;
}
