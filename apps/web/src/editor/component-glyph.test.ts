import { catalog } from '@runnel/components/catalog'
import { expect, test } from 'vitest'
import { iconOf, isProvider } from './component-glyph.tsx'
import { markOf } from './provider-mark.tsx'

test('every component of the library has a picture of its own', () => {
  const icons = new Set(catalog.map(({ icon }) => icon))
  expect([...icons].filter((icon) => !iconOf(icon) && !isProvider(icon))).toEqual([])
})

test('an icon is found however its name is written', () => {
  expect(iconOf('MessagesSquare')).toBe(iconOf('messages-square'))
  expect(iconOf('OpenAI')).toBeUndefined()
})

test('a provider nobody has drawn has letters of its name', () => {
  expect(markOf('SambaNova')[0]).toBe('SN')
  expect(markOf('Groq')[0]).toBe('Gq')
})
