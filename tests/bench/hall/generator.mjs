// One process that is everybody in the hall but those who come late (`arrivals.mjs`): connects, lets the writers write at their pace, and counts what reaches whom, and when.
// Reads one scenario as JSON from standard input and writes what it measured as JSON. What is fair to report is `measure.py`'s to say.
//
//   {port, pid (or ports, pids, and redis: its port), flavour: y|ours|hocuspocus|raw, rooms: [{name, paths}], clients, joiners, writers, rate,
//    presence, seconds, bytes, seed}
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { clientOf, letters, rangesIn, seed, wrongIn } from './hand.mjs'
import { countsOf } from './redis.mjs'
import { frame, open, readVarUint, varBytes, varText, varUint } from './wire.mjs'

const SYNC = 0
const AWARENESS = 1
const TICKS_PER_SECOND = 100
const PROBES = 2
const AT_ONCE = 40
const LEAST_DRAIN_MS = 300
const MOST_DRAIN_MS = 4_000
const WARM_S = 2
const BUCKETS_PER_MS = 10
const MOST_MS = 20_000

const scenario = JSON.parse(readFileSync(0, 'utf8'))
const { flavour, rooms, clients, joiners, writers, rate, presence, seconds, bytes } = scenario
const ports = scenario.ports ?? [scenario.port]
const pids = scenario.pids ?? [scenario.pid]
const subprotocol = flavour === 'ours' ? 'puzzeltafel.1' : undefined
const perWriter = Math.ceil(rate * (seconds + WARM_S)) + 2
const base = seed(writers, bytes)
const everyLetter = [...Array(writers).keys()].map((writer) => letters(base, writer, perWriter))

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const now = () => performance.now()

class Room {
  constructor(name) {
    this.name = name
    this.prefix = flavour === 'hocuspocus' ? varText(name) : Buffer.alloc(0)
    this.sent = [...Array(writers)].map(() => new Float64Array(perWriter))
    this.written = Array(writers).fill(0)
    this.known = new Map()
    this.clients = []
  }

  message(...parts) {
    return frame(Buffer.concat([this.prefix, ...parts]))
  }

  /** Read an update once, however many clients hear it: as a rule one after the other. */
  ranges(payload, update) {
    if (this.last?.equals(payload)) return this.lastRanges
    this.last = Buffer.from(payload)
    return (this.lastRanges = this.found(payload, update))
  }

  found(payload, update) {
    const key = payload.latin1Slice()
    let found = this.known.get(key)
    if (!found) {
      if (this.known.size > 2_000) this.known.clear()
      this.known.set(key, (found = rangesIn(update)))
    }
    return found
  }
}

class Client {
  constructor(room, number) {
    this.room = room
    this.number = number
    this.next = new Int32Array(writers)
    this.kept = number < PROBES ? [] : undefined
    this.delivered = 0
    this.synced = new Promise((resolve) => (this.settle = resolve))
  }

  async join(path) {
    this.socket = await open(ports[serverOf(this.number)], path, subprotocol, (payload) => this.hear(payload), (why) => this.end(why))
    if (flavour === 'hocuspocus') this.socket.write(this.room.message(varUint(2), varUint(0), varText('token')))
    this.socket.write(this.room.message(Buffer.from([SYNC, 0]), varBytes(Buffer.from([0]))))
    await this.synced
  }

  end(why) {
    if (!isOver && !this.ended) this.ended = why
    this.settle()
  }

  hear(payload) {
    doDue()
    frames++
    let at = this.room.prefix.length
    if (payload[at] === SYNC || (flavour === 'hocuspocus' && payload[at] === 4)) this.hearSync(payload, at + 1)
    else if (payload[at] === AWARENESS) presenceBytes += payload.length
    else others++
  }

  hearSync(payload, at) {
    const step = payload[at]
    if (step === 0) return
    const [length, start] = readVarUint(payload, at + 1)
    const update = payload.subarray(start, start + length)
    this.kept?.push(Buffer.from(update))
    if (step === 1) this.settle()
    if (step === 1 || !isWriting) return
    const ranges = this.room.ranges(payload, update)
    const moment = now()
    for (let index = 0; index < ranges.length; index += 3) this.deliver(ranges[index], ranges[index + 1], ranges[index + 2], moment)
  }

  deliver(writer, from, to, moment) {
    for (let clock = Math.max(from, this.next[writer]); clock < to; clock++) {
      if (writer !== this.number) {
        this.delivered++
        if (clock >= this.room.warm[writer] && isAcross(writer, this.number)) note(moment - this.room.sent[writer][clock])
      }
    }
    if (to > this.next[writer]) this.next[writer] = to
  }

  write() {
    const clock = this.room.written[this.number]++
    this.room.sent[this.number][clock] = now()
    this.socket.write(this.room.message(Buffer.from([SYNC, 2]), varBytes(everyLetter[this.number][clock])))
  }

  appear(clock) {
    const state = varText(JSON.stringify({ at: 'value', note: null, typing: clock % 2 === 0 }))
    const entry = Buffer.concat([varUint(1), varUint(clientOf(this.number)), varUint(clock), state])
    this.socket.write(this.room.message(Buffer.from([AWARENESS]), varBytes(entry)))
  }
}

const histogram = new Uint32Array(BUCKETS_PER_MS * MOST_MS + 1)
let frames = 0
let others = 0
let presenceBytes = 0
let isWriting = false
let isOver = false

function note(ms) {
  histogram[Math.min(histogram.length - 1, Math.max(0, Math.round(ms * BUCKETS_PER_MS)))]++
}

function quantile(share) {
  const wanted = histogram.reduce((sum, count) => sum + count, 0) * share
  if (!wanted) return null
  let seen = 0
  for (let index = 0; index < histogram.length; index++) {
    seen += histogram[index]
    if (seen >= wanted) return index / BUCKETS_PER_MS
  }
  return null
}

/** Each client of a case has the next server in turn. */
function serverOf(number) {
  return number % ports.length
}

/** Of several servers, times are those from one to another. */
function isAcross(writer, reader) {
  return ports.length === 1 || serverOf(writer) !== serverOf(reader)
}

const sum = (values) => values.reduce((total, value) => total + value, 0)

/** Seconds of processor time the servers have taken, all their threads, from the kernel's own account. */
function processorS() {
  const fieldsOf = (id) => readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')
  return sum(pids.map(fieldsOf).map((fields) => (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND))
}

function memoryKb(what) {
  return sum(pids.map((id) => Number(readFileSync(`/proc/${id}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+)`))[1])))
}

/** Numbers from 0 to 1 that follow from a seed (a linear congruential generator of 31 bits), so that a run is the same for every server. */
function numbersFrom(number) {
  let state = number + 1
  return () => (state = (state * 48_271) % 0x7fffffff) / 0x7fffffff
}

/** What is to be done when, in order: letters and signs of life, each once in its span of time and at any moment in it, as people do. */
function plan(all) {
  const due = []
  const random = numbersFrom(scenario.seed)
  for (let index = 0; index < 10; index++) random()
  const repeat = (perSecond, act) => {
    for (let span = 0; span < (seconds + WARM_S) * perSecond; span++) due.push({ at: ((span + random()) / perSecond) * 1000, act })
  }
  for (const client of all) {
    let clock = 1
    if (client.number < writers && rate) repeat(rate, () => client.write())
    if (presence) repeat(presence, () => client.appear(clock++))
  }
  return due.sort((one, other) => one.at - other.at)
}

/** Do what is due. Also called between one frame and the next that is heard: a full hall hears many in a row, and letters do not wait for that. */
let doDue = () => {}

async function write(all, lags, outside) {
  const due = plan(all)
  const began = now()
  let next = 0
  doDue = () => {
    for (let moment = now() - began; next < due.length && due[next].at <= moment; next++) {
      lags.push(moment - due[next].at)
      due[next].act()
    }
  }
  const until = async (seconds) => {
    while (now() - began < seconds * 1000) {
      await pause(1)
      doDue()
    }
  }
  await until(WARM_S)
  const before = begin(all)
  const arrival = outside && arrive(outside)
  await until(WARM_S + seconds)
  doDue = () => {}
  return { before, joined: await arrival }
}

/** Those who come late stand before the door of the first room. */
async function gather() {
  const [room] = rooms
  const paths = room.paths.slice(clients, clients + joiners)
  const outside = new Worker(new URL('arrivals.mjs', import.meta.url), {
    workerData: { port: ports[0], paths, flavour, prefix: room.state.prefix, subprotocol },
  })
  await once(outside, 'message')
  return outside
}

/** They all come at once; what that takes is the server's until the last has the document. */
async function arrive(outside) {
  const server = processorS()
  outside.postMessage('come')
  const [arrived] = await once(outside, 'message')
  return { ...arrived, joinS: processorS() - server }
}

/** Begin to count: what was written before only warmed the server up. */
function begin(all) {
  rooms.forEach((room) => (room.state.warm = [...room.state.written]))
  for (const client of all) client.early = client.delivered
  return { server: processorS(), own: process.cpuUsage(), at: now(), frames, others, presenceBytes, redis: countsOf(scenario.redis) }
}

const owed = () =>
  rooms.reduce((sum, { state }) => {
    const total = state.written.reduce((all, count) => all + count, 0)
    return sum + state.clients.reduce((all, client) => all + total - (state.written[client.number] ?? 0) - client.delivered, 0)
  }, 0)

async function drain() {
  const began = now()
  while (now() - began < LEAST_DRAIN_MS || (owed() > 0 && now() - began < MOST_DRAIN_MS)) await pause(20)
}

/** What Redis did since then. */
async function between(before) {
  const [then, since] = await Promise.all([before, countsOf(scenario.redis)])
  return then && Object.fromEntries(Object.entries(since).map(([name, count]) => [name, count - then[name]]))
}

async function main() {
  const memoryBefore = memoryKb('VmRSS')
  const joins = []
  for (const room of rooms) {
    room.state = new Room(room.name)
    for (let number = 0; number < clients; number++) {
      const client = new Client(room.state, number)
      room.state.clients.push(client)
      if (number === 0) {
        await client.join(room.paths[0])
        for (const update of base) client.socket.write(room.state.message(Buffer.from([SYNC, 2]), varBytes(Buffer.from(update))))
        client.kept.push(...base.map((update) => Buffer.from(update)))
        await pause(rooms.length > 1 ? 30 : 500)
      } else {
        joins.push(client.join(room.paths[number]))
        if (joins.length >= AT_ONCE) await Promise.all(joins.splice(0))
      }
    }
  }
  await Promise.all(joins)
  await pause(500)
  const idleKb = memoryKb('VmRSS') - memoryBefore
  const all = rooms.flatMap((room) => room.state.clients)
  isWriting = true
  rooms.forEach((room) => (room.state.warm = Array(writers).fill(Infinity)))
  const lags = []
  const { before, joined } = await write(all, lags, joiners ? await gather() : undefined)
  const written = now()
  const ownS = process.cpuUsage(before.own)
  const serverWhile = processorS() - before.server
  await drain()
  const redis = await between(before.redis)
  const server = processorS() - before.server
  const delivered = all.reduce((sum, client) => sum + client.delivered - client.early, 0)
  const wrong = rooms.flatMap(({ state }) => state.clients.filter((client) => client.kept).flatMap((client) => wrongIn(client.kept, state.written)))
  lags.sort((one, other) => one - other)
  const tookS = (written - before.at) / 1000
  isOver = true
  const result = {
    delivered,
    undelivered: owed(),
    frames: frames - before.frames,
    others: others - before.others,
    presenceBytes: presenceBytes - before.presenceBytes,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    serverS: server,
    serverShare: serverWhile / tookS,
    generatorShare: (ownS.user + ownS.system) / 1e6 / tookS,
    lagP99: lags[Math.floor(lags.length * 0.99)] ?? 0,
    tookS,
    ended: all.filter((client) => client.ended).map((client) => client.ended).slice(0, 3),
    endedCount: all.filter((client) => client.ended).length,
    wrong: wrong.slice(0, 3),
    redis,
    edits: sum(rooms.map(({ state }) => sum(state.written) - sum(state.warm))),
    memoryKb: idleKb,
    joinS: joined?.joinS ?? 0,
    joinMs: joined?.joinMs ?? 0,
    joinBytes: joined?.joinBytes ?? 0,
    turnedAway: joined?.turnedAway ?? 0,
  }
  process.stdout.write(JSON.stringify(result), () => process.exit(0))
}

await main()
