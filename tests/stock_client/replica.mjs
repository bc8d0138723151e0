// Real Yjs documents driven over a pipe: one JSON object a line in, one out. Used by tests/campaigns as replicas and as an oracle.
//   {"op": "new", "id", "client"} · {"op": "apply", "id", "updates": [base64]} · {"op": "edit", "id", "edit": {...}} → {"update"}
//   {"op": "record", "id", "rows": [[seq, by, base64]]} · {"op": "attribution", "id", "subject"} → {"runs": [[text, by, seq]]}
//   {"op": "vector", "id"} · {"op": "difference", "id", "vector"} · {"op": "view", "id"} → {"view", "pending"} · {"op": "drop", "id"}
//   {"op": "time", "start", "updates"} → {"ns"} that applying the updates took
import { createInterface } from 'node:readline'
import * as Y from 'yjs'

const MAPS = ['meta', 'sdgs', 'notes', 'partners', 'pairs', 'links', 'comments', 'roadmap']
const TEXTS = ['statement.impact', 'statement.ambition']
const seats = new Map()

const decode = (text) => new Uint8Array(Buffer.from(text, 'base64'))
const encode = (bytes) => Buffer.from(bytes).toString('base64')

function seat(id, client) {
  const doc = new Y.Doc()
  if (client !== undefined) doc.clientID = client
  const undo = new Y.UndoManager([...MAPS.map((name) => doc.getMap(name)), ...TEXTS.map((name) => doc.getText(name))], { captureTimeout: 0 })
  seats.set(id, { doc, undo, brought: new Map() })
}

/** Move a position out of the middle of a character of two code units. */
function whole(text, index) {
  const code = text.charCodeAt(index)
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index
}

const EDITS = {
  add: ({ doc }, { note, text, place, order }) => {
    const entry = new Y.Map(Object.entries({ place, order }))
    entry.set('text', new Y.Text(text))
    doc.getMap('notes').set(note, entry)
  },
  type: ({ doc }, { note, text, at }) => {
    const shared = doc.getMap('notes').get(note)?.get('text')
    shared?.insert(at === 'end' ? shared.length : 0, text)
  },
  set: ({ doc }, { note, field, value }) => void doc.getMap('notes').get(note)?.set(field, value),
  remove: ({ doc }, { note }) => void doc.getMap('notes').delete(note),
  title: ({ doc }, { text }) => void doc.getMap('meta').set('title', text),
  say: ({ doc }, { root, text, at }) => {
    const shared = doc.getText(root)
    shared.insert(whole(shared.toString(), Math.floor(at * shared.length)), text)
  },
  cut: ({ doc }, { root, from, to }) => {
    const shared = doc.getText(root)
    const words = shared.toString()
    const start = whole(words, Math.floor(from * words.length))
    const end = whole(words, Math.floor(to * words.length))
    if (end > start) shared.delete(start, end - start)
  },
  undo: ({ undo }) => void undo.undo(),
}

/** Apply rows of a log and note which of them first brought each clock, from the structs of the update alone. */
function record({ doc, brought }, rows) {
  for (const [seq, by, update] of rows) {
    const bytes = decode(update)
    for (const { id, length } of Y.decodeUpdate(bytes).structs) {
      const known = brought.get(id.client) ?? []
      const start = Math.max(id.clock, known.length)
      for (let clock = start; clock < id.clock + length; clock += 1) known[clock] = [by, seq]
      brought.set(id.client, known)
    }
    Y.applyUpdate(doc, bytes, 'remote')
  }
}

/** Walk the characters of a text, each with who brought it, in runs. */
function attribution({ doc, brought }, subject) {
  const shared = subject.startsWith('notes/') ? doc.getMap('notes').get(subject.slice(6))?.get('text') : doc.getText(subject)
  const runs = []
  for (let item = shared?._start ?? null; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (let index = 0; index < item.length; index += 1) {
      const [by, seq] = brought.get(item.id.client)[item.id.clock + index]
      const last = runs.at(-1)
      if (last?.[1] === by && last[2] === seq) last[0] += item.content.str[index]
      else runs.push([item.content.str[index], by, seq])
    }
  }
  return runs
}

const OPERATIONS = {
  record: ({ id, rows }) => (record(seats.get(id), rows), {}),
  attribution: ({ id, subject }) => ({ runs: attribution(seats.get(id), subject) }),
  new: ({ id, client }) => (seat(id, client), {}),
  drop: ({ id }) => (seats.delete(id), {}),
  apply: ({ id, updates }) => {
    const { doc } = seats.get(id)
    for (const update of updates) Y.applyUpdate(doc, decode(update), 'remote')
    return {}
  },
  edit: ({ id, edit }) => {
    const at = seats.get(id)
    const made = []
    const keep = (update) => made.push(update)
    at.doc.on('update', keep)
    if (edit.kind === 'undo') EDITS.undo(at)
    else at.doc.transact(() => EDITS[edit.kind](at, edit))
    at.doc.off('update', keep)
    return { update: made.length === 0 ? null : encode(Y.mergeUpdates(made)) }
  },
  time: ({ start, updates }) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, decode(start))
    const decoded = updates.map(decode)
    const began = process.hrtime.bigint()
    for (const update of decoded) Y.applyUpdate(doc, update)
    return { ns: Number(process.hrtime.bigint() - began) }
  },
  vector: ({ id }) => ({ vector: encode(Y.encodeStateVector(seats.get(id).doc)) }),
  difference: ({ id, vector }) => ({ update: encode(Y.encodeStateAsUpdate(seats.get(id).doc, decode(vector))) }),
  view: ({ id }) => {
    const { doc } = seats.get(id)
    const maps = MAPS.map((name) => [name, doc.getMap(name).toJSON()])
    const texts = TEXTS.map((name) => [name, doc.getText(name).toString()])
    return { view: Object.fromEntries([...maps, ...texts]), pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  process.stdout.write(`${JSON.stringify(OPERATIONS[asked.op](asked))}\n`)
}
