// The texts in English of what is loaded on demand: the pages before a case, and the windows in one. Laid out as en.ts.

import { enMethod } from './en-method';
import { enPast } from './en-past';
import { enPeople } from './en-people';
import type { nlLater } from './nl-later';

export const enLater: Readonly<Record<keyof typeof nlLater, string>> = {
  // the product
  'product.tagline': 'Lay the puzzle of your societal question together',

  // words of the domain
  'role.facilitator': 'Facilitator',
  'role.partner': 'Participant',
  'role.critical-friend': 'Critical friend',
  'role.viewer': 'Viewer',

  // common buttons and states
  'common.cancel': 'Cancel',

  // who you are
  'person.name': 'Your name',
  'person.name.hint': 'This is how others see who wrote what.',
  'person.name.missing': 'Fill in your name.',
  'person.organisation': 'Your organisation',
  'person.organisation.hint': 'Leave empty if you take part for yourself.',
  'person.organisation.missing': 'Fill in the name of your organisation.',
  'person.partner': 'For whom do you take part?',
  'person.partner.missing': 'Choose your organisation, or choose ‘I belong to no organisation’.',
  'person.partner.new': 'Another organisation',
  'person.partner.none': 'I belong to no organisation',
  'person.helix': 'What kind of organisation is it?',

  // joining by a link
  'join.invited': 'You are invited to',
  'join.as.facilitator': 'You come in as a facilitator: you lead the case, invite people and can change everything.',
  'join.as.partner': 'You come in as a participant: you write along in every piece of the puzzle.',
  'join.as.critical-friend': 'You come in as a critical friend: you read along and talk along in comments.',
  'join.as.viewer': 'You come in as a viewer: you read along and change nothing.',
  'join.people.one': '{count} person is already in.',
  'join.people.other': '{count} people are already in.',
  'join.privacy': 'Everyone with access to this case sees what you write, with your name and organisation.',
  'join.kept.forever': 'The case is kept until the people who run this site remove it.',
  'join.kept.days.one': 'The case is kept for {count} day.',
  'join.kept.days.other': 'The case is kept for {count} days.',
  'join.submit': 'Take a seat',
  'join.busy': 'Pulling up a chair…',

  // the start page
  'start.what':
    'At this table companies, schools, governments and residents lay one puzzle together: what do we want to achieve, who brings what, and what does each get out of it?',
  'start.how.1': 'Start a case and share the link.',
  'start.how.2': 'Everyone writes at once, on a phone or a laptop. No account needed.',
  'start.how.3': 'You see who brings what, and how the whole grows.',
  'start.new': 'Start a case',
  'start.title': 'What is your case called?',
  'start.title.hint': 'Short and recognisable, for instance ‘Warm village Elmbrook’. You can change it at any time.',
  'start.title.missing': 'Give the case a name.',
  'start.language': 'Which language will you work in?',
  'start.submit': 'Start the case',
  'start.busy': 'Setting the table…',
  'start.examples': 'Look at an example',
  'start.examples.text': 'Four invented coalitions show what a finished puzzle looks like.',
  'start.retold': 'Real coalitions, retold',
  'start.retold.text':
    'From a publication of the Katapult network (2022), in our own words, in Dutch. The pair and the steps are ours.',
  'start.examples.none': 'The examples cannot be loaded right now.',
  'start.file': 'Open a case file',
  'start.file.text': 'Saved a case as a file? Open it here and carry on.',
  'start.file.choose': 'Choose a file',
  'start.yours': 'Your cases on this device',
  'start.yours.opened': '{role}, opened {when}',
  'start.yours.forget': 'Forget {title} on this device',
  'start.yours.forget.short': 'Forget',
  'start.yours.note':
    'Forgetting removes a case from this device, with the copy of it that is kept here. The case itself stays.',
  'start.yours.waiting.one':
    'There is still {count} change on this device that was not saved. If you forget the case here, it is lost.',
  'start.yours.waiting.other':
    'There are still {count} changes on this device that were not saved. If you forget the case here, they are lost.',
  'start.yours.forget.anyway': 'Forget anyway',

  // opening a case file
  'import.title': 'Open a case file',
  'import.preview': 'This is in it',
  'import.language': 'Language: {language}',
  'import.untitled': 'Case without a name',
  'import.submit': 'Open as a new case',
  'import.busy': 'Laying out the case…',
  'import.problem.size': 'This file is too large. A case file is at most 1 MB; this one is {size} MB.',
  'import.problem.json': 'This file cannot be read. Choose a case file saved with Puzzeltafel; its name ends in .json.',
  'import.problem.format': 'This is not a case file. Choose a file made with ‘Save as a file’.',
  'import.refused': 'The file was not opened and nothing was taken over by halves.',

  // examples
  'example.banner': 'This is an example. The people and organisations are invented.',
  'example.banner.retold':
    'A real coalition, retold by us from a publication of the Katapult network (2022). The pair and the steps are ours.',
  'example.copy': 'Make it yours',
  'example.copy.title': 'Carry on with a copy of ‘{title}’',
  'example.copy.text': 'You get a copy of your own. The example itself does not change.',
  'example.copy.submit': 'Make my case',
  'example.copy.busy': 'Making the copy…',
  'example.missing': 'There is no such example',
  'example.missing.text': 'The start page lists the examples we do have.',

  // not getting in by a link
  'join.no-link.title': 'You need a link for this case',
  'join.no-link.text':
    'You are not in this case on this device yet. Ask the facilitator for the invitation link and open all of it, the part after the # sign too.',
  'join.bad-link.title': 'This link does not work (any more)',
  'join.bad-link.text': 'The link has expired, was withdrawn or is not complete. Ask the facilitator for a new one.',
  'join.no-case.title': 'That case is not here',
  'join.no-case.text': 'The address is wrong, or the case was removed. Ask the facilitator for the right link.',
  'join.offline.title': 'No connection',
  'join.offline.text':
    'This case has not been opened on this device yet, so there is nothing to show. Check your internet and load the page again.',

  // sharing
  'share.title': 'Share this case',
  'share.partner.can': 'Writes along in every piece of the puzzle.',
  'share.critical-friend.can': 'Reads along and talks along in comments; changes nothing.',
  'share.viewer.can': 'Watches, for instance on a big screen.',
  'share.facilitator.can': 'Leads the case with you: can invite people and change everything.',
  'share.role.partner': 'Participants',
  'share.role.critical-friend': 'Critical friends',
  'share.role.viewer': 'Viewers',
  'share.role.facilitator': 'Co-facilitators',
  'share.link': 'Link for {role}',
  'share.copy': 'Copy link',
  'share.copied': 'Copied',
  'share.copy.failed':
    'Copying did not work. The link is now selected: copy it with the keyboard, or press and hold it.',
  'share.native': 'Share via…',
  'share.qr': 'QR code',
  'share.qr.show': 'Show QR code for {role}',
  'share.qr.large': 'Show large',
  'share.qr.alt': 'QR code with the link for {role}',
  'share.qr.scan': 'Scan with the camera of your phone and take a seat.',
  'share.secret': 'Whoever has a link can come in. Share it only with people you want at the table.',
  'share.ask': 'Only the facilitator can invite people. Ask the facilitator for the link.',
  'share.facilitators': 'The facilitators of this case: {names}.',
  'share.file': 'Save as a file',
  'share.file.text': 'The whole case in one file, to keep or to open again later.',

  // the feed
  'feed.empty': 'Nothing yet. As soon as someone writes, you will see it here.',
  'feed.new': 'New since you last looked',
  'feed.someone': 'Someone',
  'feed.you': 'You',
  'feed.added': 'new in {place}',
  'feed.edited': 'changed in {place}',
  'feed.moved': 'from {from} to {place}',
  'feed.changed': 'details changed in {place}',
  'feed.removed': 'removed from {place}',
  'feed.statement': 'rewrote {place}',
  'feed.partner.joined': 'new partner',
  'feed.partner.left': 'partner left',
  'feed.partner.changed': 'partner changed',
  'feed.partner.removed': 'partner removed',
  'feed.empty-note': '(still empty)',
  'feed.more.one': 'and {count} more',
  'feed.more.other': 'and {count} more',
  'feed.go': 'Go to {place}',
  'place.elsewhere': 'another canvas',

  // the people
  'people.you': 'you',
  'people.here.one': '{count} person is here now',
  'people.here.other': '{count} people are here now',
  'people.at': 'in {place}',
  'people.typing': 'writing in {place}',
  'people.away': 'not here now',
  'people.none': 'Without an organisation',
  'people.rename': 'Change your name',
  'people.rename.save': 'Save name',
  'people.go': 'Go to {name} in {place}',

  // looking back
  ...enPast,
  ...enMethod,

  // who comes in
  ...enPeople,

  // about
  'about.title': 'About Puzzeltafel',
  'about.what':
    'Puzzeltafel is a table on the internet at which a coalition lays a Purpose Case together: eleven pieces that show which change in society you want, who is needed for it, what each brings and what each gets out of it.',
  'about.method': 'Whose method is it?',
  'about.method.case': 'The Purpose Case was devised by Matthijs Bobeldijk of New Business Lab.',
  'about.method.katapult':
    'The thinking on societal business models comes from the Katapult network of public-private partnerships.',
  'about.method.canvas': 'The Value Proposition Canvas is by Alexander Osterwalder.',
  'about.method.own':
    'The words and drawings on this site are our own; those who devised the method are not responsible for what we made of it.',
  'about.privacy': 'What we keep about you',
  'about.privacy.what':
    'Your name, your organisation and what you write, with the time. Nothing more: no account, no e-mail address, no trackers, no advertising.',
  'about.privacy.who': 'Everyone who is in the case through a link sees that. Nobody outside it.',
  'about.privacy.where':
    'It is on the server of whoever runs this site. Older texts are kept as well, so that you can look back.',
  'about.privacy.cookie':
    'One cookie per case remembers who you are there. Your device remembers your language, your name and which cases you opened; you can have that last one forgotten on the start page.',
  'about.licence': 'Licence',
  'about.licence.text':
    'Puzzeltafel is free software under the Apache License, version 2.0. The typeface Atkinson Hyperlegible Next is by the Braille Institute, under the SIL Open Font License.',
  'people.present': 'is here',

  // the canvas
  'note.up': 'Move up',
  'note.down': 'Move down',
  'note.move': 'Move to',
  'note.partner': 'From which partner',
  'note.form': 'What sort of contribution',
  'note.kind': 'What sort of return',
  'note.beneficiary': 'For whom',
  'note.amount.euro': 'Amount in euros',
  'note.amount.hours': 'Number of hours',
  'note.nothing': 'Not chosen',
  'note.delete': 'Delete',

  // the bar above the canvas
  'tray.title': 'Kept for you',
  'tray.text':
    'This was not saved, but it is not lost. Put your text back on a note, or copy it. It stays here, also when you close the page.',
  'tray.copy-only':
    'This was not saved, but it is not lost. Copy your text; it cannot be put back now. It stays here, also when you close the page.',
  'tray.stranded':
    'This was not saved yet when you left the case. Your text is not lost: copy it, and put it back when you are in again.',
  'tray.put-back': 'Put it back',
  'tray.put-back.done': 'Your text is on a note again, at {piece}.',
  'tray.copy': 'Copy',
  'tray.copied': 'Copied',
  'tray.copy.failed': 'Copying did not work. Press and hold the text, or select it, and copy it yourself.',
  'tray.forget': 'No longer needed',
  'tray.reason.role': 'You cannot write in this case now.',
  'tray.reason.paused': 'The case was paused when you wrote this.',
  'tray.reason.locked': 'This part of the case was locked when you wrote this.',
  'tray.reason.whose': 'In this case you change only your own notes, or those of your organisation.',
  'tray.reason.reference': 'What this belonged to is no longer in the case.',
  'tray.reason.shape': 'This change does not fit in the case.',
  'tray.reason.author': 'A note cannot be in the name of someone else.',
  'tray.reason.limit': 'This is too long, or too much for one case. Make it shorter.',
  'tray.reason.client-id': 'Your browser and someone else’s got mixed up.',
  'tray.reason.fault': 'Saving went wrong, and that is our fault.',
  'tray.reason.epoch': 'The case was started anew before this was saved.',
  'tray.reason.gap': 'Part of this change got lost on this device.',
  'tray.reason.closed': 'The connection ended before this was saved.',

  // why nothing can be written now
  'banner.storage.title': 'Saving does not work right now',
  'banner.storage.text':
    'Nothing that was saved is lost. You can read on. As soon as saving works again you can write again by itself, and what you just wrote is then saved too.',
  'banner.paused.title': 'The case is paused',
  'banner.paused.text':
    'The facilitator has paused everything for a moment. Read on if you like. When it goes on, you can write again.',
  'banner.room.title': 'You can only read now',
  'banner.room.text': 'Nothing is lost. As soon as writing is possible again, it goes on by itself.',
  'banner.closed.title': 'You are no longer connected to this case',
  'banner.closed.4401': 'You are no longer in here. Open the link of your invitation again.',
  'banner.closed.4403': 'You may not enter this case from here. Open the link of your invitation again.',
  'banner.closed.4404': 'This case was removed, or the address is not right. Ask the facilitator.',
  'banner.closed.4503': 'This case cannot be opened safely and is set aside. Ask whoever runs this server.',
  'banner.closed.other': 'Something could not be sent. Load the page again to go on.',
  'banner.closed.kept': 'What was not saved yet is waiting for you below.',
  'rules.title': 'What is allowed in this case',
  'rules.pause': 'Pause the case',
  'rules.go-on': 'Go on with the case',
  'rules.editing': 'Who may change which notes?',
  'rules.editing.everyone': 'Everyone may change everything',
  'rules.editing.partner': 'Only notes of one’s own organisation',
  'rules.editing.own': 'Only one’s own notes',
  'rules.paused.title': 'You paused the case',
  'rules.paused.text': 'Nobody else can write now. Nothing gets lost.',
  'more.light': 'Light screen',
  'more.dark': 'Dark screen',
  'more.print': 'Print the puzzle',
  'keys.title': 'Keys',
  'keys.new': 'New note in this piece',
  'keys.edit': 'Write in the note, and done',
  'keys.line': 'New line',
  'keys.done': 'Done, or back to the whole puzzle',
  'keys.walk': 'To the previous or next note',
  'keys.shift': 'Move the note up or down',
  'keys.carry': 'Move the note to the previous or next piece',
  'keys.menu': 'Everything you can do with a note',
  'keys.delete': 'Delete the note',
  'keys.undo': 'Undo',
  'keys.redo': 'Redo',
  'keys.help': 'This list',

  // the sector and the global goals
  'details.title': 'What is this case about?',
  'details.sector': 'Sector',
  'details.sector.placeholder': 'For example: care, energy, water',
};
