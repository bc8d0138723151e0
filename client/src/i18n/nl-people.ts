// The texts in Dutch (B1) of who comes in: links, people, the waiting room and the way back; part of nl-later.ts. Laid out as nl.ts.

export const nlPeople = {
  'common.busy': 'Even geduld…',

  // what the server refuses
  'refusal.last-facilitator':
    'Een case heeft een begeleider nodig, en dit is de enige. Maak eerst iemand anders begeleider.',
  'refusal.link-full': 'Alle plaatsen van deze link zijn bezet. Vraag de begeleider om een andere link.',
  'refusal.link-expired': 'Deze link is verlopen. Vraag de begeleider om een nieuwe.',
  'refusal.link-not-valid': 'Deze link werkt niet (meer). Vraag de begeleider om een nieuwe.',
  'refusal.removed': 'Een begeleider heeft je uit deze case gehaald. Vraag of je er weer in mag.',

  // at the door
  'join.waiting-room': 'Een begeleider laat je binnen zodra die ziet dat je er bent.',
  'join.expired.title': 'Deze link is verlopen',
  'join.expired.text': 'Hij werkte tot een dag die voorbij is. Vraag de begeleider om een nieuwe.',
  'join.bad-way-back.title': 'Deze link om terug te komen werkt niet (meer)',
  'join.bad-way-back.text':
    'Hij is niet compleet, of er is later een nieuwe gemaakt: dan werkt alleen de nieuwste. Zoek die op, of vraag de begeleider om een gewone link.',
  'join.removed.title': 'Je doet niet meer mee in deze case',
  'join.removed.text':
    'Een begeleider heeft je uit deze case gehaald. Wat je schreef en was opgeslagen, staat er nog. Klopt dit niet? Vraag een begeleider of je weer mag aanschuiven, en laad daarna deze pagina opnieuw.',
  'join.turned-away.title': 'Je bent nu niet binnengelaten',
  'join.turned-away.text':
    'Een begeleider heeft de deur voor je dicht gehouden. Dat kan een vergissing zijn: neem contact op met wie je uitnodigde. Ben je toch welkom, laad dan deze pagina opnieuw.',
  'waiting.title': 'Nog even wachten',
  'waiting.text': 'De begeleiders zien dat je er bent. Zodra iemand je binnenlaat, gaat deze pagina vanzelf verder.',
  'waiting.away': 'Er is even geen verbinding. Zodra die er weer is, staan we weer voor je aan de deur.',
  'waiting.stay': 'Laat deze pagina open staan. Je hoeft niets te doen.',
  'back-in.title': 'Je bent hier al binnen als {name}',
  'back-in.text':
    'Met deze link kom je in deze browser terug als wie hem maakte. {name} blijft wel in de case, met alles wat er onder die naam staat.',
  'back-in.go': 'Kom terug met deze link',
  'back-in.stay': 'Blijf {name}',

  'door.let-in': 'Laat binnen',
  'door.let-in.label': 'Laat binnen: {name}',
  'door.let-in.all': 'Laat iedereen binnen',
  'door.let-in.after-all': 'Toch binnenlaten',
  'door.not-now': 'Nu niet',
  'door.not-now.label': 'Nu niet: {name}',
  'door.refused': '{name} is niet binnengelaten.',

  // what each may do
  'person.open': 'Wat {name} mag',
  'person.since': '{partner}. Binnen sinds {day}.',
  'person.role': 'Wat mag {name} in deze case?',
  'person.role.mine': 'Wat mag jij in deze case?',
  'person.role.done': '{name} is nu: {role}.',
  'person.role.step-down':
    'Let op: je kunt jezelf daarna niet weer begeleider maken. Een andere begeleider kan dat wel.',
  'person.remove': 'Haal {name} uit de case',
  'person.remove.title': '{name} uit de case halen?',
  'person.remove.act': 'Haal eruit',
  'person.remove.text':
    '{name} kan dan meteen niet meer lezen of schrijven. Alles wat {name} schreef, blijft staan, met de naam erbij. Je kunt {name} later weer toelaten.',
  'person.remove.link':
    'Let op: wie een link naar deze case bewaard heeft, kan er in een andere browser opnieuw mee binnenkomen. Trek onder ‘Deel’ ook de link in als je dat niet wilt.',
  'person.remove.done': '{name} is uit de case gehaald.',
  'people.out.one': '{count} persoon heeft geen toegang (meer)',
  'people.out.other': '{count} mensen hebben geen toegang (meer)',
  'people.out.back': 'Laat weer toe',
  'people.out.back.label': 'Laat weer toe: {name}',

  // one's own way back
  'way-back.open': 'Kom terug op een ander apparaat',
  'way-back.title': 'Jouw weg terug',
  'way-back.text': 'Met een eigen link kom je op elk apparaat terug als {name}, met alles wat je mag.',
  'way-back.once': 'Je ziet de link één keer. Heb je er eerder een gemaakt, dan werkt die daarna niet meer.',
  'way-back.make': 'Maak mijn link',
  'way-back.address': 'Jouw link om terug te komen',
  'way-back.keep':
    'Bewaar hem goed, bijvoorbeeld bij je wachtwoorden of op papier, en deel hem met niemand: wie hem heeft, is hier jou.',
  'way-back.last': 'Als je dit venster sluit, is hij niet meer te zien.',
  'way-back.qr': 'QR-code met jouw link om terug te komen',

  // links
  'link.new': 'Nieuwe link',
  'link.make': 'Maak de link',
  'link.none': 'Er zijn geen links. Niemand kan nu nog binnenkomen; maak er een om mensen uit te nodigen.',
  'link.role': 'Voor wie is hij?',
  'link.name': 'Naam van de link',
  'link.name.hint': 'Bijvoorbeeld ‘Bewonersavond’. Alleen begeleiders zien de naam.',
  'link.until': 'Werkt tot en met',
  'link.until.hint': 'Leeg: zonder einde.',
  'link.until.past': 'Kies vandaag of een dag die nog komt.',
  'link.until.told': 'Tot en met {day}',
  'link.expired': 'Verlopen op {day}',
  'link.seats': 'Aantal plaatsen',
  'link.seats.hint': 'Leeg: zoveel als er komen.',
  'link.seats.odd': 'Vul een heel getal in van 1 tot 10.000.',
  'link.seats.told': '{taken} van {seats} plaatsen bezet',
  'link.full': 'Vol: {taken} van {seats} plaatsen bezet',
  'link.taken.none': 'Nog niemand kwam via deze link',
  'link.taken.one': '{count} persoon kwam via deze link',
  'link.taken.other': '{count} mensen kwamen via deze link',
  'link.waiting-room': 'Met wachtkamer',
  'link.waiting-room.hint': 'Jij of een andere begeleider laat iedereen zelf binnen.',
  'link.waiting-room.told': 'Met wachtkamer',
  'link.change': 'Aanpassen',
  'link.change.label': 'Aanpassen: link voor {link}',
  'link.change.title': 'Link voor {link}',
  'link.change.submit': 'Bewaar',
  'link.revoke': 'Intrekken',
  'link.revoke.label': 'Intrekken: link voor {link}',
  'link.revoke.title': 'De link voor {link} intrekken?',
  'link.revoke.text':
    'Niemand kan er dan nog mee binnenkomen, en dat is niet terug te draaien. Wie ermee in de wachtkamer zit, wordt niet binnengelaten.',
  'link.revoke.people.one': 'Er kwam al {count} persoon via deze link.',
  'link.revoke.people.other': 'Er kwamen al {count} mensen via deze link.',
  'link.revoke.stay': 'Wie binnen is, blijft binnen',
  'link.revoke.go': 'Haal ook hen uit de case',
  'link.revoke.words':
    'Zij kunnen meteen niet meer lezen of schrijven. Wat zij schreven, blijft staan. Begeleiders blijven binnen.',
  'link.revoked': 'De link is ingetrokken.',
  'link.revoked.gone.one': 'De link is ingetrokken. {count} persoon kan er niet meer in.',
  'link.revoked.gone.other': 'De link is ingetrokken. {count} mensen kunnen er niet meer in.',
} as const;
