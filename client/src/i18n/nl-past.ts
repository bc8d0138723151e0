// The texts in Dutch (B1) of looking back and bringing back; part of nl-later.ts. Laid out as nl.ts.

export const nlPast = {
  'past.someone': 'iemand',
  'past.you': 'jij',
  'past.save': 'Bewaar',

  // the list of sessions
  'history.intro': 'Kies een sessie en zie de puzzel zoals hij toen lag. De anderen merken daar niets van.',
  'history.now': 'Nu',
  'history.now.text': 'De case zoals hij nu is',
  'history.empty': 'Er is nog niets om op terug te kijken.',
  'history.retry': 'Probeer opnieuw',
  'history.more': 'Toon eerdere sessies',
  'history.session': 'Sessie {number}',
  'history.people.one': '{count} mens',
  'history.people.other': '{count} mensen',
  'history.people.more.one': 'nog {count} ander',
  'history.people.more.other': 'nog {count} anderen',
  'history.contributions.one': '{count} bijdrage',
  'history.contributions.other': '{count} bijdragen',
  'history.changes.one': '{count} wijziging',
  'history.changes.other': '{count} wijzigingen',
  'history.mostly': 'vooral {place}',
  'history.rename': 'Geef een naam',
  'history.rename.again': 'Andere naam',
  'history.rename.label': 'Naam voor {session}',
  'version.save': 'Bewaar deze versie',
  'version.save.then': 'Bewaar deze versie van toen',
  'version.name': 'Hoe heet deze versie?',
  'version.told': 'Versie, bewaard op {when}',

  // the bar above a past moment
  'back.title': 'Je kijkt terug',
  'back.text': 'Zo lag de puzzel op {when}. Je kunt hier niets veranderen.',
  'back.now': 'Terug naar nu',
  'back.copy': 'Kopieer link',
  'back.copied': 'De link naar dit moment is gekopieerd. Hij werkt voor wie in de case is.',
  'back.copy.failed': 'Kopiëren lukte niet. Dit is de link naar dit moment: {address}',

  // the timeline under it
  'timeline.title': 'Tijdlijn',
  'timeline.slider': 'Moment',
  'timeline.bars': 'Hoeveel er veranderde, per partner: {partners}.',
  'timeline.key': 'Wie wat deed',
  'timeline.previous': 'Vorige verandering',
  'timeline.next': 'Volgende verandering',
  'timeline.play': 'Speel af',
  'timeline.pause': 'Wacht even',
  'timeline.speed': 'Hoe snel',
  'timeline.times': '{speed} × zo snel',
  'timeline.jump': 'Ga naar een sessie',
} as const;
