import type { PlaceKind } from '../libs/contracts/src/codes.ts';
import type { DemoOrganisation } from '../deploy/local/issuer/demo-people.ts';
import type { ZrmHabit } from './zrms.ts';

/** A cluster of places: who represents it (key of a demo person) and how many places of which kind and weight. */
export interface ExampleCluster {
  readonly location: string;
  readonly name: string;
  readonly representative: string;
  readonly regisseur: string;
  readonly code: string;
  readonly kind: PlaceKind;
  readonly zwaarte: 'light' | 'medium' | 'heavy';
  readonly financing: 'inside-chain' | 'outside-chain';
  readonly places: number;
}

/** The institutions of the examples, with the form in which each exports its files. */
export const INSTITUTIONS: readonly {
  readonly organisation: DemoOrganisation;
  readonly prefix: string;
  readonly manager: string;
  readonly form: 'csv-utf8' | 'csv-windows-1252' | 'xlsx';
  readonly clients: number;
  readonly zrms: ZrmHabit;
  readonly clusters: readonly ExampleCluster[];
}[] = [
  {
    organisation: 'de-haven',
    prefix: 'HV',
    manager: 'samira',
    form: 'csv-utf8',
    clients: 70,
    zrms: {},
    clusters: [
      cluster('Havenkade 12', 'De Haven crisis', 'samira', 'noor', 'HVC', 'crisis', 'heavy', 8),
      cluster('Havenkade 12', 'De Haven groep', 'samira', 'noor', 'HVG', 'residential-group', 'medium', 12),
      cluster('Molenweg 40', 'Molenhof', 'samira', 'noor', 'HVM', 'guided-living', 'light', 14),
    ],
  },
  {
    organisation: 'kruispunt',
    prefix: 'KP',
    manager: 'joost',
    form: 'csv-windows-1252',
    clients: 55,
    zrms: { older: { version: '2013', untilDaysAgo: 200 } },
    clusters: [
      cluster('Kruisstraat 4', 'Kruisstraat opvang', 'joost', 'daan', 'KPO', 'opvang', 'medium', 14),
      cluster('Parkstraat 9', 'Parkstraat training', 'joost', 'daan', 'KPT', 'training-home', 'light', 10),
    ],
  },
  {
    organisation: 'thuisbasis',
    prefix: 'TB',
    manager: 'fatma',
    form: 'xlsx',
    clients: 45,
    zrms: { older: { version: '2010', untilDaysAgo: 300 } },
    clusters: [
      cluster('Lindelaan 21', 'Gezinshuis Linde', 'fatma', 'daan', 'TBL', 'family-form', 'heavy', 6),
      cluster('Dorpsweg 3', 'Beschermd Dorpsweg', 'fatma', 'noor', 'TBD', 'protected-living', 'heavy', 10),
      cluster(
        'Stationsplein 8',
        'Tijdelijk Stationsplein',
        'fatma',
        'daan',
        'TBS',
        'temporary-home',
        'light',
        6,
        'outside-chain',
      ),
    ],
  },
];

function cluster(
  location: string,
  name: string,
  representative: string,
  regisseur: string,
  code: string,
  kind: PlaceKind,
  zwaarte: ExampleCluster['zwaarte'],
  places: number,
  financing: ExampleCluster['financing'] = 'inside-chain',
): ExampleCluster {
  return { location, name, representative, regisseur, code, kind, zwaarte, financing, places };
}
