import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { Endpoint } from '@runnel/protocol/endpoint'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { Storage } from '@runnel/storage/open-storage'
import type { ApiKeyRecord, KeyLimits } from '@runnel/storage/records'
import type { FastifyRequest } from 'fastify'

/** Parameters of paths that name a flow of the caller, or a project. */
const FLOW_PARAMETERS = ['flow_id', 'flow_id_or_name', 'workflow_id'] as const
const PROJECT_PARAMETERS = ['project_id', 'folder_id'] as const

type LimitedKey = Pick<ApiKeyRecord, 'userId' | 'limits'>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route implements. */
    readonly endpoint?: Endpoint
  }
}

/**
 * What a key with limits may do, whichever endpoint is called. What is not clearly inside its limits is refused: a key
 * for some flows may call only what names one of them in its path.
 */
export function createKeyLimits({ storage }: { readonly storage: Pick<Storage, 'publications'> }) {
  async function holdsFlow({ flowIds, projectIds }: KeyLimits, userId: string, idOrName: string): Promise<boolean> {
    const parsed = parseUuid(idOrName)
    const flow = await storage.publications.callable(userId, 'id' in parsed ? parsed.id : idOrName)
    if (flow?.ownerId !== userId) return false
    return (
      flowIds?.includes(flow.id) === true || (flow.projectId !== null && projectIds?.includes(flow.projectId) === true)
    )
  }

  async function checkFlow({ userId, limits }: LimitedKey, idOrName: string): Promise<void> {
    if (!limits?.flowIds && !limits?.projectIds) return
    if (await holdsFlow(limits, userId, idOrName)) return
    throw new AppError('key_scope', ['this flow is not among those it is for'])
  }

  return {
    /** Whether the flow a request names, outside its path, is one the key is for. @throws AppError `key_scope` */
    checkFlow,
    /** @throws AppError `key_address_refused`, `key_scope` */
    async check(key: LimitedKey, request: FastifyRequest): Promise<void> {
      const { limits } = key
      if (!limits) return
      if (limits.addresses && !isFrom(limits.addresses, request.ip)) throw new AppError('key_address_refused')
      const { endpoint } = request.routeOptions.config
      if (limits.access === 'run' && endpoint?.keyScope !== 'run')
        throw new AppError('key_scope', ['it may only run flows'])
      if (!limits.flowIds && !limits.projectIds) return
      // These name their flow in the body: the handler checks it.
      if (endpoint?.access === 'openai') return
      const parameter = (names: readonly string[]): string | undefined => {
        const found = names
          .map((name) => Reflect.get(Object(request.params), name))
          .find((value) => value !== undefined)
        return found === undefined ? undefined : String(found)
      }
      const flow = parameter(FLOW_PARAMETERS)
      if (flow !== undefined) return checkFlow(key, flow)
      const project = parameter(PROJECT_PARAMETERS)
      // Whoever may change a project may put any flow into it.
      const isHarmless = endpoint?.method === 'GET' || endpoint?.keyScope === 'run'
      if (project !== undefined && isHarmless && limits.projectIds?.includes(project.toLowerCase())) return
      throw new AppError('key_scope', ['it is for some flows only'])
    },
  }
}
export type KeyLimitCheck = ReturnType<typeof createKeyLimits>

const MAPPED = /^::ffff:(?=\d+\.)/i

/** Whether an address is one of these, or in one of these networks. */
function isFrom(allowed: readonly string[], address: string): boolean {
  const plain = address.replace(MAPPED, '')
  const list = new BlockList()
  for (const entry of allowed) {
    const network = parseNetwork(entry)
    if (network) list.addSubnet(network.address, network.prefix, network.family)
  }
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/** `10.0.0.1`, `10.0.0.0/8` or their like of IPv6; undefined for what is no address. */
export function parseNetwork(
  text: string,
): { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', bits, ...more] = text.trim().split('/')
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined
  if (!family || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined
  const widest = family === 'ipv4' ? 32 : 128
  const prefix = bits === undefined ? widest : Number(bits)
  return prefix <= widest ? { address, prefix, family } : undefined
}

/** The key is for some flows only. */
export const isForSomeFlows = ({ limits }: Pick<ApiKeyRecord, 'limits'>): boolean =>
  limits !== null && (limits.flowIds !== null || limits.projectIds !== null)
