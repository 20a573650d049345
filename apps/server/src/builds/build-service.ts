import { asksPeople } from '@runnel/engine/approved-tool'
import type { GraphNode } from '@runnel/engine/graph'
import type { RunRequest } from '@runnel/engine/run-scope'
import { resultData } from '@runnel/engine/wire-result'
import type { PriceOf } from '@runnel/models/model-prices'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import { type ProjectRole, suffices } from '@runnel/protocol/roles'
import type { AgentSteps } from '@runnel/protocol/sharing'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import { whole } from '../flows/flow-service.ts'
import type { Log } from '../log.ts'
import type { FlowLoader, LoadedFlow } from '../runs/flow-loader.ts'
import type { FlowRunner } from '../runs/flow-runner.ts'
import type { FrozenCache } from '../runs/frozen-cache.ts'
import type { VariableService } from '../variables/variable-service.ts'
import type { BuildJob, BuildJobs, BuildWork } from './build-jobs.ts'
import { buildEnd, buildFailure, CANCELLED_END, createBuildRecords } from './build-records.ts'
import { type BuildInput, inputValues, selectRange } from './build-selection.ts'
import { missingVariables, sentenceOf } from './missing-variables.ts'

/** How long a build waits for its slowest reader, in milliseconds: as long as it may run. */
const STALLED_MS = 300_000

/** What a caller asks to build. */
export interface BuildAsked {
  readonly input: BuildInput
  /** The conversation; the flow's id unless given. */
  readonly sessionId: string | null
  /** The graph of the editor in place of the stored one. */
  readonly data: JsonObject | null
  /** A published version in place of both. */
  readonly publishedVersion: number | null
  /** Stored paths, for the chat input. */
  readonly files: readonly string[]
  /** Values of global variables for this build alone, names in upper case. */
  readonly variables: ReadonlyMap<string, string>
  readonly startId: string | null
  readonly stopId: string | null
  /** Build what no edge joins to the chat input too. */
  readonly toAllEnds: boolean
  /** false: what each node was given and gave is not kept. */
  readonly keepSteps: boolean
}

type UserName = Pick<UserRecord, 'id' | 'username'>

/** Whose build it is. */
export interface BuildOwner {
  /** Null: a visitor's, who is known by the id of the job alone. */
  readonly userId: string | null
  /** Who reads its events and decides what it asks, when that is not the user. */
  readonly member?: UserName
  readonly jobId: string
  /** What its messages and steps are kept under. */
  readonly flowId: string
  /** Keep the results of all nodes, so that they can be frozen. */
  readonly cacheAll: boolean
  /** What a visitor learns of the steps of agents. */
  readonly agentSteps?: AgentSteps
}

export interface BuildServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'publications'>
  readonly config: Pick<Config, 'maxTextLength' | 'maxItemsLength' | 'fallbackToEnvironment'>
  readonly loader: FlowLoader
  readonly runner: FlowRunner
  readonly jobs: BuildJobs
  readonly priceOf: PriceOf
  /** The last results of nodes. */
  readonly frozen: FrozenCache
  readonly variables: Pick<VariableService, 'list'>
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Longest build of a flow that asks people, who may be at lunch; in milliseconds. */
const WITH_PEOPLE_MS = 3_600_000

/** For whom a member of a project calls. */
interface Member {
  readonly user: Pick<UserRecord, 'id'>
  readonly author: Pick<UserRecord, 'username'>
  readonly role: ProjectRole
}

export type BuildService = ReturnType<typeof createBuildService>

/** Builds flows for the editor and the playground. */
export function createBuildService({
  storage,
  config,
  loader,
  runner,
  jobs,
  frozen,
  variables,
  priceOf,
  log,
  now,
}: BuildServiceOptions) {
  const limits = { textLength: config.maxTextLength, itemsLength: config.maxItemsLength }

  /** @throws AppError `flow_to_build_not_found` for a flow of another user, public ones included. */
  async function checkOwner(userId: string, flowId: string): Promise<void> {
    const own = await storage.flows.version(userId, flowId)
    if (own?.id !== flowId) throw new AppError('flow_to_build_not_found', [flowId])
  }

  /** The stored graph, or the one given in its place. */
  async function graphOf(userId: string, flowId: string, data: JsonObject | null): Promise<LoadedFlow> {
    await checkOwner(userId, flowId)
    return data ? loader.compile(userId, flowId, data) : loader.load(userId, flowId)
  }

  /** The graph of a version, as it was published. */
  async function published(flowId: string, number: number): Promise<JsonObject> {
    const version = await storage.publications.version(flowId, number)
    if (!version) throw new AppError('published_version_not_found')
    return JSON.parse(version.data)
  }

  /**
   * Starts the build of a flow. What is wrong with the flow itself is told by the events of the job.
   * @throws AppError of a range that does not fit the flow.
   */
  async function start(
    owner: BuildOwner,
    asked: Omit<BuildAsked, 'data' | 'publishedVersion'>,
    load: () => Promise<LoadedFlow>,
  ): Promise<BuildJob> {
    const { jobId, flowId, userId } = owner
    const forVisitor = userId === null
    const followerId = forVisitor ? null : (owner.member?.id ?? userId)
    const sessionId = asked.sessionId || flowId
    const failed = (error: unknown, node?: GraphNode): string =>
      buildFailure(asAppError(error), {
        flowId,
        runId: jobId,
        sessionId,
        messageId: newId(),
        timestamp: now(),
        forVisitor,
        node,
      })
    const startedAt = performance.now()
    const end = () => buildEnd(performance.now() - startedAt)
    const startJob = (work: BuildWork) => jobs.start({ id: jobId, userId: followerId, work, cancelled: CANCELLED_END })

    const flow = await load().catch((error: unknown) => {
      if (error instanceof AppError && (error.code === 'flow_invalid' || error.code === 'flow_has_no_data'))
        return error
      throw error
    })
    if (flow instanceof AppError) {
      return startJob(async (records) => {
        records.append(failed(flow))
        records.append(end())
        records.close()
      })
    }

    const { graph } = flow
    const request: RunRequest = {
      runId: jobId,
      flowId,
      userId,
      sessionId,
      sessionFields: 'empty',
      inputValues: inputValues(graph, asked.input),
      inputFiles: asked.files,
      overlay: new Map(),
      requestVariables: asked.variables,
      environmentFallback: false,
      componentEnvironment: config.fallbackToEnvironment,
      ...selectRange(graph, asked),
      toAllEnds: asked.toAllEnds,
      failFast: false,
      cacheAll: owner.cacheAll,
      // Pins belong to the draft.
      usePins: owner.cacheAll,
    }
    return startJob(async (records, signal) => {
      const recordsOf = createBuildRecords({ graph, limits, priceOf, forVisitor, agentSteps: owner.agentSteps })
      try {
        // What a visitor's run lacks is for the owner to know.
        const missing = forVisitor ? [] : await missingVariables(variables, flow, request)
        const [first] = missing
        if (first) {
          records.append(failed(new AppError('flow_invalid', [sentenceOf(missing)]), first.node))
          records.append(end())
          records.close()
          return
        }
        // What somebody says to a flow is said in the playground.
        const kind = asked.input.value === null ? 'build' : 'playground'
        const how = {
          kind,
          signal,
          keepSteps: asked.keepSteps,
          watcherId: followerId,
          startedBy: owner.member?.username ?? null,
          ...(asksPeople(graph) && { longestMs: WITH_PEOPLE_MS }),
        } as const
        for await (const events of runner.run(flow, request, how)) {
          for (const event of events) for (const record of recordsOf(event)) records.append(record)
          const room = records.room(STALLED_MS, signal)
          if (room && !(await room)) throw new AppError('interrupted', ['The events of the build were not read.'])
        }
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof AppError)) log.error('build failed', { runId: jobId, flowId, error })
        records.append(failed(error))
      }
      records.append(end())
      records.close()
    })
  }

  return {
    checkOwner,
    graphOf,
    start,

    /**
     * The whole last value of an output, as it is shown.
     * @throws AppError `flow_to_build_not_found`, `output_not_kept`
     */
    async output(userId: string, flowId: string, nodeId: string, name: string) {
      await checkOwner(userId, flowId)
      const result = frozen.of(flowId).get(nodeId)
      const shown = result?.outputs.has(name) ? resultData(result).outputs[name] : undefined
      if (!shown) throw new AppError('output_not_kept')
      return shown
    },

    /**
     * What a member of the project may have built: the flow as it is stored, or, of those who may change it, their graph
     * with the secrets they have not seen, and their values of variables; and only files of the flow.
     * @throws AppError `flow_to_build_not_found`, `file_not_found`
     */
    async ofMember({ user, author, role }: Member, flowId: string, asked: BuildAsked): Promise<BuildAsked> {
      const isOfFlow = (path: string) => path.startsWith(`${flowId}/`) && path.split('/').length === 2
      if (!asked.files.every(isOfFlow)) throw new AppError('file_not_found')
      if (!suffices(role, 'editor')) return { ...asked, data: null, variables: new Map() }
      const stored = await storage.flows.find(user.id, flowId)
      if (stored?.id !== flowId) throw new AppError('flow_to_build_not_found', [flowId])
      return { ...asked, data: whole({ member: author.username }, stored, asked.data) }
    },

    /**
     * Starts a build of the user's own flow, for whoever follows it.
     * @throws AppError `flow_to_build_not_found`, `published_version_not_found`, or of a range that does not fit the flow.
     */
    async startOwn(userId: string, flowId: string, given: BuildAsked, member?: UserName): Promise<BuildJob> {
      const { data, publishedVersion, ...asked } = given
      await checkOwner(userId, flowId)
      const owner = { userId, ...(member && { member }), jobId: newId(), flowId, cacheAll: publishedVersion === null }
      if (publishedVersion === null) return start(owner, asked, () => graphOf(userId, flowId, data))
      const version = await published(flowId, publishedVersion)
      // What a version froze is not what the draft froze.
      return start(owner, asked, async () => ({
        ...(await graphOf(userId, flowId, version)),
        published: publishedVersion,
      }))
    },
  }
}

const asAppError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('internal', [], { cause: error })
