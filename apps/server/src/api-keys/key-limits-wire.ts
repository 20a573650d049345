import type { KeyLimitsBody } from '@runnel/protocol/api-keys'
import { AppError } from '@runnel/protocol/errors'
import type { KeyLimits } from '@runnel/storage/records'
import { parseNetwork } from '../auth/key-limits.ts'

const UNLIMITED: KeyLimits = { access: 'manage', flowIds: null, projectIds: null, addresses: null, rateLimit: null }

/**
 * The limits of a key with these changes; null when nothing is limited. What is not named stays.
 * @throws AppError `invalid_field` for what is no address
 */
export function changedLimits(before: KeyLimits | null, body: KeyLimitsBody): KeyLimits | null {
  const { access, flow_ids, project_ids, addresses, rate_limit } = body
  const wrong = addresses?.find((address) => !parseNetwork(address))
  if (wrong !== undefined) {
    throw new AppError('invalid_field', [`addresses: ${wrong.slice(0, 50)} is no address and no network.`])
  }
  const old = before ?? UNLIMITED
  const limits: KeyLimits = {
    access: access === undefined ? old.access : (access ?? 'manage'),
    flowIds: flow_ids === undefined ? old.flowIds : flow_ids,
    projectIds: project_ids === undefined ? old.projectIds : project_ids,
    addresses: addresses === undefined ? old.addresses : addresses,
    rateLimit: rate_limit === undefined ? old.rateLimit : rate_limit,
  }
  const { access: role, ...others } = limits
  return role === 'manage' && Object.values(others).every((limit) => limit === null) ? null : limits
}

/** What a key may do, as clients see it. */
export function shownLimits(limits: KeyLimits | null) {
  const { access, flowIds, projectIds, addresses, rateLimit } = limits ?? UNLIMITED
  return { access, flow_ids: flowIds, project_ids: projectIds, addresses, rate_limit: rateLimit }
}
