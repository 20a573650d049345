import type { RunListener } from '@runnel/engine/run-event'
import { inputNodes, outputNodes } from '@runnel/engine/run-inputs'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import { createResponse, type ResponseAnswer, type ResponseBody } from '@runnel/protocol/responses'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { createKeyLimits } from '../auth/key-limits.ts'
import { createErrorHandler } from '../http/error-handler.ts'
import { implement } from '../http/implement.ts'
import { RecordStream } from '../runs/event-stream.ts'
import type { LoadedFlow } from '../runs/flow-loader.ts'
import { headerVariables } from '../runs/header-variables.ts'
import { askedBy, type PreparedRun } from '../runs/run-service.ts'
import type { Services } from '../services.ts'
import { inputText } from './input-text.ts'
import { knownError, noSuchModel, sendResponseError } from './response-failure.ts'
import { createResponseRecords, KEEP_ALIVE } from './response-records.ts'
import { createResponseRun, type ResponseFacts, responseFacts } from './response-run.ts'
import { createSpokenText } from './spoken-text.ts'

export type ResponsesRoutesOptions = Pick<Services, 'log' | 'storage' | 'loader' | 'runs' | 'now'>

/** Flows as models of OpenAI's Responses API. */
export function responsesRoutes(
  app: FastifyInstance,
  { log, storage, loader, runs, now }: ResponsesRoutesOptions,
): void {
  const limits = createKeyLimits({ storage })

  app.register(async (scope) => {
    scope.setErrorHandler(createErrorHandler(log, sendResponseError))

    implement(scope, createResponse, async (call, reply) => {
      const { body, user, key, signal, request } = call
      if (body.tools && body.tools.length > 0) throw new AppError('tools_not_supported')
      const inputValue = inputText(body.input)
      if (key) await limits.checkFlow(key, body.model)
      const run = await found(body, async () => {
        checkChat(await loader.load(user.id, body.model))
        return runs.prepare(user.id, body.model, {
          inputValue,
          inputType: 'chat',
          outputType: 'chat',
          tweaks: {},
          sessionId: body.previous_response_id || newId(),
          stream: body.stream === true,
          key,
          ...askedBy(call),
          variables: headerVariables(request),
        })
      })
      const facts = responseFacts(body, run, now())
      return body.stream === true ? streamResponse(run, facts, signal, reply) : answerResponse(run, facts, signal)
    })
  })
}

/** @throws AppError `flow_not_for_chat` */
function checkChat({ graph }: LoadedFlow): void {
  if (inputNodes(graph, 'chat').length === 0) throw new AppError('flow_not_for_chat', ['ChatInput'])
  // Without one, the other outputs of the flow would stand in its place.
  const hasOutput = outputNodes(graph, 'chat').some(({ type }) => type === 'ChatOutput')
  if (!hasOutput) throw new AppError('flow_not_for_chat', ['ChatOutput'])
}

async function found<T>({ model }: Pick<ResponseBody, 'model'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof AppError && error.code === 'flow_not_found' ? noSuchModel(model, error) : error
  }
}

async function answerResponse(run: PreparedRun, facts: ResponseFacts, signal: AbortSignal): Promise<ResponseAnswer> {
  const response = createResponseRun(facts)
  for await (const events of run.events(signal)) events.forEach(response.notice)
  return response.answer(run.chatText())
}

/** Each record is written while its event happens. A failure after the first one is told in the stream. */
async function streamResponse(
  run: PreparedRun,
  facts: ResponseFacts,
  signal: AbortSignal,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const stream = new RecordStream(reply, 'text/event-stream', { keepAliveRecord: KEEP_ALIVE })
  const response = createResponseRun(facts)
  const records = createResponseRecords(facts)
  const spoken = createSpokenText()
  let hasSpoken = false
  const say = (text: string) => {
    if (text === '') return
    hasSpoken = true
    stream.write(records.text(text))
  }
  const listener: RunListener = {
    hear(event) {
      for (const call of response.notice(event)) stream.write(records.tool(call))
      say(spoken.newIn(event))
    },
    drained: () => stream.drained(),
  }
  stream.write(records.text(''))
  try {
    for await (const _ of run.events(signal, listener));
    const text = run.chatText()
    // An answer that is not kept as a message is told at the end.
    if (!hasSpoken) say(text)
    stream.write(records.completed(response.answer(text)))
  } catch (error) {
    if (!signal.aborted) stream.write(records.failed(knownError(error)))
  } finally {
    stream.end()
  }
  return reply
}
