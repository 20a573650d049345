import { isObject } from '@runnel/protocol/json'
import { describeComponent } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { catalog } from '../catalog.ts'
import { zhCN } from './zh-cn.ts'

const SHOWN = ['display_name', 'info', 'description', 'placeholder', 'list_add_label', 'button_text']

/** What a description shows: of the component, its fields and outputs, and the columns of its tables. */
function shownIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(shownIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === 'string') return SHOWN.includes(key) && inner !== '' ? [inner] : []
    return key === 'value' ? [] : shownIn(inner)
  })
}

const texts = new Set(catalog.flatMap((component) => shownIn(describeComponent(component))))

test('every text of a component is there in Chinese, and no other', () => {
  expect([...texts].filter((text) => !(text in zhCN))).toEqual([])
  expect(Object.keys(zhCN).filter((text) => !texts.has(text))).toEqual([])
})

test('what stands in braces and quotes of code is the same in both languages', () => {
  const marks = (text: string) => [...new Set(text.match(/\{\w+\}|`[^`]*`|\\n/g) ?? [])].sort()
  const differing = Object.entries(zhCN).filter(([text, words]) => `${marks(text)}` !== `${marks(words)}`)
  expect(differing).toEqual([])
})

test('sentences end as sentences', () => {
  const isSentence = (text: string) => /[a-z)]\.$/.test(text)
  const differing = Object.entries(zhCN).filter(([text, words]) => isSentence(text) && !/[。！？”]$/.test(words))
  expect(differing).toEqual([])
})
