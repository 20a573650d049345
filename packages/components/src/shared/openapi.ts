import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { objectsIn, textIn } from './ask-service.ts'

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options']

/** One thing an API can do. */
export interface ApiOperation {
  /** In capitals. */
  readonly method: string
  readonly path: string
  readonly summary: string
  /** All the document says of it, references filled in. */
  readonly details: JsonObject
}

/** An API as its OpenAPI document describes it. */
export interface ApiDescription {
  readonly title: string
  /** Where it answers, without a slash at the end. */
  readonly server: string
  readonly operations: readonly ApiOperation[]
}

/** @throws AppError `invalid_field` for a text that is no OpenAPI document with a server and operations */
export async function readOpenApi(text: string): Promise<ApiDescription> {
  const document = await parsed(text)
  const [server] = objectsIn(document.servers)
  const swagger = typeof document.host === 'string' ? `https://${document.host}${textIn(document.basePath)}` : ''
  const url = (textIn(server?.url) || swagger).replace(/\/+$/, '')
  if (!/^https?:\/\//.test(url)) throw invalid('it names no server with a whole address')
  const paths = isObject(document.paths) ? document.paths : {}
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsAt(path, item, document))
  if (operations.length === 0) throw invalid('it describes no operation')
  return {
    title: textIn(isObject(document.info) ? document.info.title : '') || new URL(url).host,
    server: url,
    operations,
  }
}

async function parsed(text: string): Promise<JsonObject> {
  const { parse } = await import('yaml')
  try {
    // JSON is YAML. No more aliases than a document written by hand has.
    const document: unknown = parse(text, { maxAliasCount: 100 })
    if (isObject(document)) return document
  } catch (cause) {
    throw invalid(messageOf(cause))
  }
  throw invalid('it is no object')
}

const invalid = (why: string) => new AppError('invalid_field', [`The file is no OpenAPI document: ${why}.`])

function operationsAt(path: string, item: unknown, document: JsonObject): readonly ApiOperation[] {
  if (!isObject(item)) return []
  return METHODS.flatMap((method) => {
    const details = item[method]
    if (!isObject(details)) return []
    const shared = Array.isArray(item.parameters) ? item.parameters : []
    const own = Array.isArray(details.parameters) ? details.parameters : []
    const { operationId: _id, tags: _tags, security: _security, ...said } = details
    return {
      method: method.toUpperCase(),
      path,
      summary: textIn(details.summary) || textIn(details.description).split('\n')[0] || '',
      details: Object(filled({ ...said, parameters: [...shared, ...own] }, document, 0)),
    }
  })
}

/** How deep references are filled in: deeper parts repeat themselves or are too much for a model. */
const DEEPEST = 6

function filled(value: unknown, document: JsonObject, depth: number): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, document, depth))
  if (!isObject(value)) return value
  if (typeof value.$ref === 'string') {
    return depth >= DEEPEST ? { $ref: value.$ref } : filled(referenced(value.$ref, document), document, depth + 1)
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, document, depth)]))
}

const referenced = (reference: string, document: JsonObject): unknown =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((held, key) => (isObject(held) && Object.hasOwn(held, key) ? held[key] : undefined), document)
