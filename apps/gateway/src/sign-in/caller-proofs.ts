import { Injectable } from '@nestjs/common';
import { CallerTokenSigner } from '#access/caller-token.js';
import { WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';

/** Milliseconds for which one proof is used again; it is valid for a minute, so a request keeps half of it. */
const REUSED_MS = 30_000;
const REMEMBERED = 5_000;

interface Proof {
  token: Promise<string>;
  signedAt: number;
}

/** Signed proofs of callers, used again for half a minute: a signature costs more than the rest of a small request. */
@Injectable()
export class CallerProofs {
  private readonly proofs = new Map<string, Proof>();

  constructor(
    private readonly signer: CallerTokenSigner,
    private readonly clock: WallClock,
  ) {}

  /** A proof of exactly this caller for one service: other roles or relations give another one. */
  of(caller: Caller, service: string): Promise<string> {
    const key = `${service}:${JSON.stringify(caller)}`;
    const now = this.clock.now();
    const known = this.proofs.get(key);
    if (known && Math.abs(now.getTime() - known.signedAt) < REUSED_MS) return known.token;
    if (this.proofs.size >= REMEMBERED) this.proofs.clear();
    const token = this.signer.sign(caller, service, now);
    this.proofs.set(key, { token, signedAt: now.getTime() });
    return token;
  }
}
