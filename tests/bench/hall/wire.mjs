// Just enough of WebSocket and of the y-protocol to speak to a server at the least cost: no library, so that the server is what is measured.
// Frames to the server carry a mask of zeros, which is a mask like any other and leaves the bytes as they are.
import { connect } from 'node:net'
import { randomBytes } from 'node:crypto'

const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

export function varUint(value) {
  const out = []
  while (value > 0x7f) {
    out.push(0x80 | value % 0x80)
    value = Math.floor(value / 0x80)
  }
  out.push(value)
  return Buffer.from(out)
}

export const varBytes = (bytes) => Buffer.concat([varUint(bytes.length), bytes])
export const varText = (text) => varBytes(Buffer.from(text))

export function readVarUint(bytes, at) {
  let value = 0
  let scale = 1
  for (;;) {
    const octet = bytes[at++]
    value += (octet & 0x7f) * scale
    if (octet < 0x80) return [value, at]
    scale *= 0x80
  }
}

/** Frame a message as a client does. */
export function frame(payload, opcode = BINARY) {
  const length = payload.length
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : length < 65_536
        ? Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff])
        : Buffer.from([0x80 | opcode, 0x80 | 127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff])
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

/** Every socket is read into this one, so that nothing is made and thrown away for each: what is to stay is copied. */
const inbox = Buffer.alloc(1 << 18)

/** Open a WebSocket; `onMessage(payload)` gets every whole message, for as long as the call lasts; `onEnd(why)` hears of its end. Resolves once the server agreed. */
export function open(port, path, subprotocol, onMessage, onEnd) {
  return new Promise((resolve, reject) => {
    let parts = []
    let length = 0
    let isOpen = false
    const hear = (chunk) => {
      let bytes = chunk
      if (parts.length) {
        parts.push(Buffer.from(chunk))
        length += chunk.length
        if (isOpen && length < wanted(parts[0])) return // a long message is put together once
        bytes = Buffer.concat(parts)
      }
      if (!isOpen) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end >= 0 && !bytes.subarray(0, 12).toString().endsWith('101')) return reject(new Error(bytes.subarray(0, end).toString()))
        isOpen = end >= 0
        if (isOpen) {
          bytes = bytes.subarray(end + 4)
          resolve(socket)
        }
      }
      if (isOpen) bytes = readMessages(bytes, socket, onMessage, onEnd)
      parts = bytes.length ? [Buffer.from(bytes)] : []
      length = bytes.length
    }
    const onread = { buffer: inbox, callback: (count) => (hear(inbox.subarray(0, count)), true) }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
    socket.on('connect', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${subprotocol ? `Sec-WebSocket-Protocol: ${subprotocol}\r\n` : ''}\r\n`,
      ),
    )
    socket.on('error', (fault) => (isOpen ? onEnd(String(fault)) : reject(fault)))
    socket.on('close', () => onEnd('closed'))
  })
}

/** How many bytes a long message takes of which these are the first; 0 when that is short or not told yet. */
const wanted = (bytes) => (bytes.length >= 10 && (bytes[1] & 0x7f) === 127 ? 10 + Number(bytes.readBigUInt64BE(2)) : 0)

/** Read all whole frames; return what is left over. Servers here send whole messages, never fragments. */
function readMessages(bytes, socket, onMessage, onEnd) {
  let at = 0
  while (bytes.length - at >= 2) {
    const opcode = bytes[at] & 0x0f
    let length = bytes[at + 1] & 0x7f
    let start = at + 2
    if (length === 126) {
      if (bytes.length < start + 2) break
      length = bytes.readUInt16BE(start)
      start += 2
    } else if (length === 127) {
      if (bytes.length < start + 8) break
      length = Number(bytes.readBigUInt64BE(start))
      start += 8
    }
    if (bytes.length < start + length) break
    const payload = bytes.subarray(start, start + length)
    if (opcode === BINARY) onMessage(payload)
    else if (opcode === PING) socket.write(frame(payload, PONG))
    else if (opcode === CLOSE) onEnd(`${payload.length >= 2 ? payload.readUInt16BE(0) : ''} ${payload.subarray(2)}`)
    at = start + length
  }
  return at ? bytes.subarray(at) : bytes
}
