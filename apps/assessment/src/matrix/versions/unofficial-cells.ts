import { perLevel } from './cells.js';

/**
 * Short texts of our own for the cells, per theme: a reminder of what a level is about, not the official text, which is
 * © GGD Amsterdam and may not be shipped (domain.md §4). Versions whose domains have the same theme share them.
 */

export const money = perLevel(
  ['Kan eten of huur nu niet betalen', 'Cannot pay for food or rent right now'],
  ['Komt elke maand tekort, schuld loopt op', 'Short of money every month, debt is rising'],
  ['Redt het met hulp bij geld of schulden', 'Manages with help on money or debts'],
  ['Betaalt de vaste lasten zelf, heeft weinig over', 'Pays the fixed costs unaided, little is left'],
  ['Heeft genoeg en beheert het zelf', 'Has enough and manages it unaided'],
);

export const work = perLevel(
  ['Geen werk of school, en zonder uitzicht daarop', 'No work or school, and no prospect of it'],
  ['Zoekt of wil wel, maar er is niets begonnen', 'Looks or is willing, but nothing has started'],
  ['Leert of werkt met begeleiding', 'Learns or works with guidance'],
  ['Werkt of leert zelf, nog niet zeker voor later', 'Works or learns unaided, not yet secure'],
  ['Heeft vast werk of een opleiding die goed gaat', 'Has steady work or a course that goes well'],
);

export const time = perLevel(
  ['Dag en nacht lopen door elkaar, of er is gevaar', 'Day and night are mixed up, or there is danger'],
  ['Weinig om handen, dagen zonder vaste vorm', 'Little to do, days without a fixed shape'],
  ['Heeft een begin van een dagindeling, met hulp', 'Has a start of a daily plan, with help'],
  ['Meestal een gevulde dag en een gewoon ritme', 'Mostly a full day and an ordinary rhythm'],
  ['Eigen, fijne invulling van dag en week', 'Own and pleasant plan for day and week'],
);

export const dayActivities = perLevel(
  ['Doet overdag niets en geeft overlast', 'Does nothing by day and causes nuisance'],
  ['Doet overdag niets, zonder overlast', 'Does nothing by day, without nuisance'],
  ['Doet iets overdag met steun van anderen', 'Does something by day with support'],
  ['Heeft vaste bezigheden, leert nog bij', 'Has regular activities, still learning'],
  ['Heeft werk, school of andere vaste bezigheden', 'Has work, school or other steady activities'],
);

export const housing = perLevel(
  ['Slaapt buiten of in de nachtopvang', 'Sleeps rough or in a night shelter'],
  ['Woont ergens waar het niet kan blijven', 'Lives somewhere that cannot last'],
  ['Woont veilig, met een begeleider of tijdelijk', 'Lives safely, with a guide or temporarily'],
  ['Woont redelijk zelf, met nog een voorwaarde', 'Lives fairly independently, with a condition'],
  ['Woont zelf, met een eigen contract', 'Lives independently, with an own contract'],
);

export const home = perLevel(
  ['Er is geweld of misbruik in huis', 'There is violence or abuse at home'],
  ['Vaak ruzie of spanning, niemand stopt het', 'Often rows or tension, nobody stops it'],
  ['Er zijn problemen, en men werkt eraan', 'There are problems, and people work on them'],
  ['Het gaat meestal goed, ook na onenigheid', 'It mostly goes well, also after a disagreement'],
  ['Men steunt elkaar en praat erover', 'People support each other and talk'],
);

export const mind = perLevel(
  ['Is nu een gevaar voor zichzelf of anderen', 'Is a danger to self or others right now'],
  ['Klachten hinderen elke dag, zonder behandeling', 'Complaints hinder every day, untreated'],
  ['Heeft klachten, behandeling of steun loopt', 'Has complaints, treatment or support is going on'],
  ['Lichte klachten die bij het leven horen', 'Mild complaints that belong to life'],
  ['Voelt zich goed en kan tegenslag aan', 'Feels well and can take a setback'],
);

export const body = perLevel(
  ['Moet nu naar een arts of het ziekenhuis', 'Needs a doctor or hospital right now'],
  ['Is ziek en krijgt of neemt geen zorg', 'Is ill and gets or takes no care'],
  ['Is ziek, en wordt behandeld', 'Is ill, and is treated'],
  ['Kleine klachten, gaat er zelf mee om', 'Minor complaints, deals with them unaided'],
  ['Is gezond en let daar zelf op', 'Is healthy and looks after it unaided'],
);

export const substances = perLevel(
  ['Gebruik brengt nu het leven in gevaar', 'Use endangers life right now'],
  ['Gebruik bepaalt de dag', 'Use rules the day'],
  ['Gebruikt, en werkt aan minder', 'Uses, and works on using less'],
  ['Gebruikt weinig, het stoort het leven niet', 'Uses little, it does not disturb life'],
  ['Gebruikt niet, of zonder enig probleem', 'Does not use, or without any problem'],
);

export const dailyCare = perLevel(
  ['Eten, wassen of aankleden gebeurt niet', 'Eating, washing or dressing does not happen'],
  ['Een deel van de dagelijkse zorg lukt niet', 'Part of the daily care does not happen'],
  ['Het lukt wanneer iemand helpt of aanspoort', 'It works when someone helps or prompts'],
  ['Het lukt zelf, soms met een beetje moeite', 'Manages unaided, sometimes with some effort'],
  ['Zorgt zonder moeite voor zichzelf', 'Takes care of self without effort'],
);

export const household = perLevel(
  ['Huishouden en papieren blijven helemaal liggen', 'Household and paperwork are left undone'],
  ['Veel taken in huis en daarbuiten lukken niet', 'Many tasks in and outside the home fail'],
  ['Doet de taken met hulp van een ander', 'Does the tasks with the help of another'],
  ['Doet bijna alles zelf', 'Does nearly everything unaided'],
  ['Regelt huis, post, reizen en afspraken zelf', 'Arranges home, post, travel and appointments unaided'],
);

export const selfCare = perLevel(
  ['Redt zich thuis niet, er dreigt gevaar', 'Does not cope at home, danger looms'],
  ['Veel dagelijkse dingen lukken niet', 'Many everyday things fail'],
  ['Doet de dagelijkse dingen met hulp', 'Does everyday things with help'],
  ['Doet de meeste dagelijkse dingen zelf', 'Does most everyday things unaided'],
  ['Doet alle dagelijkse dingen zelf', 'Does all everyday things unaided'],
);

export const network = perLevel(
  ['Staat alleen, of alleen met mensen die schaden', 'Is alone, or only with people who do harm'],
  ['Weinig contact, weinig steun', 'Little contact, little support'],
  ['Er is steun, maar het contact is broos', 'There is support, but the contact is fragile'],
  ['Heeft een paar mensen om op te rekenen', 'Has a few people to count on'],
  ['Heeft veel goede contacten en geeft zelf steun', 'Has many good contacts and gives support'],
);

export const community = perLevel(
  ['Wil of kan met niemand buiten iets te maken hebben', 'Will or can have nothing to do with the outside'],
  ['Doet nergens aan mee', 'Takes part in nothing'],
  ['Doet soms mee wanneer iemand meegaat', 'Takes part sometimes when someone comes along'],
  ['Doet mee, er zijn nog kleine drempels', 'Takes part, small hurdles remain'],
  ['Doet actief mee in buurt of vereniging', 'Takes an active part in neighbourhood or club'],
);

export const justice = perLevel(
  ['Komt nu vaak in aanraking met de politie', 'Is often in contact with the police now'],
  ['Nieuwe zaak of straf loopt', 'A new case or sentence is running'],
  ['Oude zaak, houdt zich aan de afspraken', 'An old case, keeps to what was agreed'],
  ['Geen zaak meer, wel een verleden', 'No case any more, but a past'],
  ['Heeft niets met politie of justitie', 'Has nothing with police or justice'],
);

export const childCare = perLevel(
  ['Het kind krijgt nu niet wat het nodig heeft', 'The child does not get what it needs now'],
  ['De verzorging schiet vaak tekort', 'Care often falls short'],
  ['De verzorging lukt met hulp', 'Care works with help'],
  ['De verzorging gaat goed, met een vraag soms', 'Care goes well, with a question at times'],
  ['Het kind wordt heel goed verzorgd', 'The child is very well cared for'],
);

export const childSupport = perLevel(
  ['Het kind is emotioneel niet veilig', 'The child is not safe emotionally'],
  ['Weinig aandacht of troost voor het kind', 'Little attention or comfort for the child'],
  ['Aandacht lukt, met begeleiding', 'Attention works, with guidance'],
  ['De ouder ziet meestal wat het kind voelt', 'The parent mostly sees what the child feels'],
  ['Warme band, het kind kan groeien', 'A warm bond, the child can grow'],
);

export const schooling = perLevel(
  ['Het kind gaat niet naar school', 'The child does not go to school'],
  ['Het kind mist veel school', 'The child misses much school'],
  ['Het kind gaat naar school, ouder krijgt hulp', 'The child goes to school, the parent gets help'],
  ['Het kind gaat naar school, ouder volgt het', 'The child goes to school, the parent follows it'],
  ['Ouder en school werken goed samen', 'Parent and school work well together'],
);

export const minding = perLevel(
  ['Het kind is soms alleen of bij wie niet veilig is', 'The child is at times alone or with someone unsafe'],
  ['Er is geen vaste oppas wanneer het moet', 'There is no regular minder when it is needed'],
  ['Er is oppas, die anderen regelen', 'There is a minder, arranged by others'],
  ['Er is meestal goede oppas', 'There is mostly a good minder'],
  ['De ouder regelt altijd goede oppas', 'The parent always arranges a good minder'],
);
