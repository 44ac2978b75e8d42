import { Controller } from '@nestjs/common';
import { Clock, WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { type DemoClockState, getDemoClock, moveDemoClock, MoveDemoClock } from '#contracts/demo-clock.js';
import { NoQuestion } from '#contracts/no-question.js';
import { DemoClock } from '#platform/demo-clock.js';
import { Handles } from '#platform/handles.js';
import { canGoFurther, moveTarget } from './demo-clock-rules.js';

/** The date of a demonstration, moved by whoever takes part. */
@Controller()
export class DemoClockController {
  constructor(
    private readonly demo: DemoClock,
    private readonly clock: Clock,
    private readonly wall: WallClock,
  ) {}

  @Handles(getDemoClock)
  async get(_: NoQuestion, _caller: Caller): Promise<DemoClockState> {
    return this.view(await this.demo.current());
  }

  @Handles(moveDemoClock)
  async move(command: MoveDemoClock, _caller: Caller): Promise<DemoClockState> {
    const target = (now: Date): Date => moveTarget(command, now, this.wall.now());
    return this.view(await this.demo.move(target, command.expectedVersion));
  }

  private view({ offsetMs, revision }: { offsetMs: number; revision: number }): DemoClockState {
    const now = this.clock.now();
    return {
      now: now.toISOString(),
      today: this.clock.today(),
      offset: offsetMs,
      isMovable: canGoFurther(now, this.wall.now()),
      version: revision,
    };
  }
}
