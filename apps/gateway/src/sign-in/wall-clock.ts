import { Injectable } from '@nestjs/common';
import { SystemClock } from '#calendar/clock.js';

/**
 * The clock of sessions. Not the clock of the domain: when the demo is moved three months ahead, nobody should have to
 * sign in again, and the issuer's tokens are made in real time.
 */
@Injectable()
export class WallClock extends SystemClock {}
