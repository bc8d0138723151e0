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
  'link.taken.none': 'Nog niemand kwam hiermee binnen',
  'link.taken.one': '{count} mens kwam hiermee binnen',
  'link.taken.other': '{count} mensen kwamen hiermee binnen',
  'link.waiting-room': 'Met wachtkamer',
  'link.waiting-room.hint': 'Jij of een andere begeleider laat iedereen zelf binnen.',
  'link.waiting-room.told': 'Met wachtkamer',
  'link.change': 'Aanpassen',
  'link.change.label': 'Pas de link voor {link} aan',
  'link.change.title': 'Link voor {link}',
  'link.change.submit': 'Bewaar',
  'link.revoke': 'Intrekken',
  'link.revoke.label': 'Trek de link voor {link} in',
  'link.revoke.title': 'De link voor {link} intrekken?',
  'link.revoke.text':
    'Niemand kan er dan nog mee binnenkomen, en dat is niet terug te draaien. Wie ermee in de wachtkamer zit, wordt niet binnengelaten.',
  'link.revoke.people.one': 'Er kwam al {count} mens mee binnen.',
  'link.revoke.people.other': 'Er kwamen al {count} mensen mee binnen.',
  'link.revoke.stay': 'Wie binnen is, blijft binnen',
  'link.revoke.go': 'Haal ook hen uit de case',
  'link.revoke.words':
    'Zij kunnen meteen niet meer lezen of schrijven. Wat zij schreven, blijft staan. Begeleiders blijven binnen.',
  'link.revoked': 'De link is ingetrokken.',
  'link.revoked.gone.one': 'De link is ingetrokken. {count} mens kan er niet meer in.',
  'link.revoked.gone.other': 'De link is ingetrokken. {count} mensen kunnen er niet meer in.',
} as const;
