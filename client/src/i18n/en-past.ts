// The texts in English of looking back and bringing back; part of en-later.ts. Laid out as nl-past.ts.

import type { nlPast } from './nl-past';

export const enPast: Readonly<Record<keyof typeof nlPast, string>> = {
  'past.someone': 'someone',
  'past.you': 'you',
  'past.save': 'Save',

  // the list of sessions
  'history.intro': 'Choose a session and see the puzzle as it lay then. The others do not notice.',
  'history.now': 'Now',
  'history.now.text': 'The case as it is now',
  'history.empty': 'There is nothing to look back on yet.',
  'history.retry': 'Try again',
  'history.more': 'Show earlier sessions',
  'history.session': 'Session {number}',
  'history.people.one': '{count} person',
  'history.people.other': '{count} people',
  'history.people.more.one': '{count} other',
  'history.people.more.other': '{count} others',
  'history.contributions.one': '{count} contribution',
  'history.contributions.other': '{count} contributions',
  'history.changes.one': '{count} change',
  'history.changes.other': '{count} changes',
  'history.mostly': 'mostly {place}',
  'history.rename': 'Give it a name',
  'history.rename.again': 'Change the name',
  'history.rename.label': 'Name for {session}',
  'version.save': 'Save this version',
  'version.save.then': 'Save this version from then',
  'version.name': 'What is this version called?',
  'version.told': 'Version, saved on {when}',

  // the bar above a past moment
  'back.title': 'You are looking back',
  'back.text': 'This is how the puzzle lay on {when}. Nothing can be changed here.',
  'back.now': 'Back to now',
  'back.copy': 'Copy link',
  'back.copied': 'The link to this moment is copied. It works for who is in the case.',
  'back.copy.failed': 'Copying did not work. This is the link to this moment: {address}',

  // the timeline under it
  'timeline.title': 'Timeline',
  'timeline.slider': 'Moment',
  'timeline.bars': 'How much changed, by partner: {partners}.',
  'timeline.key': 'Who did what',
  'timeline.previous': 'Previous change',
  'timeline.next': 'Next change',
  'timeline.play': 'Play',
  'timeline.pause': 'Pause',
  'timeline.speed': 'How fast',
  'timeline.times': '{speed} × as fast',
  'timeline.jump': 'Go to a session',
};
