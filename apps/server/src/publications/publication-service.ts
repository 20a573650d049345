import { type GraphProblem, graphProblems } from '@runnel/engine/graph-problems'
import type { Registry } from '@runnel/engine/registry'
import type { BreakingChange, Contract } from '@runnel/protocol/contract'
import { AppError } from '@runnel/protocol/errors'
import type { FlowCreate } from '@runnel/protocol/flows'
import type { FlowDifference } from '@runnel/protocol/publications'
import type { Storage } from '@runnel/storage/open-storage'
import type { NewPublishedVersion, PublicationChanges, PublicationQuery } from '@runnel/storage/publication-repository'
import type {
  FlowRecord,
  PublicationRecord,
  PublishedVersionHeader,
  PublishedVersionRecord,
} from '@runnel/storage/records'
import type { Editor, FlowService } from '../flows/flow-service.ts'
import type { FlowVersionService } from '../flows/flow-version-service.ts'
import { contractOf } from './contract.ts'
import { breakingChanges } from './contract-changes.ts'
import { contractDifferences, fingerprint, graphDifferences } from './graph-diff.ts'

export interface PublicationServiceOptions {
  readonly storage: Pick<Storage, 'publications' | 'flows'>
  readonly flows: Pick<FlowService, 'find' | 'update'>
  readonly flowVersions: Pick<FlowVersionService, 'add'>
  readonly registry: () => Promise<Registry>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type PublicationService = ReturnType<typeof createPublicationService>

export interface PublishAsked {
  readonly note?: string | null | undefined
  readonly acceptBreaking?: boolean | null | undefined
}

/** A published flow with what its newest version takes and gives. */
export interface PublishedFlow {
  readonly publication: PublicationRecord
  readonly flow: FlowRecord
  readonly latest: PublishedVersionRecord
  /** The draft has changed since. */
  readonly isOutdated: boolean
}

/** Two requests may take the same number at the same moment. */
const NUMBER_ATTEMPTS = 5

/** Publishes flows: immutable versions, each with the contract it was published under. */
export function createPublicationService(options: PublicationServiceOptions) {
  const { storage, flows, flowVersions, registry, now } = options
  const { publications } = storage

  async function version(flowId: string, number: number): Promise<PublishedVersionRecord> {
    const found = await publications.version(flowId, number)
    if (!found) throw new AppError('published_version_not_found')
    return found
  }

  async function owned(userId: string, flowId: string): Promise<PublicationRecord> {
    const found = await publications.find(userId, flowId)
    if (!found) throw new AppError('publication_not_found')
    return found
  }

  async function newest(userId: string, flowId: string): Promise<PublishedVersionRecord | undefined> {
    const publication = await publications.find(userId, flowId)
    return publication && version(flowId, publication.version)
  }

  /** Adds a version unless its flow cannot run, or callers of the one before would break. */
  async function add(user: Editor, given: Content, asked: PublishAsked): Promise<PublishedFlow> {
    const { data, ...facts } = given
    const { problems, graph } = graphProblems(JSON.parse(data), await registry())
    if (problems.length > 0 || !graph) throw refusal(problems)
    const contract = contractOf(graph)
    const before = await newest(user.id, facts.flowId)
    const changes = before ? breakingChanges(contractIn(before), contract) : []
    if (changes.length > 0 && asked.acceptBreaking !== true) throw breaking(changes)
    const made: NewPublishedVersion = {
      ...facts,
      userId: user.id,
      author: user.member ?? null,
      note: asked.note || null,
      createdAt: now(),
      contract: JSON.stringify(contract),
      data,
      fingerprint: fingerprint(JSON.parse(data)),
    }
    await withFreeNumber(() => publications.publish(user.id, made))
    return read(user.id, facts.flowId)
  }

  async function read(userId: string, flowId: string): Promise<PublishedFlow> {
    const [publication, flow] = await Promise.all([
      publications.find(userId, flowId),
      storage.flows.find(userId, flowId),
    ])
    if (!publication || flow?.id !== flowId) throw new AppError('publication_not_found')
    return withLatest(publication, flow)
  }

  async function withLatest(publication: PublicationRecord, flow: FlowRecord): Promise<PublishedFlow> {
    const latest = await version(publication.flowId, publication.version)
    const isSameRow = latest.flowVersion === flow.version && latest.restoredFrom === null
    const isOutdated = !isSameRow && (flow.data === null || fingerprint(JSON.parse(flow.data)) !== latest.fingerprint)
    return { publication, flow, latest, isOutdated }
  }

  return {
    /** @throws AppError `publication_not_found` */
    read,

    /** @throws AppError `published_version_not_found` for another user's flow too */
    async version(userId: string, flowId: string, number: number): Promise<PublishedVersionRecord> {
      if (!(await publications.find(userId, flowId))) throw new AppError('published_version_not_found')
      return version(flowId, number)
    },

    /** Whether the user has ever published it. */
    isKnown: async (userId: string, flowId: string): Promise<boolean> =>
      (await publications.find(userId, flowId)) !== undefined,

    /** Newest first. */
    async versions(userId: string, flowId: string): Promise<readonly PublishedVersionHeader[]> {
      await owned(userId, flowId)
      return publications.versions(flowId)
    },

    async list(userId: string, query: PublicationQuery) {
      const { items, total } = await publications.list(userId, query)
      const found = await Promise.all(
        items.map(async (publication) => {
          const flow = await storage.flows.find(userId, publication.flowId)
          return flow ? [await withLatest(publication, flow)] : []
        }),
      )
      return { items: found.flat(), total }
    },

    /**
     * Publishes the draft, or the graph that is given, which becomes the draft first.
     * @throws AppError `flow_id_not_found`, `flow_locked`, `flow_not_publishable`, `publication_breaks_callers`
     */
    async publish(
      user: Editor,
      flowId: string,
      { data, ...asked }: PublishAsked & { readonly data?: FlowCreate['data'] },
    ): Promise<PublishedFlow> {
      const found = await flows.find(user.id, flowId)
      if (data && found.locked) throw new AppError('flow_locked')
      const flow = data ? await flows.update(user, flowId, { data }) : found
      const content = { flowId, data: flow.data ?? '{}', flowVersion: flow.version, restoredFrom: null }
      return add(user, content, asked)
    },

    /** Publishes what an older version was once more. The draft stays. */
    async rollback(user: Editor, flowId: string, number: number, asked: PublishAsked): Promise<PublishedFlow> {
      const { data, flowVersion } = await this.version(user.id, flowId, number)
      const note = asked.note || `Version ${number} again`
      return add(user, { flowId, data, flowVersion, restoredFrom: number }, { ...asked, note })
    },

    /** Gives the draft what a version holds; what the draft had is kept. @throws AppError `flow_locked` */
    async restore(user: Editor, flowId: string, number: number): Promise<FlowRecord> {
      const { data } = await this.version(user.id, flowId, number)
      const flow = await flows.find(user.id, flowId)
      if (flow.locked) throw new AppError('flow_locked')
      if (flow.data !== data) {
        await flowVersions.add(user, flowId, { description: `Before published version ${number} came back` })
      }
      return flows.update(user, flowId, { data: JSON.parse(data) })
    },

    /** @throws AppError `publication_not_found` */
    async unpublish(userId: string, flowId: string): Promise<void> {
      const { isLive } = await owned(userId, flowId)
      if (isLive) await publications.update(userId, flowId, { isLive: false })
    },

    /** @throws AppError `publication_not_found` */
    async change(userId: string, flowId: string, changes: PublicationChanges): Promise<PublishedFlow> {
      if (!(await publications.update(userId, flowId, changes))) throw new AppError('publication_not_found')
      return read(userId, flowId)
    },

    /** @throws AppError `published_version_not_found`, `published_version_live` */
    async removeVersion(userId: string, flowId: string, number: number): Promise<void> {
      await this.version(userId, flowId, number)
      if (!(await publications.removeVersion(userId, flowId, number))) throw new AppError('published_version_live')
    },

    /** What publishing the draft would meet. */
    async check(userId: string, flowId: string): Promise<PublicationCheck> {
      const flow = await flows.find(userId, flowId)
      const data: unknown = JSON.parse(flow.data ?? '{}')
      const { problems, warnings, graph } = graphProblems(data, await registry())
      const contract = problems.length === 0 && graph ? contractOf(graph) : null
      const before = await newest(userId, flowId)
      return {
        problems,
        warnings,
        contract,
        breaking: before && contract ? breakingChanges(contractIn(before), contract) : [],
        changes: before ? [...differences(before, { data, contract })] : null,
      }
    },

    /** How a version became another, or the draft. */
    async compare(
      userId: string,
      flowId: string,
      from: number | undefined,
      to: number | undefined,
    ): Promise<{
      readonly from: number
      readonly changes: readonly FlowDifference[]
      readonly breaking: readonly BreakingChange[]
    }> {
      const { version: latest } = await owned(userId, flowId)
      const before = await version(flowId, from ?? latest)
      const after = await (to === undefined ? draftOf(userId, flowId) : publishedAs(flowId, to))
      const { contract } = after
      return {
        from: before.number,
        changes: differences(before, { data: JSON.parse(after.data), contract }),
        breaking: contract ? breakingChanges(contractIn(before), contract) : [],
      }
    },
  }

  async function publishedAs(flowId: string, number: number): Promise<Side> {
    const found = await version(flowId, number)
    return { data: found.data, contract: contractIn(found) }
  }

  async function draftOf(userId: string, flowId: string): Promise<Side> {
    const { data } = await flows.find(userId, flowId)
    const text = data ?? '{}'
    const { problems, graph } = graphProblems(JSON.parse(text), await registry())
    return { data: text, contract: problems.length === 0 && graph ? contractOf(graph) : null }
  }
}

/** One side of a comparison: its graph as JSON text, and its contract unless it cannot run. */
interface Side {
  readonly data: string
  readonly contract: Contract | null
}

/** What a version is made from. */
type Content = Pick<NewPublishedVersion, 'flowId' | 'data' | 'flowVersion' | 'restoredFrom'>

export interface PublicationCheck {
  readonly problems: readonly GraphProblem[]
  readonly warnings: readonly GraphProblem[]
  readonly contract: Contract | null
  readonly breaking: readonly BreakingChange[]
  readonly changes: readonly FlowDifference[] | null
}

function differences(
  before: PublishedVersionRecord,
  after: { readonly data: unknown; readonly contract: Contract | null },
): readonly FlowDifference[] {
  const ofGraph = graphDifferences(JSON.parse(before.data), after.data)
  return after.contract ? [...ofGraph, ...contractDifferences(contractIn(before), after.contract)] : ofGraph
}

/** Written by us when the version was published. */
export const contractIn = ({ contract }: Pick<PublishedVersionRecord, 'contract'>): Contract => JSON.parse(contract)

async function withFreeNumber<Value>(publish: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await publish()
    } catch (error) {
      const isTaken = error instanceof AppError && error.code === 'name_not_unique'
      if (!isTaken || attempt >= NUMBER_ATTEMPTS) throw error
    }
  }
}

function refusal(problems: readonly GraphProblem[]): AppError {
  const error = new AppError('flow_not_publishable')
  const detail = { code: error.code, message: error.message, problems: problems.map(wireProblem) }
  return new AppError('flow_not_publishable', [], { detail })
}

function breaking(changes: readonly BreakingChange[]): AppError {
  const error = new AppError('publication_breaks_callers')
  return new AppError(error.code, [], { detail: { code: error.code, message: error.message, changes } })
}

/** What is wrong with a graph, as it is told to callers. */
export const wireProblem = ({ code, message, values, nodeId, edgeId, field }: GraphProblem) => ({
  code,
  message,
  ...(values && { values }),
  ...(nodeId !== undefined && { node_id: nodeId }),
  ...(edgeId !== undefined && { edge_id: edgeId }),
  ...(field !== undefined && { field }),
})
