import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Asking, objectsIn, textIn } from './ask-service.ts'
import { jsonService } from './json-service.ts'

const BASE = 'https://backend.composio.dev/api/v3'
/** More than any toolkit has. */
const MOST_TOOLS = 500

export interface ComposioAccess {
  readonly apiKey: string
  /** Whose account at the app is used. */
  readonly entity: string
  /** The app, as Composio names it: `gmail`. */
  readonly toolkit: string
}

/** Something Composio does at an app. */
export interface ComposioAction {
  /** `GMAIL_SEND_EMAIL` */
  readonly slug: string
  /** `Send Email` */
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments, an object. */
  readonly inputSchema: JsonObject
}

/** What can be done at the app. @throws AppError `invalid_field` without a key, `bad_request` when Composio refuses */
export async function composioActions(access: ComposioAccess, context: Asking): Promise<readonly ComposioAction[]> {
  const query = new URLSearchParams({ toolkit_slug: access.toolkit, limit: String(MOST_TOOLS) })
  const { items } = await serviceOf(access, context).object('GET', `/tools?${query}`)
  return objectsIn(items).map(({ slug, name, description, input_parameters }) => ({
    slug: textIn(slug),
    name: textIn(name),
    description: textIn(description),
    inputSchema: isObject(input_parameters) ? input_parameters : { type: 'object', properties: {} },
  }))
}

/** Does it, and gives what came of it. @throws AppError `bad_request` with what Composio says when it failed */
export async function doComposioAction(
  access: ComposioAccess,
  slug: string,
  input: JsonObject,
  context: Asking,
): Promise<unknown> {
  const body = { user_id: access.entity, arguments: input }
  const { successful, data, error } = await serviceOf(access, context).object('POST', `/tools/execute/${slug}`, body)
  if (successful === true) return data
  throw new AppError('bad_request', [`Composio could not do ${slug}: ${textIn(error) || JSON.stringify(error)}`])
}

/** Composio as whoever has the key sees it. @throws AppError `invalid_field` without a key */
export function serviceOf({ apiKey }: ComposioAccess, context: Asking) {
  if (apiKey.trim() === '') throw new AppError('invalid_field', ['The Composio API key is missing. Enter it.'])
  return jsonService(BASE, { 'x-api-key': apiKey }, context)
}
