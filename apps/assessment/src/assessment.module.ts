import { type DynamicModule, Module } from '@nestjs/common';
import { ClientNumberHash } from '#access/client-number-hash.js';
import { TextCipher } from '#access/text-cipher.js';
import { zrmImports } from '#contracts/assessment/imports.js';
import { DeadlinesModule } from '#deadlines/deadlines.module.js';
import { ImportCipher } from '#imports/import-cipher.js';
import { ImportKinds } from '#imports/import-kind.js';
import { importMachine } from '#imports/import-machine.js';
import { importsController } from '#imports/imports.controller.js';
import { PlatformModule } from '#platform/platform.module.js';
import { AssessmentConfig } from './assessment-config.js';
import { CalibrationAccess } from './calibration/calibration-access.service.js';
import { CalibrationFiguresService } from './calibration/calibration-figures.service.js';
import { CalibrationSettingsController } from './calibration/calibration-settings.controller.js';
import { CalibrationSettingsRepository } from './calibration/calibration-settings.repository.js';
import { CalibrationSettingsService } from './calibration/calibration-settings.service.js';
import { CalibrationController } from './calibration/calibration.controller.js';
import { CalibrationRepository } from './calibration/calibration.repository.js';
import { CalibrationService } from './calibration/calibration.service.js';
import { ClientAccess } from './directory/client-access.service.js';
import { ClientNumbersRepository } from './directory/client-numbers.repository.js';
import { ClientsRepository } from './directory/clients.repository.js';
import { FactsController } from './directory/facts.controller.js';
import { DueFactsService } from './due/due-facts.service.js';
import { DuePlansRepository } from './due/due-plans.repository.js';
import { DueRefresh } from './due/due-refresh.service.js';
import { DueSettingsController } from './due/due-settings.controller.js';
import { DueSettingsRepository } from './due/due-settings.repository.js';
import { DueSettingsService } from './due/due-settings.service.js';
import { ZrmImportKinds } from './imports/zrm-import-kinds.service.js';
import { ZrmsImport } from './imports/zrms-import.service.js';
import { knownSteps, knownVersions } from './matrix/known-versions.js';
import { withOfficialTexts } from './matrix/loaded-texts.js';
import { VersionMapping } from './matrix/mapping.js';
import { MatrixController } from './matrix/matrix.controller.js';
import { MeasurementContexts } from './measurement/measurement-contexts.service.js';
import { MeasurementReading } from './measurement/measurement-reading.service.js';
import { MeasurementsController } from './measurement/measurements.controller.js';
import { MeasurementsRepository } from './measurement/measurements.repository.js';
import { MeasurementsService } from './measurement/measurements.service.js';
import { SubmittedZrms } from './measurement/submitted-zrms.service.js';
import { ZrmHistoryService } from './measurement/zrm-history.service.js';
import { ProgressSettingsRepository } from './progress/progress-settings.repository.js';
import { ProgressSettingsService } from './progress/progress-settings.service.js';
import { ProgressController } from './progress/progress.controller.js';
import { ProgressService } from './progress/progress.service.js';
import { StandingsRenewal } from './progress/standings-renewal.service.js';
import { StandingsService } from './progress/standings.service.js';
import { WorklistsService } from './progress/worklists.service.js';
import { FixedFiguresRepository } from './quarters/fixed-figures.repository.js';
import { FixedFigures } from './quarters/fixed-figures.service.js';
import { TimelinessCounts } from './timeliness/timeliness-counts.service.js';
import { TimelinessController } from './timeliness/timeliness.controller.js';
import { TimelinessService } from './timeliness/timeliness.service.js';

/** The Zelfredzaamheid-Matrix: filling in, progress, due dates, calibration (domain.md §4). */
@Module({})
export class AssessmentModule {
  /** @throws Error when a file with official texts is wrong */
  static with(config: AssessmentConfig): DynamicModule {
    // Read here, so that a wrong file is told in one line, before anything starts.
    const matrix = new VersionMapping(withOfficialTexts(knownVersions, config.ZRM_TEXTS), knownSteps);
    return {
      module: AssessmentModule,
      imports: [
        PlatformModule.forService('assessment', config),
        DeadlinesModule.forService('assessment', {
          redisUrl: config.REDIS_URL,
          prefix: `${config.DATABASE_PREFIX}doorstroom_assessment`,
        }),
      ],
      controllers: [
        FactsController,
        MatrixController,
        MeasurementsController,
        ProgressController,
        DueSettingsController,
        TimelinessController,
        CalibrationController,
        CalibrationSettingsController,
        importsController(zrmImports),
      ],
      providers: [
        { provide: AssessmentConfig, useValue: config },
        { provide: VersionMapping, useValue: matrix },
        { provide: ClientNumberHash, useValue: new ClientNumberHash(config.CLIENT_NUMBER_KEY) },
        { provide: ImportCipher, useValue: new TextCipher(config.IMPORT_CONTENT_KEY, 'import content') },
        ClientsRepository,
        ClientNumbersRepository,
        ClientAccess,
        MeasurementsRepository,
        MeasurementContexts,
        MeasurementsService,
        MeasurementReading,
        SubmittedZrms,
        ZrmHistoryService,
        ProgressSettingsRepository,
        ProgressSettingsService,
        ProgressService,
        WorklistsService,
        TimelinessCounts,
        FixedFiguresRepository,
        FixedFigures,
        TimelinessService,
        StandingsService,
        StandingsRenewal,
        DueSettingsRepository,
        DuePlansRepository,
        DueFactsService,
        DueRefresh,
        DueSettingsService,
        ...importMachine,
        { provide: ImportKinds, useClass: ZrmImportKinds },
        ZrmsImport,
        CalibrationRepository,
        CalibrationAccess,
        CalibrationService,
        CalibrationFiguresService,
        CalibrationSettingsRepository,
        CalibrationSettingsService,
      ],
    };
  }
}
