// The floor: the same work with next to nothing around it. One Fastify app with SQLite.
//   node floor.mjs PORT DATABASE UPSTREAM
//   GET  /health   ready
//   POST /db       parses the body, makes two inserts in one transaction (WAL, synchronous=NORMAL), answers 600 bytes
//   POST /proxy    passes the body on to the upstream's chat completions and the answer back, byte for byte
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
app.get('/health', () => 'ok')
app.post('/db', (request) => {
  const answer = answerTo(request.body)
  const data = JSON.stringify(answer)
  const now = Date.now()
  begin.run()
  addRun.run(randomUUID(), 'f-1', now, 1.5, 'ok', data)
  addMessage.run(randomUUID(), request.body?.session_id ?? 's-1', 'AI', 'hello', now, data.slice(0, 200))
  commit.run()
  return answer
})

const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
app.post('/proxy', (request, reply) => {
  const body = JSON.stringify(request.body)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  http
    .request(`${upstream}/v1/chat/completions`, { method: 'POST', agent, headers }, (answer) =>
      reply.type(answer.headers['content-type']).send(answer),
    )
    .on('error', () => reply.raw.destroy())
    .end(body)
  return reply
})

process.on('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(port), host: '127.0.0.1' })
