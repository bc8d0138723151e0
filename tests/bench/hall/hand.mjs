// The people of one canvas: a document with a note for each writer, and each writer's letters, as updates made beforehand with real Yjs.
import { createRequire } from 'node:module'

export const Y = createRequire(new URL('../peers/package.json', import.meta.url))('yjs')

const FIRST_CLIENT = 3_000_000_000
const NOTES_AT_ONCE = 100
const TEXT = 'een notitie van gewone lengte, met een paar woorden '

const noteId = (writer) => `note${String(writer).padStart(12, '0')}`
const letter = (number) => String.fromCharCode(97 + (number % 26))

/** Return the updates that make a document with so many notes (and so many bytes more of other text). */
export function seed(writers, extraBytes = 0) {
  const doc = new Y.Doc()
  doc.clientID = FIRST_CLIENT - 1
  const made = []
  doc.on('update', (update) => made.push(update))
  const notes = doc.getMap('notes')
  const fillers = Math.ceil(extraBytes / 4_000)
  const texts = [...Array(writers).keys()].map((writer) => [noteId(writer), TEXT])
  for (let number = 0; number < fillers; number++) texts.push([`fill${String(number).padStart(12, '0')}`, TEXT.repeat(80).slice(0, 4_000)])
  for (let start = 0; start < texts.length; start += NOTES_AT_ONCE)
    doc.transact(() => {
      for (const [id, text] of texts.slice(start, start + NOTES_AT_ONCE)) {
        const note = new Y.Map(Object.entries({ place: 'value', order: 'a0' }))
        note.set('text', new Y.Text(text))
        notes.set(id, note)
      }
    })
  return made
}

/** Return the letters of one writer as updates, each of one clock of their own client id. */
export function letters(base, writer, count) {
  const doc = new Y.Doc()
  base.forEach((update) => Y.applyUpdate(doc, update))
  doc.clientID = clientOf(writer)
  const made = []
  doc.on('update', (update) => made.push(Buffer.from(update)))
  const text = doc.getMap('notes').get(noteId(writer)).get('text')
  for (let number = 0; number < count; number++) text.insert(text.length, letter(number))
  return made
}

export const clientOf = (writer) => FIRST_CLIENT + writer
export const writerOf = (client) => client - FIRST_CLIENT

/** Tell what is wrong with a probe's document, or nothing: every note must hold what its writer wrote. */
export function wrongIn(updates, written) {
  const doc = new Y.Doc()
  updates.forEach((update) => Y.applyUpdate(doc, update))
  const notes = doc.getMap('notes')
  const wrong = written.flatMap((count, writer) => {
    const wanted = TEXT + [...Array(count).keys()].map(letter).join('')
    const found = notes.get(noteId(writer))?.get('text')?.toString()
    return found === wanted ? [] : [`note of writer ${writer}: ${found?.length ?? 'no'} letters, ${wanted.length} wanted`]
  })
  return wrong.slice(0, 3)
}

/** Read an update: for each range of a writer its number and the letters it brings, flat: [writer, from, to, …]. */
export function rangesIn(update) {
  const { structs } = Y.decodeUpdate(update)
  const found = []
  for (const struct of structs) {
    const writer = writerOf(struct.id.client)
    if (writer >= 0 && struct.constructor.name !== 'Skip') found.push(writer, struct.id.clock, struct.id.clock + struct.length)
  }
  return Int32Array.from(found)
}
