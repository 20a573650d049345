import type { Graph, GraphNode } from '@runnel/engine/graph'
import { toRecord } from '@runnel/engine/message-record'
import { errorMessage } from '@runnel/engine/node-failure'
import type { NodeResult } from '@runnel/engine/node-result'
import { pythonJson } from '@runnel/engine/python-json'
import type { RunEvent } from '@runnel/engine/run-event'
import { wireMessageEvent } from '@runnel/engine/wire-message'
import type { WireLimits } from '@runnel/engine/wire-value'
import type { PriceOf } from '@runnel/models/model-prices'
import { type AppError, runFailureCode } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import type { AgentSteps } from '@runnel/protocol/sharing'
import { isMessage } from '@runnel/sdk'
import { messageRecord, wireRecord } from '../runs/wire-record.ts'
import { buildData, outputMeta, topLevel } from './build-data.ts'
import { visitorsMessage } from './visitors-message.ts'

export interface BuildRecordsOptions {
  readonly graph: Graph
  readonly limits: WireLimits
  readonly priceOf: PriceOf
  /** A visitor of a public flow is told what is said, and nothing of the flow. */
  readonly forVisitor?: boolean
  /** What such a visitor learns of the steps of agents. */
  readonly agentSteps?: AgentSteps | undefined
}

/** Turns the events of a run into the records of a build, one event after the other. */
export function createBuildRecords(options: BuildRecordsOptions) {
  const { graph, limits, priceOf, forVisitor = false, agentSteps = 'titles' } = options
  /** Messages whose whole text was not sent yet; with the opening one while that waits for a first piece. */
  const growing = new Map<string, MessageRecord | null>()

  const whole = (message: MessageRecord) => {
    const shown = forVisitor ? visitorsMessage(message, agentSteps) : message
    return messageRecord({ type: 'message-add', message: shown }, bothForms)
  }
  const failure = (message: MessageRecord) =>
    wireRecord('error', pythonJson(errorForm(forVisitor ? visitorsMessage(message, agentSteps) : message)))

  /** A text that came in pieces is sent whole before its node ends. */
  function* finishMessages({ outputs }: NodeResult): Generator<string> {
    for (const value of outputs.values()) {
      if (isMessage(value) && value.id !== null && growing.delete(value.id)) yield whole(toRecord(value, value.id))
    }
  }

  return function* recordsOf(event: RunEvent): Generator<string, void> {
    switch (event.type) {
      case 'run-start': {
        if (forVisitor) return
        const groups = topLevel(graph, event.kept).filter((id) => !graph.indexById.has(id))
        yield wireRecord('vertices_sorted', pythonJson({ ids: event.first, to_run: [...event.kept, ...groups] }))
        yield wireRecord('build_start', '{}')
        return
      }
      case 'message-add': {
        const { message } = event
        growing.delete(message.id)
        if (isOpening(message)) growing.set(message.id, message)
        else yield message.category === 'error' ? failure(message) : whole(message)
        return
      }
      case 'message-delta': {
        const opening = growing.get(event.messageId)
        if (opening) yield whole(opening)
        growing.set(event.messageId, null)
        yield messageRecord(event)
        return
      }
      case 'message-remove':
        yield messageRecord(event)
        return
      case 'tool-start':
        if (!forVisitor) yield wireRecord('build_start', pythonJson({ id: event.nodeId }))
        return
      // Only a run of the flow's owner asks: its visitors are never told.
      case 'approval-ask': {
        const { id, nodeId, tool, input, actions } = event.request
        const asked = { request_id: id, kind: 'tool_approval', node_id: nodeId, tool_name: tool, tool_input: input }
        yield wireRecord('human_input_required', pythonJson({ ...asked, allowed_decisions: actions }))
        return
      }
      case 'approval-end':
        yield wireRecord('human_input_resolved', pythonJson({ request_id: event.requestId }))
        return
      case 'tool-end':
        if (!forVisitor) yield wireRecord('build_end', pythonJson({ id: event.nodeId }))
        return
      case 'node-end':
      case 'node-error': {
        yield* finishMessages(event.result)
        if (forVisitor) return
        const data = {
          build_data: buildData(graph, event, { limits, priceOf }),
          output_meta: outputMeta(event.result.node),
        }
        yield wireRecord('end_vertex', pythonJson(data))
        return
      }
      case 'reasoning-delta':
      case 'node-start':
      case 'run-end':
        return
      default:
        event satisfies never
    }
  }
}

/** The last record of a build that came to its end. */
export const buildEnd = (durationMs: number): string =>
  wireRecord('end', pythonJson({ build_duration: durationMs / 1000 }))

/** The last record of a build that was cancelled. */
export const CANCELLED_END = wireRecord('end', '{"cancelled": true}')

/** What those are told who poll once more after the end. */
export const END_AGAIN = wireRecord('end', '{}')

export interface FailedBuild {
  readonly flowId: string
  readonly runId: string
  readonly sessionId: string
  readonly messageId: string
  readonly timestamp: number
  /** What is wrong with the flow is not said. */
  readonly forVisitor?: boolean
  /** Where somebody has to look, although it did not run. */
  readonly node?: GraphNode | undefined
}

/** The record of a failure that is no component's: a graph that cannot run, say. */
export function buildFailure(error: AppError, { messageId, forVisitor = false, node, ...build }: FailedBuild): string {
  const failure = {
    nodeId: '',
    displayName: '',
    code: runFailureCode(error) ?? ('component_failed' as const),
    reason: error.message,
    retryAfterSeconds: undefined,
  }
  const message = errorMessage(failure, { id: messageId, ...build })
  const { groupId, id = null, displayName = null } = node ?? {}
  const source = { id: groupId ?? id, display_name: displayName, source: displayName }
  const plain = { ...message, text: error.message, properties: { ...message.properties, source } }
  const shown = errorForm(forVisitor ? visitorsMessage(plain, 'none') : plain)
  return wireRecord('error', pythonJson({ ...shown, sender: null, sender_name: null }))
}

/** An empty message is not shown before its text begins: a model that fails at once has said nothing. */
const isOpening = ({ text, properties, content_blocks }: MessageRecord): boolean =>
  text === '' && properties.state === 'partial' && content_blocks.length === 0

/** Clients of older versions read the flat form, those of newer ones may read `data`. */
function bothForms(message: MessageRecord): Readonly<Record<string, unknown>> {
  const flat = wireMessageEvent(message)
  return { text_key: 'text', data: flat, default_value: '', ...flat }
}

/** The blocks of an error are a group of typed entries in newer versions. */
function errorForm(message: MessageRecord): Readonly<Record<string, unknown>> {
  const content_blocks = message.content_blocks.map((block) => ({
    type: 'group',
    header: {},
    ...block,
    contents: block.contents.map((entry) => ({ contents: [], ...entry })),
  }))
  return { ...bothForms(message), content_blocks }
}
