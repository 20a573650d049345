import type { ModelPart } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { readAnswer } from './answer-parts.ts'

const text = (said: string): ModelPart => ({ type: 'text-delta', text: said })

function answerOf(parts: AsyncGenerator<ModelPart, void> | Generator<ModelPart, void>) {
  const asked: string[] = []
  const answer = readAnswer({
    async begin() {
      asked.push('asked')
      return { parts, first: await parts.next() }
    },
    secret: '',
    explain: (error) => new Error(`explained: ${String(error)}`),
  })
  return { answer, asked }
}

test('asks when the first part is wanted, once', async () => {
  const { answer, asked } = answerOf([text('a'), text('b')].values() as Generator<ModelPart, void>)
  expect(asked).toEqual([])
  const said: ModelPart[] = []
  for await (const part of answer) said.push(part)
  expect(said).toEqual([text('a'), text('b')])
  expect(asked).toEqual(['asked'])
})

test('leaving early ends the source', async () => {
  let ended = false
  async function* source(): AsyncGenerator<ModelPart, void> {
    try {
      yield text('a')
      yield text('b')
    } finally {
      ended = true
    }
  }
  for await (const _ of answerOf(source()).answer) break
  expect(ended).toBe(true)
})

test('explains an error after the first part and ends there', async () => {
  async function* source(): AsyncGenerator<ModelPart, void> {
    yield text('a')
    throw new Error('lost')
  }
  const iterator = answerOf(source()).answer[Symbol.asyncIterator]()
  expect(await iterator.next()).toEqual({ done: false, value: text('a') })
  await expect(iterator.next()).rejects.toThrow('explained: Error: lost')
  expect(await iterator.next()).toEqual({ done: true, value: undefined })
})
