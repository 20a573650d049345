import type { LanguageModel, ModelName, ModelPart } from '@runnel/sdk'
import { spansInto, type ToldSpan } from '@runnel/testing/told-spans'
import { expect, test } from 'vitest'
import { tracedAnswer } from './traced-model.ts'

const finish: ModelPart = {
  type: 'finish',
  reason: 'stop',
  usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
}

async function asked(parts: readonly ModelPart[], failure?: Error) {
  const model: LanguageModel = {
    kind: 'language-model',
    provider: 'OpenAI',
    model: 'gpt-5',
    settings: { temperature: 0.1 },
    async *respond(_request, _signal, onRetry) {
      onRetry?.('busy')
      yield* parts
      if (failure) throw failure
    },
  }
  const told: ToldSpan[] = []
  const used: unknown[] = []
  const caller = {
    signal: new AbortController().signal,
    spans: spansInto(told),
    addUsage: (usage: unknown, of?: ModelName) => void used.push([usage, of]),
  }
  const image = { type: 'image', data: 'aGk=', mediaType: 'image/png' } as const
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }, image] }] as const
  const heard: ModelPart[] = []
  let thrown: unknown
  try {
    for await (const part of tracedAnswer(model, { messages, stream: true }, caller)) heard.push(part)
  } catch (error) {
    thrown = error
  }
  return { heard, told, used, thrown }
}

test('an answer comes as it is, and is told: what was asked, of which model, what came and what it took', async () => {
  const parts: readonly ModelPart[] = [
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'text-delta', text: 'Good ' },
    { type: 'text-delta', text: 'day' },
    finish,
  ]
  const { heard, told, used } = await asked(parts)
  expect(heard).toEqual(parts)
  expect(told).toEqual([
    {
      kind: 'model',
      name: 'gpt-5',
      model: { provider: 'OpenAI', model: 'gpt-5', settings: { temperature: 0.1 } },
      input: { messages: [{ role: 'user', content: ['Hi', '[image/png]'] }], stream: true },
      output: { text: 'Good day', reasoning: 'Hm.', finish_reason: 'stop' },
      usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
      retries: 1,
      parent: null,
      isOver: true,
    },
  ])
  expect(used).toEqual([[finish.usage, { provider: 'OpenAI', model: 'gpt-5' }]])
})

test('a call that fails is told with what it said before', async () => {
  const failure = new Error('cut off')
  const { told, thrown } = await asked([{ type: 'text-delta', text: 'Go' }], failure)
  expect(thrown).toBe(failure)
  expect(told).toMatchObject([{ output: { text: 'Go' }, error: 'cut off', usage: null, isOver: true }])
})
