import { expect, test } from 'vitest'
import { recentModels, rememberModel } from './recent-models.ts'

function shelf(text?: string) {
  const kept = new Map(text === undefined ? [] : [['runnel.recent-models', text]])
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  }
}

test('the models chosen last come first, each once, and no more than three', () => {
  const kept = shelf()
  for (const key of ['a', 'b', 'c', 'a', 'd']) rememberModel(key, kept)
  expect(recentModels(kept)).toEqual(['d', 'a', 'c'])
})

test.each(['', '{', '{}', '[1, null]'])('nothing was chosen where %j is kept', (text) => {
  expect(recentModels(shelf(text))).toEqual([])
})
