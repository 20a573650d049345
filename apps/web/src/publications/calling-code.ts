import type { ContractInput } from '@runnel/protocol/contract'
import { isObject } from '@runnel/protocol/json'
import { powershellPost } from './powershell-post.ts'
import { streamingJavascript, streamingPython } from './streaming-code.ts'

/** The ways of calling a published flow that can be copied. */
export const CALLS = [
  'curl',
  'curl-stream',
  'powershell',
  'powershell-stream',
  'javascript',
  'javascript-stream',
  'python',
  'python-stream',
] as const
export type CallKind = (typeof CALLS)[number]

export interface CalledFlow {
  /** `https://flows.example.com` */
  readonly origin: string
  /** `/v1/api/workflow/run/<id>` */
  readonly endpoint: string
  readonly inputs: readonly Pick<ContractInput, 'name' | 'type' | 'default'>[]
  /** The key itself, where it is known. */
  readonly key?: string | undefined
  /** What texts are asked with. */
  readonly text: string
  /** The newest unless one is named. */
  readonly version?: number | undefined
}

/** Where programs find a key that is not known. */
const KEY_VARIABLE = 'LANGFLOW_API_KEY'

/** A program that calls a published flow with a value for each of its inputs, ready to run once the key is in it. */
export function callingCode(kind: CallKind, flow: CalledFlow): string {
  const address = flow.origin + flow.endpoint
  const body = {
    input: exampleInput(flow.inputs, flow.text),
    ...(flow.version !== undefined && { version: flow.version }),
  }
  const { key } = flow
  switch (kind) {
    case 'curl':
      return curl(address, key, body)
    case 'curl-stream':
      return curl(address, key, { ...body, stream: true }, '-N ')
    case 'powershell':
      return powershell(address, key, body)
    case 'powershell-stream':
      return powershell(address, key, { ...body, stream: true }, ' -N')
    case 'javascript':
      return javascript(address, key, body)
    case 'javascript-stream':
      return streamingJavascript({
        address: JSON.stringify(address),
        key: javascriptKey(key),
        body: indented(JSON.stringify({ ...body, stream: true }, null, 2), '  '),
      })
    case 'python':
      return python(address, key, body)
    case 'python-stream':
      return streamingPython({
        address: JSON.stringify(address),
        key: pythonKey(key),
        body: pythonValue({ ...body, stream: true }),
        reads: key === undefined,
      })
    default:
      return kind satisfies never
  }
}

/** A value for each input of a published flow. */
export const exampleInput = (inputs: CalledFlow['inputs'], text: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(inputs.map((one) => [one.name, exampleValue(one, text)]))

function exampleValue({ type, default: usual }: CalledFlow['inputs'][number], text: string): unknown {
  if (usual !== null && usual !== undefined && usual !== '') return usual
  switch (type) {
    case 'text':
      return text
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return true
    case 'list':
      return []
    case 'file':
      return 'https://example.com/image.jpg'
    case 'object':
    case 'json':
      return {}
    default:
      return type satisfies never
  }
}

/** Inside of single quotes a shell takes everything as it is, but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const curl = (address: string, key: string | undefined, body: unknown, options = ''): string =>
  [
    `curl ${options}-X POST "${address}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -H "X-API-KEY: ${key ?? `$${KEY_VARIABLE}`}" \\`,
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join('\n')

const powershell = (url: string, key: string | undefined, body: unknown, flags = ''): string =>
  powershellPost({ url, body, key: key ?? `$env:${KEY_VARIABLE}`, flags }).trimEnd()

const javascriptKey = (key: string | undefined): string =>
  key === undefined ? `process.env.${KEY_VARIABLE}` : JSON.stringify(key)

const pythonKey = (key: string | undefined): string =>
  key === undefined ? `os.environ["${KEY_VARIABLE}"]` : JSON.stringify(key)

const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`)

const javascript = (
  address: string,
  key: string | undefined,
  body: unknown,
): string => `const response = await fetch(${JSON.stringify(address)}, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-API-KEY": ${javascriptKey(key)} },
  body: JSON.stringify(${indented(JSON.stringify(body, null, 2), '  ')}),
});
if (!response.ok) throw new Error(await response.text());
const { output, total_time } = await response.json();
console.log(output, total_time);`

const python = (
  address: string,
  key: string | undefined,
  body: unknown,
): string => `${key === undefined ? 'import os\n\n' : ''}import requests

response = requests.post(
    ${JSON.stringify(address)},
    headers={"X-API-KEY": ${pythonKey(key)}},
    json=${pythonValue(body)},
    timeout=300,
)
response.raise_for_status()
answer = response.json()
print(answer["output"], answer["total_time"])`

/** JSON as Python writes it; what JSON escapes in a text, Python escapes the same way. */
function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}: ${pythonValue(one)}`)
    .join(', ')}}`
}
