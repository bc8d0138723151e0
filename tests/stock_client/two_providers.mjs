// Two stock y-websocket providers, unchanged, in one process: node two_providers.mjs <ws url> <case> <token A> <token B> <token viewer>
// Prints one JSON object with what each saw. Used by tests/end_to_end/test_stock_provider.py.
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { WebsocketProvider } from 'y-websocket'

const [url, room, tokenA, tokenB, tokenViewer] = process.argv.slice(2)

function open(token) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(url, room, doc, { WebSocketPolyfill: WebSocket, disableBc: true, params: { token } })
  return { doc, provider }
}

/** Wait until a condition holds, looked at after every change of document or awareness. */
function until(client, what, holds) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`never happened: ${what}`)), 10_000)
    const look = () => {
      if (!holds()) return
      clearTimeout(timer)
      resolve()
    }
    client.doc.on('update', look)
    client.provider.awareness.on('change', look)
    client.provider.on('sync', look)
    client.provider.on('connection-close', () => setTimeout(look))
    look()
  })
}

const users = (client) => [...client.provider.awareness.getStates().entries()]
const others = (client) => users(client).filter(([id]) => id !== client.doc.clientID)

const a = open(tokenA)
const b = open(tokenB)
await Promise.all([until(a, 'a synced', () => a.provider.synced), until(b, 'b synced', () => b.provider.synced)])

a.provider.awareness.setLocalStateField('user', { name: 'made up' })
b.provider.awareness.setLocalStateField('at', 'value')
await until(b, 'b sees a', () => others(b).some(([, state]) => state.user?.name === 'Ann'))
await until(a, 'a sees b', () => others(a).some(([, state]) => state.user?.name === 'Bob'))

const note = new Y.Map()
a.doc.transact(() => {
  note.set('place', 'value')
  note.set('order', 'a5')
  note.set('text', new Y.Text('samen '))
  a.doc.getMap('notes').set('stock-note', note)
})
await until(b, 'b has the note', () => b.doc.getMap('notes').has('stock-note'))
a.doc.getMap('notes').get('stock-note').get('text').insert(0, 'één 😀 ')
b.doc.getMap('notes').get('stock-note').get('text').insert(6, 'sterk')
const text = (client) => client.doc.getMap('notes').get('stock-note').get('text').toString()
const whole = (client) => text(client).length === 18
await Promise.all([until(a, 'a has both', () => whole(a)), until(b, 'b has both', () => whole(b))])

const viewer = open(tokenViewer)
await until(viewer, 'viewer synced', () => viewer.provider.synced)
const viewerSaw = text(viewer)
let closeCode = null
viewer.provider.on('connection-close', (event) => {
  closeCode ??= event?.code ?? null
})
viewer.doc.getText('statement.impact').insert(0, 'not allowed')
await until(viewer, 'viewer closed', () => closeCode !== null)
viewer.provider.destroy()

const gone = b.doc.clientID
b.provider.disconnect()
await until(a, 'b is gone', () => !a.provider.awareness.getStates().has(gone))
b.doc.getMap('notes').get('stock-note').get('text').insert(0, 'offline ')
b.provider.connect()
await until(a, 'b is back', () => a.provider.awareness.getStates().has(gone) && text(a).startsWith('offline '))

console.log(
  JSON.stringify({
    equal: JSON.stringify(a.doc.getMap('notes').toJSON()) === JSON.stringify(b.doc.getMap('notes').toJSON()),
    text: text(a),
    names: others(a).map(([, state]) => state.user.name),
    viewerSaw,
    closeCode,
    statement: a.doc.getText('statement.impact').toString(),
  }),
)
process.exit(0)
