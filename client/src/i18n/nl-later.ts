// The texts in Dutch (B1) of what is loaded on demand: the pages before a case, and the windows in one. Laid out as nl.ts.

import { nlMethod } from './nl-method';
import { nlPast } from './nl-past';
import { nlPeople } from './nl-people';

export const nlLater = {
  // the product
  'product.tagline': 'Leg samen de puzzel van jullie maatschappelijke vraag',

  // words of the domain
  'role.facilitator': 'Begeleider',
  'role.partner': 'Deelnemer',
  'role.critical-friend': 'Kritische vriend',
  'role.viewer': 'Kijker',

  // common buttons and states
  'common.cancel': 'Annuleren',

  // who you are
  'person.name': 'Je naam',
  'person.name.hint': 'Zo zien anderen wie iets schreef.',
  'person.name.missing': 'Vul je naam in.',
  'person.organisation': 'Je organisatie',
  'person.organisation.hint': 'Laat leeg als je voor jezelf meedoet.',
  'person.organisation.missing': 'Vul de naam van je organisatie in.',
  'person.partner': 'Namens wie doe je mee?',
  'person.partner.missing': 'Kies je organisatie, of kies ‘Ik hoor bij geen organisatie’.',
  'person.partner.new': 'Een andere organisatie',
  'person.partner.none': 'Ik hoor bij geen organisatie',
  'person.helix': 'Wat voor organisatie is het?',

  // joining by a link
  'join.invited': 'Je bent uitgenodigd voor',
  'join.as.facilitator': 'Je komt binnen als begeleider: je leidt de case, nodigt uit en kunt alles aanpassen.',
  'join.as.partner': 'Je komt binnen als deelnemer: je schrijft mee in alle puzzelstukken.',
  'join.as.critical-friend': 'Je komt binnen als kritische vriend: je leest mee en praat mee in opmerkingen.',
  'join.as.viewer': 'Je komt binnen als kijker: je leest mee en verandert niets.',
  'join.people.one': 'Er is al {count} persoon binnen.',
  'join.people.other': 'Er zijn al {count} mensen binnen.',
  'join.privacy': 'Iedereen met toegang tot deze case ziet wat je schrijft, met je naam en organisatie.',
  'join.kept.forever': 'De case wordt bewaard tot de beheerder van deze site hem weghaalt.',
  'join.kept.days.one': 'De case wordt {count} dag bewaard.',
  'join.kept.days.other': 'De case wordt {count} dagen bewaard.',
  'join.submit': 'Schuif aan',
  'join.busy': 'Je stoel wordt aangeschoven…',

  // the start page
  'start.what':
    'Aan deze tafel leggen bedrijven, scholen, overheden en inwoners samen één puzzel: wat willen we bereiken, wie brengt wat in, en wat levert het ieder op?',
  'start.how.1': 'Begin een case en deel de link.',
  'start.how.2': 'Iedereen schrijft tegelijk, op telefoon of laptop. Een account is niet nodig.',
  'start.how.3': 'Je ziet wie wat inbrengt, en hoe het geheel groeit.',
  'start.new': 'Begin een case',
  'start.title': 'Hoe heet jullie case?',
  'start.title.hint': 'Kort en herkenbaar, bijvoorbeeld ‘Warm dorp Oosterloo’. Aanpassen kan altijd.',
  'start.title.missing': 'Geef de case een naam.',
  'start.language': 'In welke taal werken jullie?',
  'start.submit': 'Begin de case',
  'start.busy': 'De tafel wordt gedekt…',
  'start.examples': 'Bekijk een voorbeeld',
  'start.examples.text': 'Vier verzonnen coalities laten zien hoe een gelegde puzzel eruitziet.',
  'start.retold': 'Echte coalities, naverteld',
  'start.retold.text':
    'Uit een publicatie van het Katapult-netwerk (2022), in onze eigen woorden. Het paar en de stappen hebben wij erbij bedacht.',
  'start.examples.none': 'De voorbeelden zijn nu niet te laden.',
  'start.file': 'Open een casebestand',
  'start.file.text': 'Heb je een case als bestand bewaard? Open het hier en werk verder.',
  'start.file.choose': 'Kies een bestand',
  'start.yours': 'Jouw cases op dit apparaat',
  'start.yours.opened': '{role}, {when} geopend',
  'start.yours.forget': 'Vergeet {title} op dit apparaat',
  'start.yours.forget.short': 'Vergeet',
  'start.yours.note':
    'Vergeten haalt een case van dit apparaat weg, met de kopie die hier van hem bewaard wordt. De case zelf blijft bestaan.',
  'start.yours.waiting.one':
    'Er wacht op dit apparaat nog {count} wijziging die niet is opgeslagen. Als je de case hier vergeet, is die weg.',
  'start.yours.waiting.other':
    'Er wachten op dit apparaat nog {count} wijzigingen die niet zijn opgeslagen. Als je de case hier vergeet, zijn die weg.',
  'start.yours.forget.anyway': 'Vergeet toch',

  // opening a case file
  'import.title': 'Een casebestand openen',
  'import.preview': 'Dit staat erin',
  'import.language': 'Taal: {language}',
  'import.untitled': 'Case zonder naam',
  'import.submit': 'Open als nieuwe case',
  'import.busy': 'De case wordt klaargelegd…',
  'import.problem.size': 'Dit bestand is te groot. Een casebestand is hooguit 1 MB; dit is {size} MB.',
  'import.problem.json':
    'Dit bestand is niet te lezen. Kies een casebestand dat met Puzzeltafel is bewaard; de naam eindigt op .json.',
  'import.problem.format': 'Dit is geen casebestand. Kies een bestand dat met ‘Bewaar als bestand’ is gemaakt.',
  'import.refused': 'Het bestand is niet geopend en er is niets half overgenomen.',

  // examples
  'example.banner': 'Dit is een voorbeeld. De mensen en organisaties zijn verzonnen.',
  'example.banner.retold':
    'Een echte coalitie, door ons naverteld naar een publicatie van het Katapult-netwerk (2022). Het paar en de stappen zijn van ons.',
  'example.copy': 'Maak er jouw case van',
  'example.copy.title': 'Verder met een kopie van ‘{title}’',
  'example.copy.text': 'Je krijgt een eigen kopie. Het voorbeeld zelf verandert niet.',
  'example.copy.submit': 'Maak mijn case',
  'example.copy.busy': 'De kopie wordt gemaakt…',
  'example.missing': 'Dit voorbeeld is er niet',
  'example.missing.text': 'Op de beginpagina staan de voorbeelden die er wel zijn.',

  // not getting in by a link
  'join.no-link.title': 'Voor deze case heb je een link nodig',
  'join.no-link.text':
    'Op dit apparaat ben je hier nog niet binnen. Vraag de begeleider om de uitnodigingslink en open hem helemaal, ook het stuk na het #-teken.',
  'join.bad-link.title': 'Deze link werkt niet (meer)',
  'join.bad-link.text':
    'De link is verlopen, ingetrokken of niet helemaal overgenomen. Vraag de begeleider om een nieuwe.',
  'join.no-case.title': 'Deze case is hier niet',
  'join.no-case.text': 'Het adres klopt niet, of de case is weggehaald. Vraag de begeleider om de juiste link.',
  'join.offline.title': 'Geen verbinding',
  'join.offline.text':
    'Deze case is op dit apparaat nog niet geopend, dus er is nog niets om te laten zien. Kijk of je internet hebt en laad de pagina opnieuw.',

  // sharing
  'share.title': 'Deel deze case',
  'share.partner.can': 'Schrijft mee in alle puzzelstukken.',
  'share.critical-friend.can': 'Leest mee en praat mee in opmerkingen; verandert niets.',
  'share.viewer.can': 'Kijkt mee, bijvoorbeeld op een groot scherm.',
  'share.facilitator.can': 'Leidt de case met je mee: kan uitnodigen en alles aanpassen.',
  'share.role.partner': 'Deelnemers',
  'share.role.critical-friend': 'Kritische vrienden',
  'share.role.viewer': 'Kijkers',
  'share.role.facilitator': 'Medebegeleiders',
  'share.link': 'Link voor {role}',
  'share.copy': 'Kopieer link',
  'share.copied': 'Gekopieerd',
  'share.copy.failed':
    'Kopiëren lukte niet. De link is nu geselecteerd: kopieer hem met het toetsenbord of houd hem ingedrukt.',
  'share.native': 'Deel via…',
  'share.qr': 'QR-code',
  'share.qr.show': 'Toon QR-code voor {role}',
  'share.qr.large': 'Groot in beeld',
  'share.qr.alt': 'QR-code met de link voor {role}',
  'share.qr.scan': 'Scan met de camera van je telefoon en schuif aan.',
  'share.secret': 'Wie een link heeft, kan naar binnen. Deel hem alleen met mensen die je aan tafel wilt.',
  'share.ask': 'Alleen de begeleider kan mensen uitnodigen. Vraag de begeleider om de link.',
  'share.facilitators': 'De begeleiders van deze case: {names}.',
  'share.file': 'Bewaar als bestand',
  'share.file.text': 'De hele case in één bestand, om te bewaren of later weer te openen.',

  // the feed
  'feed.empty': 'Nog niets. Zodra iemand iets schrijft, zie je het hier.',
  'feed.new': 'Nieuw sinds je laatst keek',
  'feed.someone': 'Iemand',
  'feed.you': 'Jij',
  'feed.added': 'nieuw in {place}',
  'feed.edited': 'aangepast in {place}',
  'feed.moved': 'van {from} naar {place}',
  'feed.changed': 'aangevuld in {place}',
  'feed.removed': 'weggehaald uit {place}',
  'feed.statement': 'herschreef {place}',
  'feed.partner.joined': 'nieuwe partner',
  'feed.partner.left': 'partner vertrokken',
  'feed.partner.changed': 'partner aangepast',
  'feed.partner.removed': 'partner weggehaald',
  'feed.empty-note': '(nog leeg)',
  'feed.more.one': 'en nog {count}',
  'feed.more.other': 'en nog {count}',
  'feed.go': 'Ga naar {place}',
  'place.elsewhere': 'een ander blad',

  // the people
  'people.you': 'jij',
  'people.here.one': '{count} persoon is nu hier',
  'people.here.other': '{count} mensen zijn nu hier',
  'people.at': 'in {place}',
  'people.typing': 'schrijft in {place}',
  'people.away': 'nu niet hier',
  'people.none': 'Zonder organisatie',
  'people.rename': 'Pas je naam aan',
  'people.rename.save': 'Bewaar naam',
  'people.go': 'Ga naar {name} in {place}',

  // looking back
  ...nlPast,
  ...nlMethod,

  // who comes in
  ...nlPeople,

  // about
  'about.title': 'Over Puzzeltafel',
  'about.what':
    'Puzzeltafel is een tafel op internet waaraan een coalitie samen een Purpose Case legt: elf puzzelstukken die laten zien welke maatschappelijke verandering je wilt, wie daarvoor nodig is, wat ieder inbrengt en wat het ieder oplevert.',
  'about.method': 'Van wie is de methode?',
  'about.method.case': 'De Purpose Case is bedacht door Matthijs Bobeldijk van New Business Lab.',
  'about.method.katapult':
    'Het denken over maatschappelijke businessmodellen komt uit het Katapult-netwerk van publiek-private samenwerkingen.',
  'about.method.canvas': 'De Value Proposition Canvas is van Alexander Osterwalder.',
  'about.method.own':
    'De woorden en tekeningen op deze site zijn van onszelf; wie de methode bedacht, is niet verantwoordelijk voor wat wij ervan maakten.',
  'about.privacy': 'Wat wij van je bewaren',
  'about.privacy.what':
    'Je naam, je organisatie en wat je schrijft, met het tijdstip erbij. Meer niet: geen account, geen e-mailadres, geen volgers, geen reclame.',
  'about.privacy.who': 'Iedereen die met een link in de case is, ziet dat. Niemand daarbuiten.',
  'about.privacy.where':
    'Het staat op de server van wie deze site beheert. Ook oudere teksten blijven bewaard, zodat je kunt terugkijken.',
  'about.privacy.cookie':
    'Eén cookie per case onthoudt wie je daar bent. Je apparaat onthoudt je taal, je naam en welke cases je opende; dat laatste kun je op de beginpagina laten vergeten.',
  'about.licence': 'Licentie',
  'about.licence.text':
    'Puzzeltafel is vrije software onder de Apache-licentie, versie 2.0. Het lettertype Atkinson Hyperlegible Next is van het Braille Institute, onder de SIL Open Font-licentie.',
  'people.present': 'is hier',

  // the canvas
  'note.up': 'Omhoog',
  'note.down': 'Omlaag',
  'note.move': 'Verplaats naar',
  'note.partner': 'Van welke partner',
  'note.form': 'Wat voor inbreng',
  'note.kind': 'Wat voor opbrengst',
  'note.beneficiary': 'Voor wie',
  'note.amount.euro': 'Bedrag in euro',
  'note.amount.hours': 'Aantal uren',
  'note.nothing': 'Niet gekozen',
  'note.delete': 'Weggooien',

  // the bar above the canvas
  'tray.title': 'Voor je bewaard',
  'tray.text':
    'Dit is niet opgeslagen, maar ook niet weg. Zet je tekst terug op een briefje, of kopieer hem. Hij blijft hier staan, ook als je de pagina sluit.',
  'tray.copy-only':
    'Dit is niet opgeslagen, maar ook niet weg. Kopieer je tekst; terugzetten kan nu niet. Hij blijft hier staan, ook als je de pagina sluit.',
  'tray.stranded':
    'Dit was nog niet opgeslagen toen je de case uitging. Je tekst is niet weg: kopieer hem en zet hem terug als je weer binnen bent.',
  'tray.put-back': 'Zet terug',
  'tray.put-back.done': 'Je tekst staat weer op een briefje bij {piece}.',
  'tray.copy': 'Kopieer',
  'tray.copied': 'Gekopieerd',
  'tray.copy.failed': 'Kopiëren lukte niet. Houd de tekst ingedrukt, of selecteer hem, en kopieer hem zelf.',
  'tray.forget': 'Niet meer nodig',
  'tray.reason.role': 'Je mag nu niet meeschrijven in deze case.',
  'tray.reason.paused': 'De case stond stil toen je dit schreef.',
  'tray.reason.locked': 'Dit deel van de case was op slot toen je dit schreef.',
  'tray.reason.whose': 'In deze case verander je alleen je eigen briefjes, of die van je organisatie.',
  'tray.reason.reference': 'Waar dit bij hoorde, is niet meer in de case.',
  'tray.reason.shape': 'Deze wijziging past niet in de case.',
  'tray.reason.author': 'Een briefje kan niet op naam van iemand anders staan.',
  'tray.reason.limit': 'Dit is te lang of te veel voor één case. Maak het korter.',
  'tray.reason.client-id': 'Je browser en die van een ander liepen door elkaar.',
  'tray.reason.fault': 'Het opslaan ging mis, en dat ligt aan ons.',
  'tray.reason.epoch': 'De case is opnieuw begonnen voordat dit was opgeslagen.',
  'tray.reason.gap': 'Een deel van deze wijziging is zoekgeraakt op dit apparaat.',
  'tray.reason.closed': 'De verbinding werd verbroken voordat dit was opgeslagen.',

  // why nothing can be written now
  'banner.storage.title': 'Opslaan lukt nu even niet',
  'banner.storage.text':
    'Er is niets kwijt wat al was opgeslagen. Lees gerust verder. Zodra opslaan weer lukt, kun je vanzelf weer schrijven, en wat je net schreef bewaren we dan ook.',
  'banner.paused.title': 'De case staat even stil',
  'banner.paused.text':
    'De begeleider heeft alles even stilgezet. Lees gerust verder. Als het verder gaat, kun je vanzelf weer schrijven.',
  'banner.room.title': 'Je kunt nu alleen lezen',
  'banner.room.text': 'Er is niets kwijt. Zodra schrijven weer kan, gaat het vanzelf verder.',
  'banner.closed.title': 'Je bent niet meer met deze case verbonden',
  'banner.closed.4401': 'Je bent hier niet meer binnen. Open de link van je uitnodiging opnieuw.',
  'banner.closed.4403': 'Vanaf hier mag je niet in deze case. Open de link van je uitnodiging opnieuw.',
  'banner.closed.4404': 'Deze case is weggehaald, of het adres klopt niet. Vraag het de begeleider.',
  'banner.closed.4503':
    'Deze case kan niet veilig worden geopend en is apart gezet. Vraag het wie deze server beheert.',
  'banner.closed.other': 'Iets kon niet worden verstuurd. Laad de pagina opnieuw om verder te gaan.',
  'banner.closed.kept': 'Wat nog niet was opgeslagen, staat hieronder voor je klaar.',
  'rules.title': 'Wat mag er in deze case',
  'rules.pause': 'Zet de case even stil',
  'rules.go-on': 'Ga verder met de case',
  'rules.editing': 'Wie mag welke briefjes veranderen?',
  'rules.editing.everyone': 'Iedereen mag alles veranderen',
  'rules.editing.partner': 'Alleen briefjes van je eigen organisatie',
  'rules.editing.own': 'Alleen je eigen briefjes',
  'rules.paused.title': 'Je hebt de case stilgezet',
  'rules.paused.text': 'Niemand anders kan nu schrijven. Er gaat niets verloren.',
  'more.light': 'Licht scherm',
  'more.dark': 'Donker scherm',
  'more.print': 'Print de puzzel',
  'keys.title': 'Toetsen',
  'keys.new': 'Nieuw briefje in dit puzzelstuk',
  'keys.edit': 'Schrijven in het briefje, en klaar',
  'keys.line': 'Nieuwe regel',
  'keys.done': 'Klaar, of terug naar de hele puzzel',
  'keys.walk': 'Naar het vorige of volgende briefje',
  'keys.shift': 'Briefje omhoog of omlaag',
  'keys.carry': 'Briefje naar het vorige of volgende puzzelstuk',
  'keys.menu': 'Alles wat je met een briefje kunt doen',
  'keys.delete': 'Briefje weggooien',
  'keys.undo': 'Ongedaan maken',
  'keys.redo': 'Opnieuw doen',
  'keys.help': 'Deze lijst',

  // the sector and the global goals
  'details.title': 'Waar gaat deze case over?',
  'details.sector': 'Sector',
  'details.sector.placeholder': 'Bijvoorbeeld: zorg, energie, water',
} as const;
