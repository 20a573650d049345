import { expect, test } from 'vitest'
import { chosenColumns, readChoice } from './columns.ts'

const COLUMNS = [{ name: 'time' }, { name: 'text' }, { name: 'tokens', isExtra: true }] as const
const shown = (names: readonly string[] | undefined) => chosenColumns(COLUMNS, names, 'text').map(({ name }) => name)

test('the usual columns are shown until others are chosen, and one always is', () => {
  expect(shown(undefined)).toEqual(['time', 'text'])
  expect(shown(['tokens', 'nonsense'])).toEqual(['text', 'tokens'])
  expect(shown([])).toEqual(['text'])
})

test('a choice is read as it was kept, with widths and without', () => {
  expect(readChoice('{"names":["time"],"widths":{"text":300,"time":"wide"}}')).toEqual({
    names: ['time'],
    widths: { text: 300 },
  })
  expect(readChoice('time,text')).toEqual({ names: ['time', 'text'], widths: {} })
  for (const nothing of [null, '{broken', '{}']) expect(readChoice(nothing)).toEqual({ names: undefined, widths: {} })
})
