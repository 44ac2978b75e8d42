import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { LogVerification } from '#contracts/audit/access-log.js';
import { breakBetween, type ChainBreak, type ChainLink, GENESIS, isSealed } from '../chain/chain.js';
import { SEALING, type Sealing } from '../chain/sealing.js';
import { LogRepository } from './log.repository.js';

/** Entries read at once. */
const PART = 1_000;

/** How far to walk, and whom to tell. */
export interface VerificationOptions {
  /** Milliseconds after which the walk stops between two parts. */
  budgetMs: number;
  /** Called after each part with the entries walked and the whole. */
  onProgress?: (walked: number, entries: number) => void;
}

/** Walks the chain and finds the first entry that does not fit. */
@Injectable()
export class LogVerifier {
  constructor(
    private readonly repository: LogRepository,
    private readonly clock: Clock,
    @Inject(SEALING) private readonly sealing: Sealing,
  ) {}

  /**
   * Walks from an entry to the end of the log as it is at the start of the walk, in parts, so that a long log takes
   * time and not memory.
   * @param from sequence of the first entry to look at; the entry before it is taken as it is.
   */
  async verify(from: number, { budgetMs, onProgress }: VerificationOptions): Promise<LogVerification> {
    const deadline = performance.now() + budgetMs;
    const head = await this.repository.head();
    let last = await this.linkBefore(from);
    if (!last) return this.answer(head, from - 1, { sequence: from - 1, fault: 'missing' });
    while (last.sequence < head.sequence) {
      const end = Math.min(last.sequence + PART, head.sequence) + 1;
      const walked: ChainLink | ChainBreak = await this.walk(last, end);
      if ('fault' in walked) return this.answer(head, walked.sequence - 1, walked);
      last = walked;
      onProgress?.(last.sequence, head.sequence);
      if (performance.now() >= deadline && last.sequence < head.sequence) {
        return { ...(await this.answer(head, last.sequence)), next: last.sequence + 1 };
      }
    }
    return this.answer(head, last.sequence, await this.breakAtEnd(last, head));
  }

  /** The link that the entry `from` follows; undefined when there is none. */
  private async linkBefore(from: number): Promise<ChainLink | undefined> {
    if (from <= 1) return GENESIS;
    const [before] = await this.repository.found(from - 1, from);
    return before && { sequence: before.sequence, hash: String(before.hash) };
  }

  /** Walks the entries after a link up to `end`: the last one, or the first that does not fit. */
  private async walk(after: ChainLink, end: number): Promise<ChainLink | ChainBreak> {
    const first = after.sequence + 1;
    const entries = await this.repository.found(first, end);
    const checkpoints = await this.repository.checkpointsIn(first, end);
    const bySequence = new Map(checkpoints.map((checkpoint) => [checkpoint._id, checkpoint]));
    let last = after;
    for (const entry of entries) {
      const found = breakBetween(last, entry);
      if (found) return found;
      last = { sequence: entry.sequence, hash: String(entry.hash) };
      const checkpoint = bySequence.get(last.sequence);
      const expected = last.sequence % this.sealing.checkpointEvery === 0;
      if (!checkpoint && !expected) continue;
      const { key } = this.sealing;
      if (checkpoint?.hash !== last.hash || !isSealed(key, 'checkpoint', last, checkpoint.seal)) {
        return { sequence: last.sequence, fault: 'checkpoint' };
      }
    }
    return last.sequence === end - 1 ? last : { sequence: last.sequence + 1, fault: 'missing' };
  }

  private async breakAtEnd(last: ChainLink, head: ChainLink & { seal?: string }): Promise<ChainBreak | undefined> {
    if (last.hash !== head.hash) return { sequence: head.sequence, fault: 'head' };
    if (head.sequence > 0 && !isSealed(this.sealing.key, 'head', head, head.seal ?? '')) {
      return { sequence: head.sequence, fault: 'head' };
    }
    const beyond = await this.repository.anyAfter(head.sequence);
    if (beyond === undefined) return undefined;
    // Unless the log simply grew meanwhile.
    const now = await this.repository.head();
    return now.sequence > head.sequence ? undefined : { sequence: beyond, fault: 'beyond-head' };
  }

  private async answer(head: ChainLink, verifiedUntil: number, found?: ChainBreak): Promise<LogVerification> {
    const base = {
      intact: found === undefined,
      entries: head.sequence,
      verifiedUntil,
      verifiedAt: this.clock.now().toISOString(),
    };
    if (!found) return base;
    const [entry] = await this.repository.found(found.sequence, found.sequence + 1);
    const at = typeof entry?.at === 'string' ? { at: entry.at } : {};
    return { ...base, brokenAt: { entryId: String(found.sequence), fault: found.fault, ...at } };
  }
}
