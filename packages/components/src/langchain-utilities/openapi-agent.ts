import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { argumentSchema, defineComponent, field, type RunContext, type Tool } from '@runnel/sdk'
import { answerOfService, USER_AGENT } from '../shared/ask-service.ts'
import { answerOfConnectedAgent, connectedAgentFields } from '../shared/connected-agent.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { toolModelFields } from '../shared/model-fields.ts'
import { type ApiDescription, readOpenApi } from '../shared/openapi.ts'
import { decodeText } from '../shared/text-encoding.ts'

const { input_value, handle_parsing_errors, verbose, max_iterations } = connectedAgentFields
/** Characters of an answer a model is shown, and operations of one list. */
const MOST = { answer: 20_000, operations: 100 }
const READING = ['GET', 'HEAD', 'OPTIONS']

export const openApiAgent = defineComponent({
  type: 'OpenAPIAgent',
  aliases: ['OpenAPIAgentComponent'],
  displayName: 'OpenAPI Agent',
  description: 'Does what it is asked by calling an API that an OpenAPI document describes.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    input_value,
    handle_parsing_errors,
    verbose,
    max_iterations,
    ...toolModelFields,
    path: field.files({
      label: 'File Path',
      info: 'The document, as JSON or YAML.',
      fileTypes: ['json', 'yaml', 'yml'],
      required: true,
    }),
    allow_dangerous_requests: field.bool({
      label: 'Allow Dangerous Requests',
      info: 'The agent may change things as well: POST, PUT, PATCH and DELETE.',
      required: true,
    }),
  },
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'message_response',
      async run({ inputs, dynamic, context }) {
        const [path] = inputs.path
        if (!path) throw new AppError('invalid_field', ['There is no file. Choose one in File Path.'])
        const api = await readOpenApi(decodeText((await context.files.read(path)).bytes))
        const system =
          `You do what you are asked with the API ${api.title}. Find the operations that help, read how they are called, ` +
          'then call them. Take everything from the answers of the API, and say so when it refuses.'
        const tools = apiTools(api, inputs.allow_dangerous_requests, context)
        const model = await connectedModel(inputs, dynamic.llm, context)
        return answerOfConnectedAgent(
          { ...inputs, model, tools, system, input: inputs.input_value, history: [] },
          context,
        )
      },
    },
  },
})

const pathField = field.text({ label: 'Path', info: 'As it is listed: /users/{id}.', required: true })
const methodField = field.text({ label: 'Method', info: 'GET, for one.', required: true })

function apiTools(api: ApiDescription, mayChange: boolean, context: RunContext): readonly Tool[] {
  const operationOf = (method: unknown, path: unknown) => {
    const wanted = String(method).toUpperCase()
    const found = api.operations.find((one) => one.method === wanted && one.path === path)
    if (!found) throw new AppError('invalid_field', [`The API has no ${wanted} ${String(path)}. List its operations.`])
    return found
  }
  return [
    {
      ...named('list_operations', 'Lists what the API can do, or that of it whose path or summary holds a word.'),
      inputSchema: argumentSchema([['word', field.text({ label: 'Word', info: 'Empty lists all.' })]]),
      async call({ word }) {
        const part = String(word ?? '').toLowerCase()
        const lines = api.operations
          .map(({ method, path, summary }) => `${method} ${path} - ${summary}`)
          .filter((line) => line.toLowerCase().includes(part))
        const more = lines.length > MOST.operations ? [`… and ${lines.length - MOST.operations} more`] : []
        return [...lines.slice(0, MOST.operations), ...more].join('\n') || 'There is none.'
      },
    },
    {
      ...named('describe_operation', 'Tells the parameters, the body and the answers of an operation.'),
      inputSchema: argumentSchema([
        ['method', methodField],
        ['path', pathField],
      ]),
      call: async ({ method, path }) => JSON.stringify(operationOf(method, path).details).slice(0, MOST.answer),
    },
    {
      ...named('call_operation', 'Calls an operation and gives the status and the answer.'),
      inputSchema: argumentSchema([
        ['method', methodField],
        ['path', pathField],
        ['parameters', field.dict({ label: 'Parameters', info: 'Those of the path and the query, by name.' })],
        ['body', field.dict({ label: 'Body', info: 'The JSON that is sent.' })],
      ]),
      async call({ method, path, parameters, body }, signal) {
        const operation = operationOf(method, path)
        if (!mayChange && !READING.includes(operation.method)) {
          throw new AppError('invalid_field', [`${operation.method} is not allowed here, only reading.`])
        }
        const url = addressOf(api.server, operation.path, isObject(parameters) ? parameters : {})
        const sent = isObject(body) && Object.keys(body).length > 0 ? { body: JSON.stringify(body) } : {}
        const headers = {
          ...USER_AGENT,
          accept: 'application/json',
          ...(sent.body && { 'content-type': 'application/json' }),
        }
        const answer = await answerOfService(
          url,
          { method: operation.method, headers, ...sent },
          { ...context, signal },
        )
        return `${answer.status}\n${answer.text.slice(0, MOST.answer)}`
      },
    },
  ]
}

/** Parameters the path names stand there, the others in the query. */
function addressOf(server: string, path: string, parameters: Readonly<Record<string, unknown>>): string {
  const rest = new Map(Object.entries(parameters))
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    if (!rest.has(name)) throw new AppError('invalid_field', [`The parameter ${whole} of the path is missing.`])
    const value = encodeURIComponent(String(rest.get(name)))
    rest.delete(name)
    return value
  })
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)])).toString()
  return `${server}${filled}${query === '' ? '' : `?${query}`}`
}

const named = (name: string, description: string) => ({ kind: 'tool', name, tags: [name], description }) as const
