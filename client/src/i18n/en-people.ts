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

  // at the door
  'join.waiting-room': 'A facilitator lets you in as soon as they see that you are there.',
  'join.expired.title': 'This link has expired',
  'join.expired.text': 'It worked until a day that is over. Ask the facilitator for a new one.',
  'join.bad-way-back.title': 'This link to come back does not work (any more)',
  'join.bad-way-back.text':
    'It is not complete, or a newer one was made: then only the newest works. Look that one up, or ask the facilitator for an ordinary link.',
  'join.removed.title': 'You no longer take part in this case',
  'join.removed.text':
    'A facilitator took you out of this case. What you wrote and was saved is still there. Is this a mistake? Ask a facilitator whether you may join again, and then load this page again.',
  'join.turned-away.title': 'You were not let in for now',
  'join.turned-away.text':
    'A facilitator kept the door closed. That may be a mistake: get in touch with whoever invited you. If you are welcome after all, load this page again.',
  'waiting.title': 'One moment please',
  'waiting.text': 'The facilitators see that you are here. As soon as one lets you in, this page goes on by itself.',
  'waiting.away': 'There is no connection for a moment. As soon as it is back, we knock on the door again for you.',
  'waiting.stay': 'Leave this page open. There is nothing you need to do.',
  'back-in.title': 'You are already in here as {name}',
  'back-in.text':
    'With this link you come back in this browser as whoever made it. {name} stays in the case, with everything under that name.',
  'back-in.go': 'Come back with this link',
  'back-in.stay': 'Stay {name}',

  'door.let-in': 'Let in',
  'door.let-in.label': 'Let in: {name}',
  'door.let-in.all': 'Let everyone in',
  'door.let-in.after-all': 'Let in after all',
  'door.not-now': 'Not now',
  'door.not-now.label': 'Not now: {name}',
  'door.refused': '{name} was not let in.',

  // what each may do
  'person.open': 'What {name} may do',
  'person.since': '{partner}. In since {day}.',
  'person.role': 'What may {name} do in this case?',
  'person.role.mine': 'What may you do in this case?',
  'person.role.done': '{name} is now: {role}.',
  'person.role.step-down': 'Mind: you cannot make yourself a facilitator again after this. Another facilitator can.',
  'person.remove': 'Take {name} out of the case',
  'person.remove.title': 'Take {name} out of the case?',
  'person.remove.act': 'Take out',
  'person.remove.text':
    '{name} can then no longer read or write, at once. Everything {name} wrote stays, with the name. You can let {name} back in later.',
  'person.remove.link':
    'Mind: whoever kept a link to this case can come in again by it in another browser. Withdraw the link under ‘Share’ as well if you do not want that.',
  'person.remove.done': '{name} was taken out of the case.',
  'people.out.one': '{count} person has no access (any more)',
  'people.out.other': '{count} people have no access (any more)',
  'people.out.back': 'Let back in',
  'people.out.back.label': 'Let back in: {name}',

  // one's own way back
  'way-back.open': 'Come back on another device',
  'way-back.title': 'Your way back',
  'way-back.text': 'With a link of your own you come back as {name} on any device, with all you may do.',
  'way-back.once': 'You see the link once. If you made one before, that one stops working.',
  'way-back.make': 'Make my link',
  'way-back.address': 'Your link to come back',
  'way-back.keep':
    'Keep it safe, for instance with your passwords or on paper, and share it with nobody: whoever has it is you here.',
  'way-back.last': 'Once you close this window it cannot be seen any more.',
  'way-back.qr': 'QR code with your link to come back',

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
  'link.taken.none': 'Nobody came by this link yet',
  'link.taken.one': '{count} person came by this link',
  'link.taken.other': '{count} people came by this link',
  'link.waiting-room': 'With a waiting room',
  'link.waiting-room.hint': 'You or another facilitator lets each person in.',
  'link.waiting-room.told': 'With a waiting room',
  'link.change': 'Change',
  'link.change.label': 'Change: link for {link}',
  'link.change.title': 'Link for {link}',
  'link.change.submit': 'Save',
  'link.revoke': 'Withdraw',
  'link.revoke.label': 'Withdraw: link for {link}',
  'link.revoke.title': 'Withdraw the link for {link}?',
  'link.revoke.text':
    'Nobody can come in by it any more, and this cannot be turned back. Whoever is in the waiting room by it is not let in.',
  'link.revoke.people.one': '{count} person already came by this link.',
  'link.revoke.people.other': '{count} people already came by this link.',
  'link.revoke.stay': 'Whoever is in stays in',
  'link.revoke.go': 'Take them out of the case too',
  'link.revoke.words': 'They can no longer read or write, at once. What they wrote stays. Facilitators stay in.',
  'link.revoked': 'The link is withdrawn.',
  'link.revoked.gone.one': 'The link is withdrawn. {count} person can no longer get in.',
  'link.revoked.gone.other': 'The link is withdrawn. {count} people can no longer get in.',
};
