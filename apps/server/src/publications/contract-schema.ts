import type { Contract, ContractInput, ContractOutput } from '@runnel/protocol/contract'
import type { JsonObject } from '@runnel/protocol/json'

/** The JSON Schema of `input`: draft 2020-12. */
export function inputSchema({ inputs }: Contract): JsonObject {
  const required = inputs.filter((input) => input.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(inputs.map((input) => [input.name, propertyOf(input)])),
    ...(required.length > 0 && { required }),
  }
}

/** The JSON Schema of `output`. */
export function outputSchema({ outputs }: Contract): JsonObject {
  const [only] = outputs
  if (!only) return { type: 'null' }
  if (outputs.length === 1) return schemaOf(only)
  return { type: 'object', properties: Object.fromEntries(outputs.map((output) => [output.name, schemaOf(output)])) }
}

const TYPES: Readonly<Record<ContractInput['type'], JsonObject>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  list: { type: 'array' },
  file: { type: 'string', description: 'The address of a file, or the path of an uploaded one' },
  json: {},
}

function propertyOf({ type, label, default: preset, description }: ContractInput): JsonObject {
  return {
    ...TYPES[type],
    title: label,
    ...(description !== '' && { description }),
    ...(preset !== null && { default: preset }),
  }
}

const schemaOf = ({ type, name, description }: ContractOutput): JsonObject => ({
  ...(type === 'text' && { type: 'string' }),
  title: name,
  ...(description !== '' && { description }),
})

/** What a description is made from. */
export interface DescribedWorkflow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly version: number
  readonly contract: Contract
}

/** The OpenAPI 3.1 document of one published version. */
export function workflowOpenApi(workflow: DescribedWorkflow): JsonObject {
  const { id, name, description, version, contract } = workflow
  const input = inputSchema(contract)
  const body = {
    type: 'object',
    required: ['input'],
    properties: {
      input,
      stream: { type: 'boolean', default: false, description: 'Answer with server-sent events' },
      session_id: { type: 'string', description: 'The conversation; a new one unless given' },
      version: { type: 'integer', minimum: 1, description: 'The published version to run; the newest unless given' },
    },
  }
  const answer = {
    type: 'object',
    required: ['output', 'total_time'],
    properties: {
      output: outputSchema(contract),
      total_time: { type: 'number', description: 'Seconds' },
      session_id: { type: 'string' },
      run_id: { type: 'string' },
      version: { type: 'integer' },
    },
  }
  const events = {
    type: 'string',
    description: 'Events msg, stream and output, or error at the end; data is JSON on one line',
  }
  return {
    openapi: '3.1.0',
    info: { title: name, version: String(version), ...(description && { description }) },
    paths: {
      [`/v1/api/workflow/run/${id}`]: {
        post: {
          summary: `Run ${name}`,
          operationId: 'run',
          requestBody: { required: true, content: { 'application/json': { schema: body } } },
          responses: {
            '200': {
              description: 'The output, or the events of a stream',
              content: { 'application/json': { schema: answer }, 'text/event-stream': { schema: events } },
            },
            ...Object.fromEntries(Object.entries(FAILURES).map(([status, why]) => [status, failure(why)])),
          },
        },
      },
    },
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error', 'detail'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: { code: { type: 'string' }, message: { type: 'string' }, details: {} },
            },
            detail: { type: 'string' },
          },
        },
      },
      securitySchemes: { ApiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY' } },
    },
    security: [{ ApiKey: [] }],
  }
}

const FAILURES = {
  '400': 'The body does not fit',
  '401': 'No valid API key was sent',
  '404': 'The workflow is not published',
  '429': 'Too many calls; Retry-After says when to call again',
  '500': 'A node failed',
  '503': 'The server is busy; Retry-After says when to call again',
  '504': 'The run took too long',
} as const

const failure = (description: string): JsonObject => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

const TYPE_NAMES: Readonly<Record<ContractInput['type'], string>> = {
  text: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  object: 'Record<string, unknown>',
  list: 'unknown[]',
  file: 'string',
  json: 'unknown',
}

/** A TypeScript file that declares what one published version takes and gives. */
export function workflowTypeFile({ id, name, version, contract }: DescribedWorkflow): string {
  const { inputs, outputs } = contract
  const [only] = outputs
  const typeOf = ({ type }: ContractOutput) => (type === 'text' ? 'string' : 'unknown')
  const output = !only
    ? 'null'
    : outputs.length === 1
      ? typeOf(only)
      : `{\n${outputs.map((one) => `${comment(one.description)}  readonly ${key(one.name)}?: ${typeOf(one)}\n`).join('')}}`
  const fields = inputs.map(
    (input) =>
      `${comment([input.label === input.name ? '' : input.label, input.description].filter(Boolean).join(': '))}  readonly ${key(input.name)}${input.required ? '' : '?'}: ${TYPE_NAMES[input.type]}\n`,
  )
  return `/**
 * ${plain(name)}, version ${version}.
 * POST /v1/api/workflow/run/${id}
 */
export interface WorkflowInput {
${fields.join('')}}

export type WorkflowOutput = ${output}

export interface WorkflowRequest {
  readonly input: WorkflowInput
  readonly stream?: boolean
  readonly session_id?: string
  readonly version?: number
}

export interface WorkflowAnswer {
  readonly output: WorkflowOutput
  /** Seconds. */
  readonly total_time: number
  readonly session_id: string
  readonly run_id: string
  readonly version: number
}
`
}

/** A key of an interface; quoted unless it is an identifier. */
const key = (name: string) => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name))
const comment = (text: string) => (text === '' ? '' : `  /** ${plain(text)} */\n`)
/** Text that cannot end the comment it stands in. */
const plain = (text: string) => text.replaceAll('*/', '*\u200b/').replace(/\s+/g, ' ')
