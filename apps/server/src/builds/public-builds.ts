import { randomUUID } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import type { Storage } from '@runnel/storage/open-storage'
import { createAttemptLimiter } from '../auth/attempt-limiter.ts'
import type { FlowSharing } from '../flows/flow-sharing.ts'
import type { FlowLoader } from '../runs/flow-loader.ts'
import { ownSession, virtualFlowId } from '../runs/visitor-history.ts'
import type { BuildJob } from './build-jobs.ts'
import type { BuildAsked, BuildService } from './build-service.ts'

/** Builds of one public flow from one address. */
const BUILDS = { limit: 20, windowMs: 60_000 }

/** Who visits a public flow. */
export interface Visitor {
  /** The value of the cookie `client_id`. */
  readonly clientId: string | undefined
  /** Who signed in; the history is this user's then, whatever the cookie says. */
  readonly userId?: string | undefined
  readonly address: string
}

export interface PublicBuildsOptions {
  readonly storage: Pick<Storage, 'flows' | 'users'>
  readonly loader: FlowLoader
  readonly builds: BuildService
  readonly sharing: FlowSharing
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type PublicBuilds = ReturnType<typeof createPublicBuilds>

/** Builds public flows for visitors: as they are stored, with the owner's variables, in histories of their own. */
export function createPublicBuilds({ storage, loader, builds, sharing, now }: PublicBuildsOptions) {
  const limiter = createAttemptLimiter(BUILDS, now)

  /** What the history of a visitor goes by. A cookie cannot open that of a user. */
  async function identify({ userId, clientId }: Visitor): Promise<string> {
    if (userId !== undefined) return userId
    if (!clientId || (await storage.users.find(clientId))) throw new AppError('client_id_missing')
    return clientId
  }

  return {
    /** @throws AppError `client_id_missing`, `flow_id_not_found`, `public_build_rate_limited`, `bad_request` */
    async start(
      visitor: Visitor,
      flowId: string,
      { data, publishedVersion: _, ...asked }: BuildAsked,
    ): Promise<BuildJob> {
      const visitorId = await identify(visitor)
      const found = await storage.flows.findAny(flowId)
      if (found?.id !== flowId || found.accessType !== 'PUBLIC') throw new AppError('flow_id_not_found')
      if (data !== null) throw refused('data', 'A public flow is built as it is stored.')
      if (asked.files.length > 0) throw refused('files', 'Visitors of a public flow have no files on this server.')
      const key = `${visitor.address} ${flowId}`
      const retryAfterSeconds = limiter.waitSeconds(key)
      if (retryAfterSeconds !== undefined) throw new AppError('public_build_rate_limited', [], { retryAfterSeconds })
      limiter.record(key)

      const visitorFlowId = virtualFlowId(visitorId, flowId)
      const { agent_steps: agentSteps } = await sharing.read(flowId)
      return builds.start(
        { userId: null, jobId: randomUUID(), flowId: visitorFlowId, cacheAll: false, agentSteps },
        // A visitor who could set variables could send the owner's keys elsewhere.
        { ...asked, variables: new Map(), sessionId: ownSession(asked.sessionId, visitorFlowId) },
        // Results of frozen nodes are kept under the same id, so no visitor gets those of another.
        async () => ({ ...(await loader.load(found.userId, flowId)), id: visitorFlowId }),
      )
    },
  }
}

const refused = (key: string, why: string) => new AppError('bad_request', [`${why} Leave out "${key}".`])
