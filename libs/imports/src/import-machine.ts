import type { Provider } from '@nestjs/common';
import { ImportCommitter } from './import-committer.js';
import { ImportModels } from './import.schema.js';
import { ImportReader } from './import-reader.js';
import { ImportWorker } from './import-worker.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';

/**
 * What a service needs to take files, beside its own `ImportKinds` and `ImportCipher` and the controller of its requests
 * (docs/decisions/0033).
 */
export const importMachine: Provider[] = [
  ImportModels,
  ImportsRepository,
  ImportReader,
  ImportCommitter,
  ImportWorker,
  ImportsService,
];
