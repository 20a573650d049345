import { cancelBuild, readBuildEvents, startBuild } from '@runnel/protocol/builds'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { client } from '../../api/client.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { type AskedApproval, askedAfter } from './asked-approvals.ts'
import { type BuildEvent, type OtherEvent, otherEvent } from './build-events.ts'
import { type Begun, type Delivery, deliveredEvents } from './delivery.ts'
import { groupRuns } from './group-run.ts'
import { heardOf } from './heard-event.ts'
import { idleNode, type NodeRun, type RunOutcome, restingStatus } from './node-run.ts'
import { resumedEvents } from './resumed-events.ts'
import { createRunClock } from './run-clock.ts'
import { type JobShelf, rememberedJob, rememberJob } from './running-job.ts'

/** What the runs of a flow have shown so far: of the last run per node, and of the run that goes on. */
export interface RunState {
  readonly nodes: ReadonlyMap<string, NodeRun>
  /** The run that goes on. */
  readonly running:
    | { readonly jobId: string; readonly startedAt: number; readonly current: string | undefined }
    | undefined
  readonly outcome: RunOutcome | undefined
  /** Epoch milliseconds; undefined before the first run. */
  readonly lastStartedAt: number | undefined
  /** What the last run told that the editor does not know, the latest of it. */
  readonly others: readonly OtherEvent[]
  /** Calls of tools that wait to be allowed. */
  readonly asked: readonly AskedApproval[]
}

const MOST_OTHERS = 100
const NONE: RunState['asked'] = []
/** How long the server remembers builds that have ended, in milliseconds. */
const REMEMBERED_MS = 3_600_000

export interface RunRequest {
  readonly document: FlowDocument
  /** Runs this published version in place of the document. */
  readonly version?: number | undefined
  /** Runs this node and what it depends on. */
  readonly stopAt?: string | undefined
  /** Runs this node and what follows from it. */
  readonly startAt?: string | undefined
  /** Runs what nothing joins to the chat input too. */
  readonly toAllEnds?: boolean | undefined
  readonly input?:
    | { readonly text?: string; readonly sessionId: string; readonly files?: readonly string[] }
    | undefined
  /** Values of global variables for this run alone. */
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** False: the server does not keep what each step was given and gave. */
  readonly keepsSteps?: boolean | undefined
}

/** The newest build of a node, as the server keeps it. */
export type LastBuild = Extract<BuildEvent, { event: 'end_vertex' }>['data']['build_data']

export interface FlowRunner {
  readonly store: StoreApi<RunState>
  /** Runs the flow, or a part of it. Resolves when the run has ended, however it did. One run at a time. */
  run(request: RunRequest): Promise<RunOutcome>
  /** Follows the run that went on when the page was left, if it still does. @param document what it most likely runs */
  resume(document: FlowDocument): Promise<RunOutcome | undefined>
  /** Takes the newest builds of nodes of the flow from before the page was opened; nothing once there was a run. */
  showLast(builds: readonly LastBuild[], document?: FlowDocument): void
  /** Lends the store to a past run. @returns ends that: what was shown before comes back, unless a run was started meanwhile */
  lookBack(): () => void
  /** What the last run was asked for, to ask for the same again. */
  last(): Partial<Omit<RunRequest, 'document'>>
  /** Cancels the run that goes on. */
  stop(): Promise<void>
  /** Hears every event of every run, as the playground does. @returns ends it */
  listen(hear: (event: BuildEvent) => void): () => void
}

export interface FlowRunnerOptions {
  /** Where the id of what runs outlasts the page; nowhere unless given. */
  readonly shelf?: JobShelf
  /** How events of the next run come; as a stream unless given. */
  readonly delivery?: () => Delivery
}

/** Runs one flow by the server's build API and keeps what its nodes showed. */
export function createFlowRunner(
  flowId: string,
  { shelf, delivery = () => 'streaming' }: FlowRunnerOptions = {},
): FlowRunner {
  const store = createStore<RunState>(() => ({
    nodes: new Map(),
    running: undefined,
    outcome: undefined,
    lastStartedAt: undefined,
    others: [],
    asked: NONE,
  }))
  const listeners = new Set<(event: BuildEvent) => void>()
  let reading: AbortController | undefined
  let ranWith: FlowDocument | undefined
  let last: Partial<Omit<RunRequest, 'document'>> = {}
  let clock = createRunClock(Date.now)
  /** What comes back when the past run that is looked at is left. */
  let aside: RunState | undefined

  const setNodes = (changes: Changes, document = ranWith): void =>
    store.setState(({ nodes }) => ({ nodes: withChanges(nodes, changes, document) }))

  function apply(event: BuildEvent): void {
    const other = otherEvent(event)
    if (other) store.setState(({ others }) => ({ others: [...others, other].slice(-MOST_OTHERS) }))
    const { nodes, asked } = store.getState()
    const waiting = askedAfter(asked, event)
    if (waiting !== asked) store.setState({ asked: waiting })
    const heard = heardOf(event, { nodes, ranWith, timesOf: clock.timesOf, now: Date.now() })
    if (heard.length > 0) setNodes(heard)
    const [current, change] = heard.at(-1) ?? []
    if (change?.status === 'running') store.setState(({ running }) => ({ running: running && { ...running, current } }))
    for (const hear of listeners) hear(event)
  }

  /** Nodes that were to run and did not are as they were before. */
  function settle(outcome: RunOutcome): RunOutcome {
    const { nodes } = store.getState()
    setNodes(
      [...nodes]
        .filter(([, { status }]) => status === 'queued' || status === 'running')
        .map(([id, run]) => [id, { status: restingStatus(run) }] as const),
    )
    store.setState({ running: undefined, outcome, asked: NONE })
    return outcome
  }

  /** Follows a build from its first event to its last. */
  async function attend(
    document: FlowDocument,
    startedAt: number,
    begin: (signal: AbortSignal) => Promise<Begun>,
  ): Promise<RunOutcome> {
    if (reading) throw new Error('The flow is running already')
    const abort = new AbortController()
    reading = abort
    ranWith = document
    aside = undefined
    clock = createRunClock(Date.now)
    store.setState({
      outcome: undefined,
      running: { jobId: '', startedAt, current: undefined },
      lastStartedAt: startedAt,
      others: [],
      asked: NONE,
    })
    let failure: { readonly nodeId: string | undefined; readonly message: string } | undefined
    try {
      const begun = await begin(abort.signal)
      const { jobId } = begun
      if (shelf) rememberJob(shelf, flowId, { jobId, startedAt })
      store.setState(({ running }) => ({ running: running && { ...running, jobId } }))
      const ask = (event_delivery: 'streaming' | 'polling', from_start: boolean): Promise<Response> =>
        client.request(readBuildEvents, {
          params: { job_id: jobId },
          query: { event_delivery, from_start },
          signal: abort.signal,
        })
      const open = deliveredEvents(begun, ask)
      for await (const event of resumedEvents(open, { signal: abort.signal, wait: pause })) {
        apply(event)
        if (event.event === 'error')
          failure ??= { nodeId: event.data.properties?.source?.id ?? undefined, message: event.data.text ?? '' }
        if (event.event === 'end' && event.data.cancelled) return settle({ kind: 'stopped' })
      }
      return settle(failure ? { kind: 'failed', ...failure } : { kind: 'done' })
    } catch (error) {
      if (abort.signal.aborted) return settle({ kind: 'stopped' })
      return settle({
        kind: 'failed',
        nodeId: undefined,
        message: error instanceof Error ? error.message : String(error),
      })
    } finally {
      reading = undefined
      if (shelf) rememberJob(shelf, flowId, undefined)
    }
  }

  return {
    store,
    run: ({ document, version, stopAt, startAt, toAllEnds, input, variables, keepsSteps }) => {
      last = { version, input, variables, keepsSteps, stopAt, startAt, toAllEnds }
      const how = delivery()
      return attend(document, Date.now(), async (signal) => {
        const asked = {
          params: { flow_id: flowId },
          query: {
            event_delivery: how,
            ...(stopAt !== undefined && { stop_component_id: stopAt }),
            ...(startAt !== undefined && { start_component_id: startAt }),
            ...(toAllEnds && { to_all_ends: true }),
            ...(version !== undefined && { published_version: version }),
          },
          body: {
            ...(version === undefined && { data: { nodes: [...document.nodes], edges: [...document.edges] } }),
            ...(input && {
              inputs: { ...(input.text !== undefined && { input_value: input.text }), session: input.sessionId },
              files: [...(input.files ?? [])],
            }),
            ...(variables && { variables: { ...variables } }),
            ...(keepsSteps === false && { log_builds: false }),
          },
          signal,
        }
        if (how !== 'direct') return { jobId: (await client.call(startBuild, asked)).job_id, delivery: how }
        const answer = await client.request(startBuild, asked)
        return { jobId: answer.headers.get('x-langflow-job-id') ?? '', delivery: how, answer }
      })
    },
    showLast(builds, document) {
      const { nodes, lastStartedAt } = aside ?? store.getState()
      if (lastStartedAt !== undefined) return
      const timesOf = ({ timestamp }: { readonly timestamp?: string }) => ({ endedAt: Date.parse(timestamp ?? '') })
      const context = { nodes, ranWith: undefined, timesOf, now: Date.now() }
      const heard = builds.flatMap((build_data) => heardOf({ event: 'end_vertex', data: { build_data } }, context))
      if (aside) aside = { ...aside, nodes: withChanges(nodes, heard, document) }
      else setNodes(heard, document)
    },
    lookBack() {
      aside = store.getState()
      return () => {
        if (aside) store.setState(aside)
        aside = undefined
      }
    },
    last: () => last,
    async resume(document) {
      const job = shelf && rememberedJob(shelf, flowId)
      if (!job || reading) return undefined
      const outcome = await attend(document, job.startedAt, async () => ({
        jobId: job.jobId,
        delivery: delivery() === 'polling' ? 'polling' : 'streaming',
      }))
      // Forgotten by the server, which it does in time: nothing of it is to be told.
      const isOld = Date.now() - job.startedAt > REMEMBERED_MS
      if (isOld && outcome.kind === 'failed' && outcome.nodeId === undefined) store.setState({ outcome: undefined })
      return outcome
    },
    async stop() {
      const jobId = store.getState().running?.jobId
      if (jobId) await client.call(cancelBuild, { params: { job_id: jobId } }).catch(() => undefined)
      reading?.abort()
    },
    listen(hear) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
  }
}

type Changes = readonly (readonly [string, Partial<NodeRun>])[]

function withChanges(
  nodes: RunState['nodes'],
  changes: Changes,
  document: FlowDocument | undefined,
): RunState['nodes'] {
  const next = new Map(nodes)
  for (const [id, change] of changes) next.set(id, { ...idleNode, ...next.get(id), ...change })
  const changed = changes.map(([id]) => id)
  for (const [id, run] of groupRuns(document, next, changed)) next.set(id, run)
  return next
}

/** Resolves after some milliseconds, or once the run is stopped. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
