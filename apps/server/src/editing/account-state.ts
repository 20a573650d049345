import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { AccountState, AccountWish, Component, HttpPort } from '@runnel/sdk'
import type { NodeState } from './node-template.ts'

export interface AccountOptions {
  readonly http: HttpPort
  /** The value of the user's variable of that name. */
  readonly variable: (name: string) => Promise<string | undefined>
}

/**
 * A node whose account elsewhere was asked after, with the answer in its `auth` field, as Langflow writes it:
 * `validated`, the address to connect it at, `error` with the reason beside it, or nothing. Other nodes are given back.
 */
export async function withAccount(
  { http, variable }: AccountOptions,
  { component, node }: { readonly component: Component; readonly node: JsonObject },
  change: NodeState['change'],
  signal: AbortSignal,
): Promise<JsonObject> {
  const { account } = component
  const template = isObject(node.template) ? node.template : {}
  const field = change && component.inputs[change.field]?.type === 'auth' ? template[change.field] : undefined
  if (!account || !change || !isObject(field)) return node
  const given = Object.keys(component.inputs).map(
    async (name) => [name, await heldValue(template[name], variable)] as const,
  )
  const inputs = Object.fromEntries(await Promise.all(given))
  const shown = (value: string, auth_tooltip = ''): JsonObject => ({
    ...node,
    template: { ...template, [change.field]: { ...field, value, auth_tooltip } },
  })
  try {
    return shown(printed(await account({ inputs, wish: wishOf(change.value), http, signal })))
  } catch (error) {
    // A node is shown although the service is away.
    if (!(error instanceof AppError)) throw error
    return shown('error', messageOf(error))
  }
}

const wishOf = (value: unknown): AccountWish => (value === 'connect' || value === 'disconnect' ? value : 'look')

function printed(state: AccountState): string {
  switch (state.kind) {
    case 'connected':
      return 'validated'
    case 'disconnected':
      return state.link ?? 'disconnected'
    case 'unknown':
      return ''
    default:
      return state satisfies never
  }
}

/** A value of the node as a run would have it; a text for every field of text. */
async function heldValue(entry: unknown, variable: AccountOptions['variable']): Promise<unknown> {
  if (!isObject(entry)) return ''
  const { value, load_from_db, type } = entry
  if (load_from_db === true && typeof value === 'string' && value !== '') return (await variable(value)) ?? ''
  return type === 'str' && typeof value !== 'string' ? '' : value
}
