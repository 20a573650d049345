import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { defineComponent, field, type RunContext, type Tool } from '@runnel/sdk'
import { answerOfService, USER_AGENT } from '../shared/ask-service.ts'
import { connectedAgentFields } from '../shared/connected-agent.ts'
import { toolModelFields } from '../shared/model-fields.ts'
import { type ApiDescription, readOpenApi } from '../shared/openapi.ts'
import { answerWithOwnTools, chosenFile, ownTool } from '../shared/own-tools.ts'
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
      async run(args) {
        const { inputs, context } = args
        const api = await readOpenApi(decodeText((await chosenFile(inputs.path, context)).bytes))
        const system =
          `You do what you are asked with the API ${api.title}. Find the operations that help, read how they are called, ` +
          'then call them. Take everything from the answers of the API, and say so when it refuses.'
        return answerWithOwnTools(args, { tools: apiTools(api, inputs.allow_dangerous_requests, context), system })
      },
    },
  },
})

const operationFields = {
  method: field.text({ label: 'Method', info: 'GET, for one.', required: true }),
  path: field.text({ label: 'Path', info: 'As it is listed: /users/{id}.', required: true }),
}

function apiTools(api: ApiDescription, mayChange: boolean, context: RunContext): readonly Tool[] {
  const operationOf = (method: unknown, path: unknown) => {
    const wanted = String(method).toUpperCase()
    const found = api.operations.find((one) => one.method === wanted && one.path === path)
    if (!found) throw new AppError('invalid_field', [`The API has no ${wanted} ${String(path)}. List its operations.`])
    return found
  }
  return [
    ownTool(
      'list_operations',
      'Lists what the API can do, or that of it whose path or summary holds a word.',
      { word: field.text({ label: 'Word', info: 'Empty lists all.' }) },
      async ({ word }) => {
        const part = String(word ?? '').toLowerCase()
        const lines = api.operations
          .map(({ method, path, summary }) => `${method} ${path} - ${summary}`)
          .filter((line) => line.toLowerCase().includes(part))
        const more = lines.length > MOST.operations ? [`… and ${lines.length - MOST.operations} more`] : []
        return [...lines.slice(0, MOST.operations), ...more].join('\n') || 'There is none.'
      },
    ),
    ownTool(
      'describe_operation',
      'Tells the parameters, the body and the answers of an operation.',
      operationFields,
      async ({ method, path }) => JSON.stringify(operationOf(method, path).details).slice(0, MOST.answer),
    ),
    ownTool(
      'call_operation',
      'Calls an operation and gives the status and the answer.',
      {
        ...operationFields,
        parameters: field.dict({ label: 'Parameters', info: 'Those of the path and the query, by name.' }),
        body: field.dict({ label: 'Body', info: 'The JSON that is sent.' }),
      },
      async ({ method, path, parameters, body }, signal) => {
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
        const request = { method: operation.method, headers, ...sent }
        const answer = await answerOfService(url, request, { ...context, signal })
        return `${answer.status}\n${answer.text.slice(0, MOST.answer)}`
      },
    ),
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
