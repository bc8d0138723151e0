// The texts in English of who comes in: links, people, the waiting room and the way back; part of en-later.ts. Laid out as nl-people.ts.

import type { nlPeople } from './nl-people';

export const enPeople: Readonly<Record<keyof typeof nlPeople, string>> = {
  'common.busy': 'One moment…',

  // what the server refuses
  'refusal.last-facilitator':
    'A case needs a facilitator, and this is the only one. Make someone else a facilitator first.',
  'refusal.link-full': 'All seats of this link are taken. Ask the facilitator for another link.',
  'refusal.link-expired': 'This link has expired. Ask the facilitator for a new one.',
  'refusal.link-not-valid': 'This link does not work (any more). Ask the facilitator for a new one.',
  'refusal.removed': 'A facilitator took you out of this case. Ask whether you may come back in.',

  // links
  'link.new': 'New link',
  'link.make': 'Make the link',
  'link.none': 'There are no links. Nobody can come in now; make one to invite people.',
  'link.role': 'Who is it for?',
  'link.name': 'Name of the link',
  'link.name.hint': 'For instance ‘Residents’ evening’. Only facilitators see the name.',
  'link.until': 'Works up to and including',
  'link.until.hint': 'Empty: without an end.',
  'link.until.past': 'Choose today or a day to come.',
  'link.until.told': 'Up to and including {day}',
  'link.expired': 'Expired on {day}',
  'link.seats': 'Number of seats',
  'link.seats.hint': 'Empty: as many as come.',
  'link.seats.odd': 'Fill in a whole number from 1 to 10,000.',
  'link.seats.told': '{taken} of {seats} seats taken',
  'link.full': 'Full: {taken} of {seats} seats taken',
  'link.taken.none': 'Nobody came in by it yet',
  'link.taken.one': '{count} person came in by it',
  'link.taken.other': '{count} people came in by it',
  'link.waiting-room': 'With a waiting room',
  'link.waiting-room.hint': 'You or another facilitator lets each person in.',
  'link.waiting-room.told': 'With a waiting room',
  'link.change': 'Change',
  'link.change.label': 'Change the link for {link}',
  'link.change.title': 'Link for {link}',
  'link.change.submit': 'Save',
  'link.revoke': 'Withdraw',
  'link.revoke.label': 'Withdraw the link for {link}',
  'link.revoke.title': 'Withdraw the link for {link}?',
  'link.revoke.text':
    'Nobody can come in by it any more, and this cannot be turned back. Whoever is in the waiting room by it is not let in.',
  'link.revoke.people.one': '{count} person already came in by it.',
  'link.revoke.people.other': '{count} people already came in by it.',
  'link.revoke.stay': 'Whoever is in stays in',
  'link.revoke.go': 'Take them out of the case too',
  'link.revoke.words': 'They can no longer read or write, at once. What they wrote stays. Facilitators stay in.',
  'link.revoked': 'The link is withdrawn.',
  'link.revoked.gone.one': 'The link is withdrawn. {count} person can no longer get in.',
  'link.revoked.gone.other': 'The link is withdrawn. {count} people can no longer get in.',
};
