import { isObject } from '@runnel/protocol/json'
import { type Component, describeComponent } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { catalog } from '../catalog.ts'
import { searchWordsZhCN } from './search-words-zh-cn.ts'
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

/** The fields that come and go with what is chosen in others. */
function dynamicFields({ inputs, dynamicInputs }: Component): readonly unknown[] {
  if (!dynamicInputs) return []
  const values = Object.fromEntries(Object.entries(inputs).map(([name, { attributes }]) => [name, attributes.value]))
  const choices = Object.entries(inputs).flatMap(
    ([
      name,
      {
        attributes: { options },
      },
    ]) =>
      (Array.isArray(options) ? options : []).flatMap((option: unknown) => [
        { ...values, [name]: option },
        { ...values, [name]: [isObject(option) ? option : { name: option }] },
      ]),
  )
  return [values, ...choices].flatMap((chosen) =>
    Object.values(dynamicInputs(chosen)).map(({ attributes }) => attributes),
  )
}

/** What the editor adds to a node whose component is a tool. */
const TOOL_MODE = [
  'Actions',
  'Toolset',
  'The tools an agent gets from this component: rename them, describe them, switch them off.',
]

/** Fields made by number: `Field 1`, `Key for field 1.` They stay as they are. */
const isNumbered = (text: string): boolean => /\bfield \d+\.?$/i.test(text)

const texts = new Set([
  ...catalog
    .flatMap((component) => shownIn([describeComponent(component), dynamicFields(component)]))
    .filter((text) => !isNumbered(text)),
  ...TOOL_MODE,
])

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

test('words to search by lead to components that are offered, and each once', () => {
  const offered = new Set(catalog.filter(({ legacy }) => !legacy).map(({ type }) => type))
  expect(Object.keys(searchWordsZhCN).filter((type) => !offered.has(type))).toEqual([])
  const repeated = Object.values(searchWordsZhCN).filter((words) => new Set(words).size < words.length)
  expect(repeated).toEqual([])
})
