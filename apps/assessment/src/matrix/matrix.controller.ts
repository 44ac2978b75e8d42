import { Controller } from '@nestjs/common';
import { listMatrixVersions, type MatrixVersions } from '#contracts/assessment/matrix.js';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import { Handles } from '#platform/handles.js';
import { VersionMapping } from './mapping.js';

/** The versions of the ZRM, for forms and pages. */
@Controller()
export class MatrixController {
  constructor(private readonly matrix: VersionMapping) {}

  @Handles(listMatrixVersions)
  list(_query: NoQuestion, _caller: Caller): Promise<MatrixVersions> {
    const core = this.matrix.codes('core');
    const items = [...core, ...this.matrix.codes('supplement')].flatMap((code) => this.matrix.version(code) ?? []);
    return Promise.resolve({ items, current: core.at(-1) ?? '' });
  }
}
