// A closed-loop load generator on raw sockets, in a process of its own: each connection has one request in flight.
//   node load.mjs '{"url", "headers", "bodies", "connections", "seconds", "warmup", "requests", "stream", "rampMs"}'
// Prints one line of JSON: requests a second, latencies in ms, errors; for streams also the time to the first token and
// the age of the tokens on arrival (stamped by mock-model.mjs). Latencies of the warm-up are not counted.
import net from 'node:net'

const options = JSON.parse(process.argv[2])
const {
  connections,
  seconds = 5,
  warmup = 0,
  requests = Number.POSITIVE_INFINITY,
  stream = false,
  rampMs = 0,
} = options
const url = new URL(options.url)
const TIMEOUT_MS = 30_000

const head = Object.entries({ host: url.host, 'content-type': 'application/json', ...options.headers })
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')
const messages = options.bodies.map((body) =>
  Buffer.from(
    `POST ${url.pathname}${url.search} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  ),
)

const latency = []
const firstToken = []
const age = []
let firstError
let [sent, ended, counted, errors, tokens, live, liveAtMost] = [0, 0, 0, 0, 0, 0, 0]
const startedAt = performance.now()
const countFrom = startedAt + warmup * 1000
const endAt = countFrom + seconds * 1000
const microseconds = () => Number(process.hrtime.bigint() / 1000n)

/** One connection: sends, reads the answer to its end, sends again until the time is over. */
function connect() {
  return new Promise((resolve) => {
    let socket
    let begun = 0
    let answer = newAnswer()
    let sawToken = false
    let lastStamp = 0

    const over = () => performance.now() >= endAt || sent >= requests
    const end = () => {
      live--
      ended++
    }
    const send = () => {
      if (over()) {
        socket.destroy()
        resolve()
        return
      }
      answer = newAnswer()
      sawToken = false
      live++
      liveAtMost = Math.max(liveAtMost, live)
      const message = messages[sent++ % messages.length]
      begun = performance.now()
      socket.write(message)
    }
    const fail = (why) => {
      errors++
      firstError ??= String(why).slice(0, 300)
      if (begun > 0) end()
      begun = 0
      socket.removeAllListeners().on('error', () => {})
      socket.destroy()
      if (over()) resolve()
      else setTimeout(open, 10)
    }
    const complete = () => {
      if (!answer.head.startsWith('HTTP/1.1 2')) return fail(answer.head + answer.tail)
      if (stream && !sawToken) return fail(`no token, but ${answer.tail}`)
      const now = performance.now()
      end()
      if (begun >= countFrom) {
        latency.push(now - begun)
        if (now <= endAt) counted++
      }
      begun = 0
      send()
    }
    const readTokens = (fresh) => {
      const now = microseconds()
      for (const [, digits] of fresh.matchAll(/@(\d+)@/g)) {
        const stamped = Number(digits)
        if (stamped <= lastStamp) continue // the whole text again, at the end of a run
        lastStamp = stamped
        tokens++
        if (begun >= countFrom) {
          if (!sawToken) firstToken.push(performance.now() - begun)
          age.push((now - stamped) / 1000)
        }
        sawToken = true
      }
    }
    const open = () => {
      socket = net.connect({ port: Number(url.port), host: url.hostname, noDelay: true })
      socket.setEncoding('latin1').setTimeout(TIMEOUT_MS, () => fail('timeout'))
      socket.on('connect', send)
      socket.on('error', fail)
      socket.on('end', () => fail('the connection was closed'))
      socket.on('data', (piece) => {
        if (stream) readTokens(answer.tail.slice(-24) + piece) // a stamp may be cut in two
        if (read(answer, piece)) complete()
      })
    }
    open()
  })
}

const newAnswer = () => ({ head: '', tail: '', left: Number.NaN })

/** Takes a piece in; true at the end of the answer. Keeps the head and the last characters only. */
function read(answer, piece) {
  let body = piece
  if (answer.head === '') {
    answer.tail += piece
    const end = answer.tail.indexOf('\r\n\r\n')
    if (end === -1) return false
    answer.head = answer.tail.slice(0, end)
    body = answer.tail.slice(end + 4)
    answer.tail = ''
    answer.left = Number(/\r\ncontent-length: (\d+)/i.exec(answer.head)?.[1] ?? Number.NaN)
  }
  answer.left -= body.length
  answer.tail = (answer.tail + body).slice(-300)
  // No answer measured here holds a raw CR, so the last chunk of a chunked one shows at its very end.
  return Number.isNaN(answer.left) ? answer.tail.endsWith('\r\n0\r\n\r\n') : answer.left <= 0
}

const open = []
for (let i = 0; i < connections; i++) {
  open.push(connect())
  if (rampMs > 0) await new Promise((resolve) => setTimeout(resolve, rampMs / connections))
}
await Promise.all(open)

function summary(samples) {
  if (samples.length === 0) return null
  samples.sort((a, b) => a - b)
  const at = (share) => samples[Math.min(samples.length - 1, Math.floor(share * samples.length))]
  return { p50: at(0.5), p99: at(0.99), max: at(1), mean: samples.reduce((sum, x) => sum + x, 0) / samples.length }
}
console.log(
  JSON.stringify({
    perSecond: counted / seconds,
    latency: summary(latency),
    firstToken: summary(firstToken),
    age: summary(age),
    sent,
    ended,
    tokens,
    errors,
    firstError,
    liveAtMost,
  }),
)
