// The floor: the same work with next to nothing around it. One Fastify app with SQLite.
//   node floor.mjs PORT DATABASE UPSTREAM
//   GET  /health   ready
//   POST /db       parses the body, makes two inserts in one transaction (WAL, synchronous=NORMAL), answers 600 bytes
//   POST /proxy    passes the body on to the upstream's chat completions and the answer back, byte for byte
//   POST /agent    asks the upstream until it wants no tool any more, multiplying what it asks for, then does as /db
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { createRequire } from 'node:module'
import { DatabaseSync } from 'node:sqlite'

const [port, file, upstream] = process.argv.slice(2)
const fastify = createRequire(new URL('../apps/server/package.json', import.meta.url))('fastify')

const database = new DatabaseSync(file)
database.exec(`pragma journal_mode=wal; pragma synchronous=normal;
  create table if not exists run(id text primary key, flow_id text, started integer, ms real, status text, data text);
  create table if not exists message(
    id text primary key, session_id text, sender text, text text, at integer, data text);
  create index if not exists message_session on message(session_id, at);`)
const [begin, commit] = [database.prepare('begin'), database.prepare('commit')]
const addRun = database.prepare('insert into run values(?,?,?,?,?,?)')
const addMessage = database.prepare('insert into message values(?,?,?,?,?,?)')

/** An answer of the shape and size of a small flow's. */
function answerTo(body) {
  const text = String(body?.input_value ?? '')
  const message = { text, sender: 'Machine', sender_name: 'AI', timestamp: new Date().toISOString(), flow_id: 'f-1' }
  const outputs = [{ results: { message }, component_id: 'ChatOutput-1', used_frozen_result: false }]
  const answer = { session_id: 's-1', outputs: [{ inputs: { input_value: text }, outputs }], pad: '' }
  return { ...answer, pad: 'x'.repeat(Math.max(0, 600 - JSON.stringify(answer).length)) }
}

const app = fastify({ logger: false, bodyLimit: 10_000_000 })
function keep(body) {
  const answer = answerTo(body)
  const data = JSON.stringify(answer)
  const now = Date.now()
  begin.run()
  addRun.run(randomUUID(), 'f-1', now, 1.5, 'ok', data)
  addMessage.run(randomUUID(), body?.session_id ?? 's-1', 'AI', 'hello', now, data.slice(0, 200))
  commit.run()
  return answer
}
app.get('/health', () => 'ok')
app.post('/db', (request) => keep(request.body))

const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
function ask(question, onAnswer, onError) {
  const body = JSON.stringify(question)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  http
    .request(`${upstream}/v1/chat/completions`, { method: 'POST', agent, headers }, onAnswer)
    .on('error', onError)
    .end(body)
}
app.post('/proxy', (request, reply) => {
  const pass = (answer) => reply.type(answer.headers['content-type']).send(answer)
  ask(request.body, pass, () => reply.raw.destroy())
  return reply
})

/** The deltas of a streamed answer, once it has ended. */
const deltasOf = (question) =>
  new Promise((resolve, reject) => {
    const read = (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('error', reject)
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => {
        const records = text.split('\n\n').filter((record) => record.startsWith('data: {'))
        resolve(records.map((record) => JSON.parse(record.slice(6)).choices[0].delta))
      })
    }
    ask(question, read, reject)
  })
app.post('/agent', async ({ body }) => {
  const tools = [{ type: 'function', function: { name: 'multiply' } }]
  const messages = [{ role: 'user', content: body.input_value }]
  for (;;) {
    const deltas = await deltasOf({ model: body.model, stream: true, messages, tools })
    const [call] = deltas.flatMap((delta) => delta.tool_calls ?? [])
    if (!call) return keep({ ...body, input_value: deltas.map(({ content = '' }) => content).join('') })
    const [left, right] = JSON.parse(call.function.arguments).expression.split('*').map(Number)
    messages.push({ role: 'assistant', tool_calls: [call] })
    messages.push({ role: 'tool', tool_call_id: call.id, content: String(left * right) })
  }
})

process.on('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(port), host: '127.0.0.1' })
