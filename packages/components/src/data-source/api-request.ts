import { createHash } from 'node:crypto'
import { AppError, messageOf } from '@runnel/protocol/errors'
import {
  type Data,
  data,
  dataFrame,
  defineComponent,
  field,
  type HttpAnswer,
  type InputsOf,
  isData,
  isMessage,
  type RunContext,
} from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { parseCurl } from '../shared/curl-command.ts'
import { decodeText } from '../shared/text-encoding.ts'
import { headersOf, webAddress } from '../shared/web-address.ts'

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const
const columns = [
  { name: 'key', display_name: 'Key', type: 'str', description: 'The name.' },
  { name: 'value', display_name: 'Value', type: 'str', description: 'The value.' },
]

const inputs = {
  url_input: field.text({ label: 'URL', info: 'The address to call.', tool: true }),
  curl_input: field.multiline({
    label: 'cURL',
    info: 'A curl command. Fields that are empty are filled from it.',
    advanced: true,
    show: false,
    tool: true,
    refresh: true,
  }),
  method: field.dropdown({
    label: 'Method',
    info: 'The HTTP method.',
    options: METHODS,
    default: 'GET',
    refresh: true,
  }),
  mode: field.tab({
    label: 'Mode',
    info: 'Fill in the fields, or paste a curl command.',
    options: ['URL', 'cURL'],
    default: 'URL',
    refresh: true,
  }),
  query_params: field.data({
    label: 'Query Parameters',
    info: 'Names and values that are added to the address.',
    advanced: true,
  }),
  body: field.table({
    label: 'Body',
    refresh: true,
    info: 'Names and values, sent as JSON with POST, PATCH, PUT and DELETE.',
    advanced: true,
    columns,
    accepts: ['Data', 'JSON'],
  }),
  headers: field.table({
    label: 'Headers',
    refresh: true,
    info: 'Headers of the request.',
    advanced: true,
    columns,
    default: [{ key: 'User-Agent', value: 'Langflow/1.0' }],
    accepts: ['Data', 'JSON'],
  }),
  timeout: field.int({ label: 'Timeout', info: 'Seconds to wait for the answer.', default: 30, advanced: true }),
  follow_redirects: field.bool({
    label: 'Follow Redirects',
    info: 'Call the address an answer leads on to.',
    advanced: true,
  }),
  save_to_file: field.bool({
    label: 'Save to File',
    info: 'Keep the answer among your files and give its path.',
    advanced: true,
  }),
  include_httpx_metadata: field.bool({
    label: 'Include HTTPx Metadata',
    info: 'Give the headers of the request and the redirects as well.',
    advanced: true,
  }),
}
type RequestInputs = InputsOf<typeof inputs>

export const apiRequest = defineComponent({
  type: 'APIRequest',
  aliases: ['APIRequestComponent'],
  displayName: 'API Request',
  description: 'Calls a web address and gives what it answers.',
  icon: 'Globe',
  category: 'data_source',
  documentation: 'https://docs.langflow.org/api-request',
  inputs,
  outputs: {
    data: {
      type: 'Data',
      label: 'API Response',
      method: 'make_api_request',
      // The tool's name in files of 1.4.
      toolNames: ['make_api_request', 'make_requests'],
      run: async ({ inputs, dynamic, context }) => {
        // Nodes of 1.4 and before call a list of addresses.
        const answers = await answersTo(inputs, dynamic, context)
        return Array.isArray(dynamic.urls) ? answers : (answers[0] ?? data({}))
      },
    },
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'as_dataframe',
      hidden: true,
      tool: 'named',
      run: async ({ inputs, dynamic, context }) =>
        dataFrame((await answersTo(inputs, dynamic, context)).map((answer) => answer.data)),
    },
  },
})

function answersTo(inputs: RequestInputs, dynamic: Readonly<Record<string, unknown>>, context: RunContext) {
  const old = Array.isArray(dynamic.urls) ? dynamic.urls.filter((url) => typeof url === 'string' && url !== '') : []
  const curl = typeof dynamic.curl === 'string' && dynamic.use_curl === true ? dynamic.curl : inputs.curl_input
  const given = { ...inputs, curl_input: curl, mode: dynamic.use_curl === true ? ('cURL' as const) : inputs.mode }
  return oncePerBuild(context, 'answers', () =>
    Promise.all((old.length > 0 ? old : [inputs.url_input]).map((url) => call({ ...given, url_input: url }, context))),
  )
}

interface Call {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

async function call(inputs: RequestInputs, context: RunContext): Promise<Data> {
  const request = requestOf(inputs, context)
  const { url, method, headers, body } = request
  const source = { source: url }
  const metadata = inputs.include_httpx_metadata ? { headers } : {}
  try {
    const answer = await context.http.fetch(
      url,
      {
        method,
        headers,
        timeoutMs: Math.max(1, inputs.timeout) * 1000,
        redirects: inputs.follow_redirects ? 5 : 0,
        ...(body !== undefined && { body }),
      },
      context.signal,
    )
    const history = answer.redirects.map(({ url: from, status }) => ({ url: from, status_code: status }))
    return data({
      ...source,
      status_code: answer.status,
      response_headers: answer.headers,
      ...(history.length > 0 && { redirection_history: history }),
      ...metadata,
      ...(inputs.save_to_file ? { file_path: await saved(answer, context) } : { result: contentOf(answer) }),
    })
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code !== 'bad_request') throw error
    return data({ ...source, headers, status_code: 500, error: messageOf(error), ...metadata })
  }
}

function requestOf(inputs: RequestInputs, context: RunContext): Call {
  const pasted = inputs.mode === 'cURL' && inputs.url_input === '' ? parseCurl(inputs.curl_input) : undefined
  const method = (pasted?.method ?? inputs.method).toUpperCase()
  if (!METHODS.some((known) => known === method)) throw new AppError('invalid_field', [`Unsupported method: ${method}`])
  const url = withQuery(webAddress(pasted?.url ?? inputs.url_input, 'Invalid URL provided'), inputs.query_params)
  const given = { ...headersOf(inputs.headers), ...pasted?.headers }
  const body = method === 'GET' ? undefined : (pasted?.body ?? JSON.stringify(bodyOf(inputs.body)))
  const has = (name: string) => Object.keys(given).some((header) => header.toLowerCase() === name)
  return {
    url,
    method,
    body,
    headers: {
      ...given,
      ...(body !== undefined && !has('content-type') && { 'Content-Type': contentType(pasted?.body) }),
      ...(method !== 'GET' && !has('idempotency-key') && { 'Idempotency-Key': stableId(context, [method, url, body]) }),
    },
  }
}

const contentType = (pasted: string | undefined): string =>
  pasted === undefined || /^\s*[[{]/.test(pasted) ? 'application/json' : 'application/x-www-form-urlencoded'

/** Equal whenever this step of this run is repeated, so that the other side can tell a repetition. */
function stableId({ runId, node }: RunContext, parts: readonly (string | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([runId, node.id, ...parts]))
    .digest('hex')
    .slice(0, 32)
}

function withQuery(address: string, query: Data | undefined): string {
  const pairs = query ? queryPairs(query) : []
  if (pairs.length === 0) return address
  const url = new URL(address)
  for (const [name, value] of pairs) url.searchParams.set(name, value)
  return url.href
}

function queryPairs({ data: entries }: Data): readonly (readonly [string, string])[] {
  // A text `a=1&b=2` arrives as a Data of that text.
  const { text, ...others } = entries
  if (typeof text === 'string' && Object.keys(others).length === 0 && text.includes('=')) {
    return Array.from(new URLSearchParams(text.replace(/^\?/, '')))
  }
  return Object.entries(entries).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''),
  ])
}

/** Rows `{key, value}` as an object, any other rows as they are merged; JSON in a text becomes what it says. */
function bodyOf(rows: readonly Readonly<Record<string, unknown>>[]): unknown {
  const entries = rows.flatMap((row): (readonly [string, unknown])[] =>
    Object.hasOwn(row, 'key') && Object.hasOwn(row, 'value')
      ? [[String(row.key), parsedValue(row.value)]]
      : Object.entries(row).map(([name, value]) => [name, parsedValue(value)]),
  )
  return Object.fromEntries(entries)
}

function parsedValue(value: unknown): unknown {
  if (isMessage(value)) return value.text
  if (isData(value)) return value.data
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function contentOf({ headers, body }: HttpAnswer): unknown {
  const type = headers['content-type'] ?? ''
  if (/^(image|audio|video|font)\/|octet-stream|\/(pdf|zip|gzip)\b/i.test(type)) {
    return Buffer.from(body).toString('base64')
  }
  const text = decodeText(body)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function saved({ url, headers, body }: HttpAnswer, { files, runId }: RunContext): Promise<string> {
  const named = new URL(url).pathname.split('/').at(-1) ?? ''
  const name = /^[\w-]{1,60}\.[A-Za-z0-9]{1,8}$/.test(named)
    ? named
    : `response.${extensionFor(headers['content-type'])}`
  const [root, extension] = name.split('.')
  const { path } = await files.save(`${root}-${runId.slice(0, 8)}.${extension}`, () => body)
  return path
}

function extensionFor(type = ''): string {
  if (/json/.test(type)) return 'json'
  if (/html/.test(type)) return 'html'
  return /^text\//.test(type) ? 'txt' : 'bin'
}
