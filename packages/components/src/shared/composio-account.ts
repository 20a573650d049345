import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { AccountState, AccountWish } from '@runnel/sdk'
import { type Asking, objectsIn, textIn } from './ask-service.ts'
import { type ComposioAccess, serviceOf } from './composio.ts'

/**
 * How the account of the entity stands at the app, after it was connected or disconnected as wished. Connecting gives
 * the address where whoever owns the account allows it.
 * @throws AppError `bad_request` when Composio refuses
 */
export async function composioAccount(
  access: ComposioAccess,
  wish: AccountWish,
  asking: Asking,
): Promise<AccountState> {
  if (access.apiKey.trim() === '') return { kind: 'unknown' }
  const service = serviceOf(access, asking)
  const query = new URLSearchParams({ toolkit_slugs: access.toolkit, user_ids: access.entity })
  const { items } = await service.object('GET', `/connected_accounts?${query}`)
  const active = objectsIn(items).filter(({ status }) => textIn(status).toUpperCase() === 'ACTIVE')
  if (wish === 'disconnect') {
    for (const { id } of active) await service.ask('DELETE', `/connected_accounts/${encodeURIComponent(textIn(id))}`)
    return { kind: 'disconnected' }
  }
  if (active.length > 0) return { kind: 'connected' }
  if (wish !== 'connect') return { kind: 'disconnected' }
  const body = { auth_config_id: await configOf(access, asking), user_id: access.entity }
  const { redirect_url } = await service.object('POST', '/connected_accounts/link', body)
  if (textIn(redirect_url) === '')
    throw new AppError('bad_request', ['Composio gave no address to connect the account.'])
  return { kind: 'disconnected', link: textIn(redirect_url) }
}

/** The way the app lets people in: the one that is set up at Composio, else one Composio manages itself. */
async function configOf(access: ComposioAccess, asking: Asking): Promise<string> {
  const service = serviceOf(access, asking)
  const { items } = await service.object(
    'GET',
    `/auth_configs?${new URLSearchParams({ toolkit_slug: access.toolkit })}`,
  )
  const [known] = objectsIn(items)
  if (known) return textIn(known.id)
  const made = await service.object('POST', '/auth_configs', {
    toolkit: { slug: access.toolkit },
    auth_config: { type: 'use_composio_managed_auth' },
  })
  return isObject(made.auth_config) ? textIn(made.auth_config.id) : ''
}
