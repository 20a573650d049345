import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readStarterFlows, type StarterFlow } from './starter-flows.ts'
import { translateStarter } from './starter-translation.ts'

const FOLDER = join(import.meta.dirname, '../../../../starters')
const words: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(FOLDER, 'translations/zh-CN.json'), 'utf8'),
)
const english = await readStarterFlows(FOLDER)
const chinese = await readStarterFlows(FOLDER, 'zh-CN')

interface SavedNode {
  readonly id: string
  readonly type: string
  readonly data: {
    readonly type: string
    readonly node: {
      readonly display_name: string
      readonly description: string
      readonly template: Readonly<Record<string, { readonly value?: unknown; readonly display_name?: string }>>
    }
  }
}
const nodesOf = ({ data }: StarterFlow): readonly SavedNode[] => JSON.parse(data ?? '').nodes

/** What a reader of the flow reads: of notes all, of nodes what tells a model what to do. */
const read = (flow: StarterFlow): readonly string[] => [
  flow.name,
  flow.description ?? '',
  ...nodesOf(flow).flatMap(({ type, data: { node } }) =>
    type === 'noteNode'
      ? [node.description]
      : ['template', 'system_prompt', 'system_message', 'filter_instruction'].flatMap((name) => {
          const value = node.template[name]?.value
          return typeof value === 'string' ? [value] : []
        }),
  ),
]

test('every starter reads Chinese, and no words are left over', () => {
  const prose = chinese.flatMap(read).flatMap((text) => text.split('\n\n'))
  const isEnglish = (text: string) => /[a-z]{3}/i.test(text.replace(/\{\w+\}/g, '')) && !/\p{Script=Han}/u.test(text)
  expect(prose.filter(isEnglish)).toEqual([])
  const all = english.map(({ name, description, data }) =>
    JSON.stringify([name, description, data && JSON.parse(data)]),
  )
  const isUsed = (text: string) => all.some((flow) => flow.includes(JSON.stringify(text).slice(1, -1)))
  expect(Object.keys(words).filter((text) => !isUsed(text))).toEqual([])
})

test('names of components and their fields, variables, edges and keys are the same in each language', () => {
  const same = (flow: StarterFlow) => ({
    key: flow.nameKey,
    id: flow.id,
    edges: JSON.parse(flow.data ?? '').edges,
    nodes: nodesOf(flow).map(({ id, data: { type, node } }) => [
      id,
      type,
      Object.entries(node.template).map(([name, { display_name }]) => [name, display_name]),
      String(node.template.template?.value ?? '').match(/\{\w+\}/g),
    ]),
  })
  expect(chinese.map(same)).toEqual(english.map(same))
})

test('what has no words stays as it is, and what models are told of tools is English', () => {
  const starter = english.find(({ nameKey }) => nameKey === 'simple_agent')
  if (!starter) throw new Error('The starter is gone')
  expect(translateStarter(starter, {})).toEqual(starter)
  const tools = (flow: StarterFlow) => nodesOf(flow).map(({ data }) => data.node.template.tools_metadata)
  expect(tools(translateStarter(starter, { ...words, 'Reads web pages, and the pages they link to.': '读' }))).toEqual(
    tools(starter),
  )
})
