// A paced model that speaks OpenAI's chat completions.
//   node mock-model.mjs PORT
// The model's name sets the pace: `mock-50-20-20` is 50 tokens, the first after 20 ms, then one every 20 ms.
// `agent-8-5` asks for the calculator 8 times before it answers, each after 5 ms; `GET /spent` says how many times it was
// asked so far and how many milliseconds it took over its answers, from the end of a question to the end of the answer.
// Every token is ` @µs@`, the machine's monotonic clock when it was written, so that its age shows on arrival.
import http from 'node:http'

const [port] = process.argv.slice(2)
let last = 0
/** Strictly growing, so that a reader can tell a token from its repetition. */
const stamp = () => {
  last = Math.max(last + 1, Number(process.hrtime.bigint() / 1000n))
  return ` @${last}@`
}

const record = (choices, more = {}) =>
  `data: ${JSON.stringify({ id: 'c-1', object: 'chat.completion.chunk', created: 0, model: 'mock', choices, ...more })}\n\n`
const delta = (content, finish = null) => record([{ index: 0, delta: content, finish_reason: finish }])

function stream(response, { model, stream_options: options }) {
  const [, tokens, firstMs, gapMs] = model.split('-').map(Number)
  const begun = performance.now()
  let sent = 0
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  const next = () => {
    if (response.destroyed) return
    if (sent === tokens) {
      const usage = { prompt_tokens: 5, completion_tokens: tokens, total_tokens: tokens + 5 }
      response.end(`${delta({}, 'stop')}${options?.include_usage ? record([], { usage }) : ''}data: [DONE]\n\n`)
      return
    }
    response.write(delta({ content: stamp(), ...(sent === 0 && { role: 'assistant' }) }))
    sent++
    // Each token is due at its own time after the start, so a late one does not delay the rest.
    const dueMs = begun + firstMs + gapMs * sent - performance.now()
    if (sent === tokens) next()
    else setTimeout(next, Math.max(0, dueMs))
  }
  setTimeout(next, firstMs)
}

const spent = { calls: 0, ms: 0 }

function agentStep(response, { model, messages, tools }) {
  const [, steps, delayMs] = model.split('-').map(Number)
  const begun = performance.now()
  const done = messages.filter(({ role }) => role === 'tool').length
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (done < steps) {
      const call = { name: tools[0].function.name, arguments: JSON.stringify({ expression: `${done}*7` }) }
      response.write(delta({ tool_calls: [{ index: 0, id: `call_${done}`, type: 'function', function: call }] }))
    } else response.write(delta({ role: 'assistant', content: `It is ${messages.at(-1).content}` }))
    response.end(`${delta({}, done < steps ? 'tool_calls' : 'stop')}data: [DONE]\n\n`)
    spent.calls++
    spent.ms += performance.now() - begun
  }, delayMs)
}

function answer(response, asked) {
  if (asked.model.startsWith('agent-')) agentStep(response, asked)
  else stream(response, asked)
}

const server = http.createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    if (request.url === '/spent') response.end(JSON.stringify(spent))
    else if (request.method === 'GET') response.end('ok')
    else answer(response, JSON.parse(Buffer.concat(parts).toString('utf8')))
  })
})
server.keepAliveTimeout = 60_000
process.on('SIGTERM', () => process.exit(0))
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 })
