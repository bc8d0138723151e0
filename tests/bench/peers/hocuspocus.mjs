// Hocuspocus as its documentation starts it, without storage: `node hocuspocus.mjs PORT`, and with its Redis extension `… PORT REDIS_PORT`.
import { Redis } from '@hocuspocus/extension-redis'
import { Server } from '@hocuspocus/server'

const [port, redis] = process.argv.slice(2).map(Number)
const extensions = redis ? [new Redis({ host: '127.0.0.1', port: redis })] : []
await new Server({ address: '127.0.0.1', port, quiet: true, stopOnSignals: true, extensions }).listen()
