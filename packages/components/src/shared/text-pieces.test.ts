import type { ModelPart } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { textPieces } from './text-pieces.ts'

const finish: ModelPart = { type: 'finish', reason: 'stop', usage: null }

async function* answer(parts: readonly ModelPart[], left?: () => void): AsyncGenerator<ModelPart, void> {
  try {
    yield* parts
  } finally {
    left?.()
  }
}

test('gives the text of an answer and tells of its other parts', async () => {
  const others: ModelPart[] = []
  const parts: readonly ModelPart[] = [
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'text-delta', text: 'Hel' },
    { type: 'text-delta', text: '' },
    { type: 'text-delta', text: 'lo' },
    finish,
  ]
  expect(await Array.fromAsync(textPieces(answer(parts), (part) => others.push(part)))).toEqual(['Hel', 'lo'])
  expect(others).toEqual([parts[0], finish])
})

test('leaves the answer when its reader leaves', async () => {
  let left = false
  const parts = answer([{ type: 'text-delta', text: 'a' }, finish], () => {
    left = true
  })
  for await (const piece of textPieces(parts, () => {})) {
    expect(piece).toBe('a')
    break
  }
  expect(left).toBe(true)
})

test('throws what the answer throws', async () => {
  async function* broken(): AsyncGenerator<ModelPart, void> {
    yield { type: 'text-delta', text: 'a' }
    throw new Error('cut')
  }
  await expect(Array.fromAsync(textPieces(broken(), () => {}))).rejects.toThrow('cut')
})
