import type { GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import type { RunEvent } from '@runnel/engine/run-event'
import { builtResults } from '@runnel/engine/run-inputs'
import { resultData } from '@runnel/engine/wire-result'
import { chatText, type RunAnswer } from '@runnel/server/runs/run-service'
import { wireEnd, wireError, wireEvent } from '@runnel/server/runs/wire-events'

/** Shows a run on standard output. */
export interface RunPrinter {
  show(event: RunEvent): void
  /** The run has ended with an error, which is told elsewhere. */
  fail(error: unknown): void
}

export interface RunPrinterOptions {
  /** The nodes whose results are the answer. */
  readonly answering: readonly GraphNode[]
  readonly sessionId: string
  readonly input: string | undefined
  /** As it comes, or only the end. */
  readonly stream: boolean
  /** As the API says it, or the text alone. */
  readonly json: boolean
  readonly write: (text: string) => void
}

export function createRunPrinter(options: RunPrinterOptions): RunPrinter {
  return options.json ? createJsonPrinter(options) : createTextPrinter(options)
}

function createTextPrinter({ answering, stream, write }: RunPrinterOptions): RunPrinter {
  const said = new Map<string, string>()
  let speaking: string | undefined
  return {
    show(event) {
      if (event.type === 'message-delta' && stream) {
        const { messageId, text } = event
        // Each message begins a line of its own.
        if (speaking !== undefined && speaking !== messageId) write('\n')
        speaking = messageId
        said.set(messageId, (said.get(messageId) ?? '') + text)
        write(text)
      }
      if (event.type !== 'run-end') return
      const answer = chatText(answering, event.results)
      if (speaking !== undefined) write('\n')
      if (![...said.values()].includes(answer)) write(`${answer}\n`)
    },
    fail() {
      if (speaking !== undefined) write('\n')
    },
  }
}

function createJsonPrinter({ answering, sessionId, input, stream, write }: RunPrinterOptions): RunPrinter {
  const answerOf = (results: ReadonlyMap<string, NodeResult>): RunAnswer => ({
    session_id: sessionId,
    outputs: [
      {
        inputs: input === undefined ? {} : { input_value: input },
        outputs: builtResults(answering, results).map((result) => resultData(result)),
      },
    ],
  })
  return {
    show(event) {
      const record = stream ? wireEvent(event) : undefined
      if (record !== undefined) write(record)
      if (event.type !== 'run-end') return
      const answer = answerOf(event.results)
      write(stream ? wireEnd(answer, chatText(answering, event.results)) : `${JSON.stringify(answer)}\n`)
    },
    fail(error) {
      if (stream && isAppError(error)) write(wireError(error))
    },
  }
}

type AppError = Parameters<typeof wireError>[0]
const isAppError = (error: unknown): error is AppError => error instanceof Error && error.name === 'AppError'
