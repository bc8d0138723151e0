// Writes tests/vectors/updates.json: updates that real Yjs makes, with the values they must give. Run after a change of Yjs.
import { writeFileSync } from 'node:fs'
import * as Y from 'yjs'

const vectors = []

/** Record every update that `act` causes on a fresh document, and the plain values it leaves. */
function vector(name, act) {
  const doc = new Y.Doc()
  doc.clientID = 1000 + vectors.length
  const updates = []
  doc.on('update', (update) => updates.push(Buffer.from(update).toString('hex')))
  act(doc, doc.getMap('notes'))
  const whole = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')
  const texts = { impact: doc.getText('statement.impact').toString() }
  vectors.push({ name, updates, whole, clock: Y.getState(doc.store, doc.clientID), notes: doc.getMap('notes').toJSON(), texts })
}

function note(notes, id, text, fields = {}) {
  const entry = new Y.Map()
  entry.set('place', 'value')
  entry.set('order', 'a0')
  entry.set('text', new Y.Text(text))
  for (const [key, value] of Object.entries(fields)) entry.set(key, value)
  notes.set(id, entry)
}

vector('a note', (doc, notes) => doc.transact(() => note(notes, 'n1', 'hallo', { created: 1763900000000, partner: null })))
vector('typing letter by letter', (doc, notes) => {
  doc.transact(() => note(notes, 'n1', ''))
  for (const [index, letter] of [...'héé €5'].entries()) notes.get('n1').get('text').insert(index, letter)
})
vector('characters beyond the basic plane', (doc, notes) => {
  doc.transact(() => note(notes, 'n1', 'voor 😀 na'))
  notes.get('n1').get('text').insert(7, 'ë')
  notes.get('n1').get('text').delete(5, 2)
})
vector('a note moved and deleted', (doc, notes) => {
  doc.transact(() => note(notes, 'n1', 'weg', { amount: 12.5 }))
  notes.get('n1').set('place', 'returns')
  notes.delete('n1')
})
vector('a statement rewritten', (doc) => {
  const text = doc.getText('statement.impact')
  text.insert(0, 'Iedereen doet mee')
  text.delete(0, 8)
  text.insert(0, 'Wij allen')
})
vector('values of every kind', (doc, notes) => doc.transact(() => note(notes, 'n1', 'x', { amount: 0.1, created: -0, form: 'cash', for: 'all' })))

writeFileSync(new URL('../vectors/updates.json', import.meta.url), JSON.stringify(vectors, null, 1) + '\n')
