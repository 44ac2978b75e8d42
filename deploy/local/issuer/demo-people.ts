import type { Role } from '../../../libs/contracts/src/codes.ts';

/** Organisations of the demo; the demo data use the same keys. */
export const DEMO_ORGANISATIONS = [
  { key: 'ggd', name: 'GGD Waterland-Zuid', kind: 'ggd' },
  { key: 'de-haven', name: 'Stichting De Haven', kind: 'institution' },
  { key: 'kruispunt', name: 'Het Kruispunt', kind: 'institution' },
  { key: 'thuisbasis', name: 'Thuisbasis Jong', kind: 'institution' },
  { key: 'gemeente', name: 'Gemeente Waterstad', kind: 'municipality' },
  { key: 'wijkteam-noord', name: 'Wijkteam Noord', kind: 'neighbourhood-team' },
  { key: 'zorgbrug', name: 'Zorgbrug', kind: 'care-provider' },
  { key: 'woonstede', name: 'Corporatie Woonstede', kind: 'corporation' },
] as const;
export type DemoOrganisation = (typeof DEMO_ORGANISATIONS)[number]['key'];

/** A synthetic person who can sign in at the local issuer. */
export interface DemoPerson {
  /** How the person is called on the command line: `npm run -s token -- noor`. */
  readonly key: string;
  /** Stable subject in tokens; the people directory knows the person by it. */
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly organisation: DemoOrganisation;
  /** What the person does, in Dutch, for the sign-in page. */
  readonly work: string;
}

/** Everybody who can sign in, together in every role of domain.md §2. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('noor', 'Noor Bakker', ['trajectregisseur'], 'ggd', 'Trajectregisseur, regio noord'),
  person('daan', 'Daan Visser', ['trajectregisseur'], 'ggd', 'Trajectregisseur, regio zuid'),
  person('samira', 'Samira el Idrissi', ['clientmanager'], 'de-haven', 'Clientmanager bij De Haven'),
  person('joost', 'Joost van Dijk', ['clientmanager'], 'kruispunt', 'Clientmanager bij Het Kruispunt'),
  person('fatma', 'Fatma Yilmaz', ['clientmanager'], 'thuisbasis', 'Clientmanager bij Thuisbasis Jong'),
  person('ruben', 'Ruben de Wit', ['klantmanager'], 'gemeente', 'Klantmanager werk en inkomen'),
  person('marijke', 'Marijke Smit', ['ttcj_member'], 'ggd', 'Voorzitter van de TTC-J'),
  person('peter', 'Peter Hendriks', ['procesregisseur'], 'gemeente', 'Procesregisseur jeugd'),
  person('lotte', 'Lotte Jansen', ['wijkteam'], 'wijkteam-noord', 'Professional in het wijkteam'),
  person('bram', 'Bram Mulder', ['teamondersteuner'], 'wijkteam-noord', 'Teamondersteuner van het wijkteam'),
  person('anouk', 'Anouk Peters', ['zorgbegeleider'], 'zorgbrug', 'Zorgbegeleider bij uitstroom'),
  person('kees', 'Kees Vermeulen', ['corporatie'], 'woonstede', 'Consulent van de woningcorporatie'),
  person('ilse', 'Ilse Kok', ['gemeente'], 'gemeente', 'Medewerker uitstroom bij de gemeente'),
  person('hassan', 'Hassan Amrani', ['beleid'], 'gemeente', 'Beleidsmedewerker'),
  person('beheer', 'Tess Beumer', ['beheerder'], 'ggd', 'Beheerder van Doorstroom'),
];

/** The first operator: exists before anything else does (BOOTSTRAP_OPERATOR_SUBJECT of registration). */
export const DEMO_OPERATOR_SUBJECT = 'demo-beheer';

/** A connected system of the demo: signs in with client credentials; its client id is its subject. */
export const DEMO_SYSTEM = { clientId: 'e-vita-demo', name: 'e-Vita (demo)', organisation: 'de-haven' } as const;

/** The demo person with a key or subject; undefined when there is none. */
export function findDemoPerson(keyOrSubject: string): DemoPerson | undefined {
  return DEMO_PEOPLE.find(({ key, subject }) => key === keyOrSubject || subject === keyOrSubject);
}

function person(
  key: string,
  name: string,
  roles: readonly Role[],
  organisation: DemoOrganisation,
  work: string,
): DemoPerson {
  return { key, subject: `demo-${key}`, name, roles, organisation, work };
}
