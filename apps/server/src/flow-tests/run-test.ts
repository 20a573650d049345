import type { NodeResult } from '@runnel/engine/node-result'
import { builtResults, checkTweaks, inputNodes, outputNodes } from '@runnel/engine/run-inputs'
import { AppError } from '@runnel/protocol/errors'
import type { FlowTestReason, FlowTestRecord, FlowTestResult } from '@runnel/storage/flow-test-records'
import type { Storage } from '@runnel/storage/open-storage'
import type { Config } from '../config.ts'
import type { ModelService } from '../models/model-service.ts'
import type { LoadedFlow } from '../runs/flow-loader.ts'
import type { FlowRunner } from '../runs/flow-runner.ts'
import { chatText, toRunRequest } from '../runs/run-service.ts'
import { wordsOf } from '../runs/run-words.ts'
import { checkAnswer } from './check-answer.ts'
import { judgePrompt, readVerdict } from './judge.ts'

export interface RunTestOptions {
  readonly storage: Pick<Storage, 'messages' | 'projects'>
  readonly config: Pick<Config, 'fallbackToEnvironment' | 'maxTextLength' | 'maxItemsLength'>
  readonly runner: FlowRunner
  readonly models: Pick<ModelService, 'sendTestMessage'>
  readonly newId: () => string
}

export type TestOutcome = Pick<FlowTestResult, 'runId' | 'actual' | 'reason'>

/** Characters of an answer that are kept. */
const ANSWER_KEPT = 8_000

export type RunTest = ReturnType<typeof createRunTest>

/** Runs a flow for one of its tests, in a session of its own, and checks what it answers. */
export function createRunTest({ storage, config, runner, models, newId }: RunTestOptions) {
  const limits = { textLength: config.maxTextLength, itemsLength: config.maxItemsLength }

  /** What the flow says; of a flow that says nothing, what its last nodes give. */
  async function answerOf(flow: LoadedFlow, test: FlowTestRecord, runId: string, signal: AbortSignal): Promise<string> {
    const { graph } = flow
    const { userId, tweaks } = test
    const inputValue = test.inputValue || null
    const inputType = inputNodes(graph, 'chat').length > 0 ? 'chat' : 'any'
    checkTweaks(tweaks, inputValue, inputType)
    const sessionId = newId()
    const asked = { inputValue, inputType, outputType: 'chat', tweaks, sessionId, stream: false } as const
    const request = toRunRequest(flow, userId, asked, config, runId)
    let results: ReadonlyMap<string, NodeResult> = new Map()
    const onEnd = (ended: typeof results) => {
      results = ended
    }
    try {
      for await (const _ of runner.run(flow, request, { kind: 'eval', signal, onEnd }));
    } finally {
      // What is said to test a flow is no conversation of anybody's.
      await storage.messages.removeSession({ userId, sessionId })
    }
    const answering = outputNodes(graph, 'chat')
    const said = chatText(answering, results)
    if (said !== '') return said
    const values = builtResults(answering, results).flatMap(({ outputs }) => [...outputs.values()].slice(0, 1))
    return values.map((value) => wordsOf(value, limits)).join('\n')
  }

  async function check(test: FlowTestRecord, answer: string, signal: AbortSignal): Promise<FlowTestReason | null> {
    const { checkKind, expected, inputValue, userId } = test
    if (checkKind !== 'judge') return checkAnswer({ ...test, checkKind }, answer)
    const { provider, name } = test.judge ?? { provider: '', name: '' }
    const text = judgePrompt(expected, inputValue, answer)
    const said = await models.sendTestMessage(userId, { provider, name, text }, signal)
    return said.error === null ? readVerdict(said.text) : { code: 'check_failed', detail: said.error }
  }

  /** @throws when the signal is aborted, and for what is no fault of the flow or the check */
  return async (flow: LoadedFlow, test: FlowTestRecord, signal: AbortSignal): Promise<TestOutcome> => {
    const runId = newId()
    const isKept = await storage.projects.storesPayloadsOf(flow.storedId)
    let answer: string | undefined
    const outcome = (reason: FlowTestReason | null): TestOutcome =>
      isKept
        ? { runId, actual: answer?.slice(0, ANSWER_KEPT) ?? null, reason }
        : { runId, actual: null, reason: reason && { ...reason, detail: '' } }
    try {
      answer = await answerOf(flow, test, runId, signal)
      return outcome(await check(test, answer, signal))
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      return outcome({ code: answer === undefined ? 'run_failed' : 'check_failed', detail: error.message })
    }
  }
}
