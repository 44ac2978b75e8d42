import type { Caller } from '#contracts/caller.js';
import { registrationImports } from '#contracts/registration/imports.js';
import { FileDesk } from '#imports/test-support/file-desk.js';
import type { RunningRegistration } from './running-registration.js';

/** What a test does with files of registration. */
export class ImportDesk extends FileDesk {
  constructor(ask: RunningRegistration['ask'], caller: Caller) {
    super(ask, caller, registrationImports);
  }
}
