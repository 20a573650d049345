import { catalog } from '@runnel/components/catalog'
import { testApp } from '@runnel/server/test-app'
import { chatServer } from '@runnel/testing/chat-server'
import { fakeWeb } from '@runnel/testing/fake-web'
import { hosted } from '@runnel/testing/hosted-service'
import { fakeAstra } from '@runnel/testing/stores/fake-astra'
import { testHosts } from './test-hosts.ts'

/** The real server with all components; models and other servers are played on loopback. */
export interface FlowServer extends AsyncDisposable {
  /**
   * Saves a flow file. What a user would choose first is chosen: a stored file, a knowledge base, keys.
   * @returns the id of the flow.
   */
  add(file: FlowFile): Promise<string>
  /** Runs a flow as a client does. `said` are the texts that came out, or the error. */
  run(flow: string, ask: string, session?: string): Promise<{ readonly status: number; readonly said: string }>
  call(method: 'GET' | 'POST', url: string, body?: object): Promise<{ readonly status: number; readonly json: unknown }>
  /** All that models were told since the last run began. */
  told(): string
}

export interface FlowFile {
  readonly name: string
  readonly data: { readonly nodes: readonly { readonly data: { readonly node?: { readonly template?: object } } }[] }
}

/** A knowledge base that knows of rivers. */
const KNOWLEDGE = 'rivers'
const KEYS = [
  'TAVILY_API_KEY',
  'SCRAPEGRAPH_API_KEY',
  'YOUTUBE_API_KEY',
  'ASSEMBLYAI_API_KEY',
  'AGENTQL_API_KEY',
  'ASTRA_DB_APPLICATION_TOKEN',
]

/** A function to whoever asks for one, a category to whoever asks for that. */
function answerTo(asked: string): string {
  if (asked.includes('JavaScript arrow function')) return FUNCTION
  return asked.includes('- "Technical"') ? 'Technical' : `The model says: ${asked}`
}

const FUNCTION = `\`\`\`js
(text) => {
  const [names, ...rows] = text.split('\\n').map((line) => line.split(','))
  const named = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, Number(row[at]) || row[at]])))
  return named.sort((a, b) => b.size - a.size)
}
\`\`\``

export async function flowServer(): Promise<FlowServer> {
  const models = await chatServer(answerTo)
  const web = await fakeWeb({ ...testHosts, ...astraHosts() })
  const keys = Object.fromEntries(KEYS.map((name) => [name, 'a key']))
  const app = await testApp({
    user: 'ada',
    superuser: true,
    components: catalog,
    web,
    env: { ...keys, OPENAI_API_KEY: 'a key', OPENAI_BASE_URL: models.url, OPENAI_API_BASE: models.url },
  })
  const headers = { 'x-api-key': app.apiKey }
  const base = await app.app.listen({ port: 0, host: '127.0.0.1' })
  const send = async (method: string, url: string, body?: string | FormData) => {
    const type = typeof body === 'string' && { 'content-type': 'application/json' }
    const answer = await fetch(base + url, { method, headers: { ...headers, ...type }, ...(body && { body }) })
    const text = await answer.text()
    return { status: answer.status, json: text === '' ? null : JSON.parse(text) }
  }
  const call: FlowServer['call'] = (method, url, body) => send(method, url, body && JSON.stringify(body))
  const form = (name: string) => {
    const made = new FormData()
    made.append(name, new Blob(['Rivers carried 42 boats.'], { type: 'text/plain' }), 'rivers.txt')
    return made
  }
  const { path } = (await send('POST', '/api/v2/files', form('file'))).json
  const embeddings = { embedding_provider: 'OpenAI', embedding_model: 'text-embedding-3-small' }
  await call('POST', '/api/v1/knowledge_bases', { name: KNOWLEDGE, ...embeddings })
  await send('POST', `/api/v1/knowledge_bases/${KNOWLEDGE}/ingest`, form('files'))
  await app.lifecycle.idle()
  let before = 0
  return {
    call,
    async add(file) {
      const made = await call('POST', '/api/v1/flows/', { name: file.name, data: prepared(file, path).data })
      if (made.status !== 201) throw new Error(`${file.name} was refused: ${JSON.stringify(made.json)}`)
      return String(Object(made.json).id)
    },
    async run(flow, ask, session_id) {
      before = models.requests.length
      const body = { input_value: ask, ...(session_id !== undefined && { session_id }) }
      const { status, json } = await call('POST', `/api/v1/run/${flow}?stream=false`, body)
      return { status, said: status === 200 ? textsIn(json).join('\n') : JSON.stringify(json) }
    },
    told: () =>
      models.requests
        .slice(before)
        .flatMap(({ messages }) => messages.map(({ text }) => text))
        .join('\n'),
    async [Symbol.asyncDispose]() {
      await app.close()
      await web[Symbol.asyncDispose]()
      await models[Symbol.asyncDispose]()
    },
  }
}

/** The file with everything chosen that nodes cannot do without. */
function prepared(file: FlowFile, path: string): FlowFile {
  const copy = structuredClone(file)
  for (const { data } of copy.data.nodes) {
    for (const [name, field] of Object.entries(Object(data.node?.template))) {
      const { type, value, password, required } = Object(field)
      if (name === 'path' && type === 'file') Object.assign(Object(field), { file_path: [path], value: '' })
      if (name === 'knowledge_base' && !value) Object.assign(Object(field), { value: KNOWLEDGE })
      if (name === 'collection_name' && !value) Object.assign(Object(field), { value: KNOWLEDGE, show: true })
      if (password === true && required === true && !value) Object.assign(Object(field), { value: 'a key' })
    }
  }
  return copy
}

/** The database of Astra DB that flows name: its collection embeds by itself, knows words, and holds a text. */
function astraHosts() {
  const options = { vector: { dimension: 64, service: { provider: 'nvidia' } }, lexical: { enabled: true } }
  const astra = fakeAstra({ [KNOWLEDGE]: options }, 'a key')
  const documents = [{ _id: 'd-1', $vectorize: 'Rivers carried 42 boats.', $lexical: 'Rivers boats', metadata: {} }]
  const path = `/api/json/v1/default_keyspace/${KNOWLEDGE}`
  astra({ method: 'POST', path, headers: { token: 'a key' }, body: { insertMany: { documents } } })
  return { 'f3166ac4-3e2f-4b32-880c-231d1f9e3f3e-us-east-2.apps.astra.datastax.com': hosted(astra) }
}

/** The texts of all output nodes. */
function textsIn(answer: unknown): readonly string[] {
  const outputs: readonly { readonly outputs: readonly { readonly results: unknown }[] }[] = Object(answer).outputs
  return outputs.flatMap(({ outputs }) => outputs.map(({ results }) => String(Object(Object(results).message).text)))
}
