import { AppError, messageOf, runFailureCode } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import { emptyProperties } from '@runnel/protocol/message'
import type { GraphNode } from './graph.ts'
import type { NodeFailure } from './run-event.ts'

/** Names the node whatever it threw. */
export function nodeFailure(node: GraphNode, error: unknown): NodeFailure {
  return {
    nodeId: node.id,
    displayName: node.displayName,
    code: runFailureCode(error) ?? 'component_failed',
    reason: messageOf(error),
    retryAfterSeconds: error instanceof AppError ? error.retryAfterSeconds : undefined,
  }
}

/** The failure of a run, as thrown to whoever started it. */
export function runError(failure: NodeFailure, cause: unknown): AppError {
  const { code, displayName, reason, retryAfterSeconds } = failure
  return new AppError(code, [], {
    cause,
    message: `Error building Component ${displayName}: \n\n${reason}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}

interface ErrorMessageContext {
  readonly id: string
  readonly flowId: string
  readonly runId: string
  readonly sessionId: string
  readonly timestamp: number
}

/** The message that tells the user of a failure in the conversation. */
export function errorMessage(failure: NodeFailure, context: ErrorMessageContext): MessageRecord {
  const { displayName, nodeId, reason, code } = failure
  return {
    id: context.id,
    flow_id: context.flowId,
    run_id: context.runId,
    session_id: context.sessionId,
    context_id: '',
    timestamp: context.timestamp,
    sender: displayName,
    sender_name: displayName,
    text: `${reason}\n`,
    files: [],
    error: true,
    edit: false,
    properties: {
      ...emptyProperties,
      text_color: 'red',
      background_color: 'red',
      icon: 'error',
      source: { id: nodeId, display_name: displayName, source: displayName },
    },
    category: 'error',
    content_blocks: [
      {
        title: 'Error',
        contents: [
          {
            type: 'error',
            duration: null,
            header: {},
            component: displayName,
            field: null,
            reason: `**${code}**\n - **Details: ${reason}**\n`,
            solution: null,
            traceback: null,
          },
        ],
        allow_markdown: true,
        media_url: null,
      },
    ],
  }
}
