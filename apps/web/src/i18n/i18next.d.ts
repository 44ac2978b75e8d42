import 'i18next';

import type common from './common/messages.nl.js';
import type admin from '../features/admin/messages.nl.js';
import type calibration from '../features/calibration/messages.nl.js';
import type clients from '../features/clients/messages.nl.js';
import type demo from '../features/demo/messages.nl.js';
import type housing from '../features/housing/messages.nl.js';
import type imports from '../features/imports/messages.nl.js';
import type meldingen from '../features/meldingen/messages.nl.js';
import type operations from '../features/operations/messages.nl.js';
import type places from '../features/places/messages.nl.js';
import type signIn from '../features/sign-in/messages.nl.js';
import type zrmCharts from '../features/zrm-charts/messages.nl.js';
import type zrmSettings from '../features/zrm-settings/messages.nl.js';
import type zrm from '../features/zrm/messages.nl.js';
import type zrmLists from '../features/zrm-lists/messages.nl.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      admin: typeof admin;
      calibration: typeof calibration;
      clients: typeof clients;
      demo: typeof demo;
      housing: typeof housing;
      imports: typeof imports;
      meldingen: typeof meldingen;
      operations: typeof operations;
      places: typeof places;
      'sign-in': typeof signIn;
      'zrm-charts': typeof zrmCharts;
      'zrm-settings': typeof zrmSettings;
      zrm: typeof zrm;
      'zrm-lists': typeof zrmLists;
    };
  }
}
