// What a Redis has done so far, by its own account: messages published, and bytes in and out.
import { connect } from 'node:net'

/** Give the counts of the Redis on a port; nothing without one. */
export async function countsOf(port) {
  if (!port) return undefined
  const told = await ask(port)
  const count = (name) => Number(told.match(new RegExp(`${name}(\\d+)`))?.[1] ?? 0)
  return {
    publishes: count('cmdstat_publish:calls='),
    bytesIn: count('total_net_input_bytes:'),
    bytesOut: count('total_net_output_bytes:'),
  }
}

function ask(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('INFO stats\r\nINFO commandstats\r\nQUIT\r\n'))
    let told = ''
    socket.on('data', (chunk) => (told += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(told))
  })
}
