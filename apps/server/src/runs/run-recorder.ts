import type { Graph, GraphNode } from '@runnel/engine/graph'
import { sumUsage } from '@runnel/engine/node-context'
import type { NodeResult } from '@runnel/engine/node-result'
import type { NodeFailure, RunEvent } from '@runnel/engine/run-event'
import { printStoredResult } from '@runnel/engine/stored-result'
import type { WireLimits } from '@runnel/engine/wire-value'
import type { PriceOf } from '@runnel/models/model-prices'
import type { MessageRecord, TokenUsage } from '@runnel/protocol/message'
import type { MessageQuery } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { RunBatch, RunRecord, RunStatus, RunStepRecord, StoredMessage } from '@runnel/storage/run-records'
import { writeTogether } from './early-writes.ts'
import { createRunCosts } from './run-costs.ts'
import { createRunMessages } from './run-messages.ts'
import { createRunWords } from './run-words.ts'
import { createSpanPrinter } from './span-printer.ts'
import { createStepCheckpoints, type RunAttempt } from './step-checkpoints.ts'
import { stepInputs } from './step-inputs.ts'

/** A step of a run that is repeated when it is cut off is written this soon, unless the run ends first. */
const STEP_WRITE_MS = 20
/**
 * The end of a run that took this long, in milliseconds, waits a moment for the ends of others: nobody notices a hundredth
 * of it, and a transaction with its file sync costs as much as several runs.
 */
const LONG_RUN_MS = 1000

export interface RecorderOptions {
  readonly storage: Pick<Storage, 'runs' | 'messages'>
  readonly run: Pick<
    RunRecord,
    'id' | 'flowId' | 'userId' | 'sessionId' | 'kind' | 'startedAt' | 'keyId' | 'startedBy' | 'published' | 'isPrivate'
  >
  /** The name its graph is kept under; null where it is not. */
  readonly graphId: Promise<string> | null
  /** Owner of the messages: the owner of the flow. */
  readonly ownerId: string
  readonly graph: Graph
  /** How much of a long value is kept. */
  readonly limits: WireLimits
  /** Set for a run that is repeated until it has ended. */
  readonly attempt?: RunAttempt
  readonly keepSteps: boolean
  readonly priceOf: PriceOf
  readonly newId: () => string
  readonly now: () => number
  /** Told of the run once it has ended and is durable. */
  readonly onRecorded?: ((run: RunRecord) => void) | undefined
}

/** How a run ended. */
export interface RunOutcome {
  readonly status: Extract<RunStatus, 'succeeded' | 'failed' | 'cancelled'>
  readonly error?: string
  readonly errorCode?: string
}

/**
 * Keeps what a run leaves behind — messages, steps, the run itself — and writes it in one transaction at the end. A
 * run that takes long writes earlier too, so that its messages are seen while it works and survive a crash.
 */
export function createRecorder(options: RecorderOptions) {
  const { storage, run, graphId, ownerId, graph, limits, attempt, keepSteps, priceOf, newId, now, onRecorded } = options
  const checkpoints = attempt && createStepCheckpoints(attempt, graph)
  const words = createRunWords()
  const costs = createRunCosts(priceOf)
  const spans = createSpanPrinter(priceOf)
  const messages = createRunMessages()
  let steps: RunStepRecord[] = []
  let usage: TokenUsage | null = null
  let failedNodeId: string | null = null
  let knownGraph: string | null = null
  let hasWritten = false
  let writing: Promise<void> = Promise.resolve()
  let isSoon = false
  /** Takes back the early write that is to come. */
  let cancelEarly = writeTogether(() => void writeEarly())

  const spent = (): Pick<RunRecord, 'inputTokens' | 'outputTokens' | 'cost' | 'unpricedTokens'> => ({
    inputTokens: usage?.input_tokens ?? 0,
    outputTokens: usage?.output_tokens ?? 0,
    ...costs.read(),
  })

  const record = (outcome: Partial<RunOutcome>): RunRecord => ({
    ...run,
    status: outcome.status ?? 'running',
    endedAt: outcome.status ? now() : null,
    // A failure repeats what it failed on.
    error: run.isPrivate ? null : (outcome.error ?? null),
    errorCode: outcome.errorCode ?? null,
    failedNodeId,
    ...spent(),
    ...words.read(),
    graphId: knownGraph,
  })

  const takeMessages = (): Pick<RunBatch, 'messages' | 'removed'> => {
    const { saved, removed } = messages.take()
    return {
      messages: saved.map((message): StoredMessage => ({ ...message, userId: ownerId })),
      ...(removed.length > 0 && { removed: { userId: ownerId, messageIds: removed } }),
    }
  }

  /** An answer says in how many seconds of the run it was whole. */
  function timed(message: MessageRecord): MessageRecord {
    const { sender, category, properties } = message
    if (sender === 'User' || category !== 'message' || properties.state !== 'complete') return message
    return { ...message, properties: { ...properties, build_duration: (now() - run.startedAt) / 1000 } }
  }

  const findStored = ({ session_id, context_id, sender, sender_name, order, limit }: MessageQuery) =>
    storage.messages.find({
      userId: ownerId,
      flowId: run.flowId,
      ...(session_id !== undefined && { sessionId: session_id }),
      ...(context_id !== undefined && { contextId: context_id }),
      ...(sender !== undefined && { sender }),
      ...(sender_name !== undefined && { senderName: sender_name }),
      ...(order && { order }),
      ...(limit !== undefined && { limit }),
    })

  /** Hands what is pending to the store; batches of one run are written in order. */
  function write(run: RunRecord, outcome: Partial<RunOutcome>): Promise<void> {
    const batch: RunBatch = {
      run,
      ...(run.isPrivate ? { messages: [] } : takeMessages()),
      steps,
      ...(attempt && { claim: attempt.claim }),
      // The last batch removes them.
      ...(checkpoints && !outcome.status && { checkpoints: checkpoints.take() }),
      ...(outcome.status && { modelUsage: costs.usage({ userId: ownerId, flowId: run.flowId, at: run.startedAt }) }),
      ...(run.endedAt && run.endedAt - run.startedAt >= LONG_RUN_MS && { canWait: true }),
    }
    steps = []
    hasWritten = true
    return storage.runs.record(batch)
  }

  function writeEarly(): Promise<void> {
    cancelEarly()
    isSoon = false
    writing = writing.then(() => write(record({}), {}))
    // A store that fails now fails again at the end, where the caller is told.
    writing.catch(() => {})
    return writing
  }

  /** Outside calls of a step that is written are not made again. */
  function writeSoon(): void {
    if (isSoon) return
    isSoon = true
    cancelEarly()
    const timer = setTimeout(() => void writeEarly(), STEP_WRITE_MS)
    cancelEarly = () => clearTimeout(timer)
  }

  function addStep(result: NodeResult, error: string | null): void {
    usage = sumUsage(usage, result.usage)
    const cost = costs.add(result)
    if (!keepSteps || run.isPrivate) return
    if (error === null) words.notice(result)
    steps.push({
      id: newId(),
      runId: run.id,
      flowId: run.flowId,
      nodeId: result.node.id,
      targetId: targetOf(graph, result.node),
      startedAt: result.startedAt,
      durationMs: result.durationMs,
      valid: error === null,
      params: error,
      data: printStoredResult(result, limits),
      artifacts: '{}',
      inputs: stepInputs(result),
      error,
      cost,
      spans: spans.print(result),
    })
  }

  return {
    /** Everything a run says about itself passes through here. */
    observe(event: RunEvent): void {
      if (event.type === 'node-end') {
        if (attempt?.finished.has(event.nodeId)) {
          usage = sumUsage(usage, event.result.usage)
          costs.add({ ...event.result, usedFrozenResult: false })
        } else {
          addStep(event.result, null)
          if (checkpoints?.finished(event.result)) writeSoon()
        }
      } else if (event.type === 'node-error') {
        failedNodeId ??= event.failure.nodeId
        addStep(event.result, failureText(event.failure))
      }
    },

    saveMessage(message: MessageRecord, nodeId: string): void {
      checkpoints?.said(message.id, nodeId)
      messages.save(timed(message))
    },

    removeMessage: messages.remove,

    /** What is stored and what is pending, as one. */
    async findMessages(query: MessageQuery): Promise<readonly MessageRecord[]> {
      if (run.isPrivate) return messages.find(query)
      // What is on its way to the store is neither here nor there.
      for (let last: unknown; last !== writing; await last) last = writing
      return messages.findWith(findStored, query)
    },

    /** Keeps what the run got to, for its repetition; its end is not here. */
    async abandon(): Promise<void> {
      await writeEarly().catch(() => {})
    },

    /** Its model calls so far: tokens, and what they cost. */
    spent,

    /** Resolves when the run is durable. */
    async finish(outcome: RunOutcome): Promise<void> {
      cancelEarly()
      if (hasWritten) await writing
      knownGraph = await graphId
      const ended = record(outcome)
      await write(ended, outcome)
      onRecorded?.(ended)
    },
  }
}
export type RunRecorder = ReturnType<typeof createRecorder>

/** The first node that takes from this one. */
function targetOf({ nodes, edges }: Graph, { outgoing }: GraphNode): string | null {
  return nodes[edges[outgoing[0] ?? -1]?.target ?? -1]?.id ?? null
}

const failureText = ({ displayName, reason }: NodeFailure) => `Error building Component ${displayName}: \n\n${reason}`
