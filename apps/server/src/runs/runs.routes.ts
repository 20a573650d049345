import { AppError } from '@runnel/protocol/errors'
import { type RunBody, runFlow, runFlowAdvanced, runFlowInSession } from '@runnel/protocol/runs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { implement } from '../http/implement.ts'
import { RawJson } from '../http/raw-json.ts'
import { RecordStream } from './event-stream.ts'
import { headerVariables } from './header-variables.ts'
import { idempotencyKeyOf, type KeyedRequest } from './idempotency.ts'
import type { IdempotentRuns, RunAnswered } from './idempotent-runs.ts'
import { isRunFailure, toRunAnswer } from './run-failure.ts'
import { askedBy, type PreparedRun, type RunAnswer, type RunAsked, type RunService } from './run-service.ts'
import { begunStream, sendAnswer } from './send-answer.ts'
import { WireListener, wireEnd, wireError, wireEvent } from './wire-events.ts'

const STREAM_TYPE = 'text/event-stream; charset=utf-8'

export interface RunsRoutesOptions {
  readonly runs: RunService
  readonly idempotentRuns: IdempotentRuns
}

/** Flows that are run by programs. */
export function runsRoutes(app: FastifyInstance, { runs, idempotentRuns }: RunsRoutesOptions): void {
  for (const endpoint of [runFlow, runFlowInSession]) {
    implement(app, endpoint, async (call, reply) =>
      asAnswer(async () => {
        const { params, query, body, user, key: apiKey, signal, request } = call
        const key = idempotencyKeyOf(request)
        const asked = { ...toAsked(body, query.stream, request), key: apiKey, ...askedBy(call) }
        const run = await runs.prepare(user.id, params.flow_id_or_name, asked)
        if (key !== undefined) {
          const keyed = { key, userId: user.id, run, body: bodyOf(request, query.stream ? 'stream' : 'plain') }
          return answerKeyed(keyed, reply, () =>
            query.stream ? begunStream(STREAM_TYPE, records(run, NEVER)) : plainAnswer([run]),
          )
        }
        return query.stream ? streamRun(run, signal, reply) : answerRun([await finished(run, signal)])
      }),
    )
  }

  implement(app, runFlowAdvanced, async (call, reply) =>
    asAnswer(async () => {
      const { params, body, user, key: apiKey, signal, request } = call
      const key = idempotencyKeyOf(request)
      const prepared: PreparedRun[] = []
      for (const { components, input_value, session, type } of body.inputs?.length ? body.inputs : [{}]) {
        const run = await runs.prepare(user.id, params.flow_id_or_name, {
          inputValue: input_value ?? '',
          inputType: type ?? 'any',
          inputComponents: components ?? [],
          outputType: 'any',
          outputComponents: body.outputs ?? [],
          tweaks: body.tweaks ?? {},
          sessionId: session ?? body.session_id ?? null,
          stream: body.stream ?? false,
          key: apiKey,
          ...askedBy(call),
          variables: headerVariables(request),
        })
        prepared.push(run)
      }
      const [run] = prepared
      if (key !== undefined && run) {
        const keyed = { key, userId: user.id, run, body: bodyOf(request, 'advanced') }
        return answerKeyed(keyed, reply, () => plainAnswer(prepared, withoutNulls))
      }
      for (const one of prepared) await finished(one, signal)
      return new RawJson(withoutNulls(answerRun(prepared)))
    }),
  )

  /** Begun once for each idempotency key. */
  async function answerKeyed(
    { run, ...keyed }: Omit<KeyedRequest, 'kind' | 'flowId'> & { readonly run: PreparedRun },
    reply: FastifyReply,
    begin: () => Promise<RunAnswered>,
  ): Promise<FastifyReply> {
    const request = { ...keyed, kind: 'run', flowId: run.flowId } as const
    const { answer, isReplayed } = await idempotentRuns.answer(request, run.runId, {
      begin,
      failed: (error) => (isRunFailure(error) ? failedAnswer(toRunAnswer(error)) : undefined),
    })
    if (isReplayed) reply.header('idempotent-replayed', 'true')
    return sendAnswer(reply, answer)
  }
}

function toAsked(body: RunBody, stream: boolean, request: FastifyRequest): RunAsked {
  return {
    inputValue: body.input_value,
    inputType: body.input_type,
    outputType: body.output_type,
    outputComponents: body.output_component ? [body.output_component] : [],
    tweaks: body.tweaks ?? {},
    sessionId: body.session_id ?? null,
    stream,
    variables: headerVariables(request),
  }
}

/** A run with an idempotency key goes on when its client leaves, so that it can ask again. */
const NEVER = new AbortController().signal

/** What makes two requests equal: their bodies, and the kind of answer they want. */
function bodyOf({ body }: FastifyRequest, kind: 'stream' | 'plain' | 'advanced'): Uint8Array {
  return Buffer.concat([Buffer.from(kind), Buffer.isBuffer(body) ? body : Buffer.alloc(0)])
}

async function plainAnswer(
  prepared: readonly PreparedRun[],
  print: (answer: RunAnswer) => string = JSON.stringify,
): Promise<RunAnswered> {
  for (const run of prepared) await finished(run, NEVER)
  return { status: 200, contentType: 'application/json', records: [print(answerRun(prepared))] }
}

const failedAnswer = ({ status, detail }: AppError): RunAnswered => ({
  status,
  contentType: 'application/json',
  records: [JSON.stringify({ detail })],
})

/** Runs to the end, for the results alone. */
async function finished(run: PreparedRun, signal: AbortSignal): Promise<PreparedRun> {
  for await (const _ of run.events(signal));
  return run
}

/** The plain answer. */
function answerRun(runs: readonly PreparedRun[]): RunAnswer {
  return {
    session_id: runs[0]?.sessionId,
    outputs: runs.map((run) => ({ inputs: run.inputs, outputs: run.results() })),
  }
}

/** The advanced endpoint leaves keys without a value out. */
function withoutNulls(answer: RunAnswer): string {
  return JSON.stringify(answer, (_key, value: unknown) => (value === null ? undefined : value))
}

/** Each record is written while its event happens: no token waits for a turn of an iteration. */
async function streamRun(run: PreparedRun, signal: AbortSignal, reply: FastifyReply): Promise<FastifyReply> {
  const stream = new RecordStream(reply, STREAM_TYPE, { isAscii: true })
  const listener = new WireListener(stream)
  try {
    for await (const _ of run.events(signal, listener));
    stream.write(endOf(run))
  } catch (error) {
    if (!stream.hasBegun() || signal.aborted) throw error
    stream.write(failureOf(error))
  } finally {
    stream.end()
  }
  return reply
}

/** The same records, for whoever keeps them too. */
async function* records(run: PreparedRun, signal: AbortSignal): AsyncGenerator<string, void> {
  let begun = false
  try {
    for await (const events of run.events(signal)) {
      for (const event of events) {
        const record = wireEvent(event)
        if (record === undefined) continue
        begun = true
        yield record
      }
    }
    yield endOf(run)
  } catch (error) {
    if (!begun || signal.aborted) throw error
    yield failureOf(error)
  }
}

const endOf = (run: PreparedRun): string => wireEnd(answerRun([run]), run.chatText())
const failureOf = (error: unknown): string =>
  wireError(error instanceof AppError ? error : new AppError('internal', [], { cause: error }))

/** Gives failures of the flow their own form of answer; failures of the request keep theirs. */
async function asAnswer<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isRunFailure(error) ? toRunAnswer(error) : error
  }
}
