import { message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { categoryIn, smartRouter } from './smart-router.ts'

const routes = [
  { route_category: 'Praise', route_description: 'is glad', output_value: '' },
  { route_category: 'Complaint', route_description: '', output_value: 'Sorry!' },
]
/** The router as files of these routes have it. */
const names = ['category_1_result', 'category_2_result', 'default_result'] as const
const outputs = Object.fromEntries(
  names.flatMap((name) => {
    const output = smartRouter.outputNamed?.(name)
    return output ? [[name, output]] : []
  }),
)
const route = (answer: string, inputs: object = {}) => {
  const model = fakeModel(answer)
  return runComponent({ ...smartRouter, outputs }, { model, routes, input_text: 'well done', ...inputs }).then(
    (run) => ({
      said: names.map((name) => run[name]),
      stopped: new Set(run.$stopped),
      requests: model.requests,
    }),
  )
}

test('goes on along the category the model names, asked once', async () => {
  const { said, stopped, requests } = await route('"praise"\n')
  expect(said).toMatchObject([{ text: 'well done' }, { text: '' }, { text: '' }])
  expect(stopped).toEqual(new Set(['category_2_result', 'default_result']))
  expect(requests).toHaveLength(1)
  const [turn] = requests[0]?.messages ?? []
  const text = JSON.stringify(turn)
  for (const part of ['well done', 'Praise', 'is glad', 'Complaint', 'NONE']) expect(text).toContain(part)
})

test('gives what the route says, unless an override says more', async () => {
  expect((await route('Complaint')).said[1]).toMatchObject({ text: 'Sorry!' })
  expect((await route('Complaint', { message: message('instead') })).said[1]).toMatchObject({ text: 'instead' })
})

test('goes on along Else alone when nothing fits', async () => {
  const { said, stopped } = await route('NONE')
  expect(said).toMatchObject([{ text: '' }, { text: '' }, { text: 'well done' }])
  expect(stopped).toEqual(new Set(['category_1_result', 'category_2_result']))
})

test('tells the model more, with the text and the categories filled in', async () => {
  const { requests } = await route('Praise', { custom_prompt: 'Read {input_text} and {routes} in {peace}' })
  const text = JSON.stringify(requests[0]?.messages)
  expect(text).toContain('Additional Instructions:')
  expect(text).toMatch(/Read well done and - .*Praise.* in \{peace\}/)
})

test('takes the model of files of 1.6 and needs categories', async () => {
  const model = fakeModel('Praise')
  const old = { ...smartRouter, outputs }
  const run = await runComponent(old, { routes, input_text: 'hi' }, { dynamic: { llm: model } })
  expect(run.category_1_result).toMatchObject({ text: 'hi' })
  await expect(route('x', { routes: [] })).rejects.toThrow('Add some to Routes')
})

test('has an output for each route, and Else when asked for', () => {
  const shown = smartRouter.dynamicOutputs?.({ routes, enable_else_output: true }) ?? {}
  expect(Object.entries(shown).map(([name, { label }]) => [name, label])).toEqual([
    ['category_1_result', 'Praise'],
    ['category_2_result', 'Complaint'],
    ['default_result', 'Else'],
  ])
  expect(Object.keys(smartRouter.dynamicOutputs?.({ routes }) ?? {})).toHaveLength(2)
  expect(smartRouter.outputNamed?.('category_0_result')).toBeUndefined()
})

test.each([
  ["'Praise'", 0],
  [' COMPLAINT ', 1],
  ['none', -1],
  ['', -1],
  ['Praise, surely', -1],
])('%j names category %j', (answer, expected) => {
  expect(categoryIn(answer, ['Praise', 'Complaint'])).toBe(expected)
})
