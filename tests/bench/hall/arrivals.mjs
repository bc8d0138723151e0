// Those who come all at once, in a thread of their own: what they are sent must not keep waiting those who are seated.
// Takes {port, paths, flavour, prefix, subprotocol}, says it is ready, and upon any word lets them come; answers with when all had the document, how many bytes that took, and how many had not.
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { frame, open, varBytes } from './wire.mjs'

const { port, paths, flavour, prefix, subprotocol } = workerData
const STATE_VECTOR = Buffer.from([0, 0])
const DIFFERENCE = [0, 1]

/** Come in and ask for the document; return how many bytes it came in, or 0 when the server ended it first. */
function join(path) {
  return new Promise((resolve, reject) => {
    const hear = (payload) => {
      const [kind, step] = payload.subarray(prefix.length)
      if (flavour === 'raw' || (kind === DIFFERENCE[0] && step === DIFFERENCE[1])) resolve(payload.length)
    }
    const ask = (socket) => socket.write(frame(Buffer.concat([prefix, STATE_VECTOR, varBytes(Buffer.from([0]))])))
    open(port, path, subprotocol, hear, () => resolve(0)).then((socket) => flavour === 'raw' || ask(socket), reject)
  })
}

// The seated have the core first: in a real hall every arrival has a machine of its own.
setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_LOW)

parentPort.postMessage('ready')
await once(parentPort, 'message')
const began = performance.now()
const sizes = await Promise.all(paths.map(join))
parentPort.postMessage({
  joinMs: performance.now() - began,
  joinBytes: sizes.reduce((sum, size) => sum + size, 0),
  turnedAway: sizes.filter((size) => size === 0).length,
})
parentPort.close()
