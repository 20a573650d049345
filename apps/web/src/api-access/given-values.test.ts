import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFlowInputs, withMarks } from './flow-inputs.ts'
import { editorKind, give, jsonOf, numberOf, withGiven } from './given-values.ts'
import { runPayload } from './run-payload.ts'

const data: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../starters/Basic Prompting.json'), 'utf8'),
).data
const model = readFlowInputs(data).nodes.find(({ type }) => type === 'LanguageModelComponent')
const id = model?.id ?? ''
const exposed = readFlowInputs(
  withMarks(withMarks(data, id, 'temperature', { api_editable: true }), id, 'api_key', { api_editable: true }),
)
const field = exposed.nodes.find((node) => node.id === id)?.fields.find(({ name }) => name === 'temperature')

test('a given value stands in the body, and what the flow holds once it is taken back', () => {
  const given = give({}, id, 'temperature', 0.75)
  expect(runPayload(withGiven(exposed, given)).tweaks?.[id]).toMatchObject({ temperature: 0.75 })
  expect(runPayload(withGiven(exposed, give(given, id, 'temperature', undefined)))).toEqual(runPayload(exposed))
})

test('a secret is given by the name of a variable, and a field that is not exposed by nothing', () => {
  const given = give(give({}, id, 'api_key', 'MY_KEY'), id, 'stream', true)
  const tweaks = runPayload(withGiven(exposed, given)).tweaks?.[id]
  expect(tweaks).toMatchObject({ api_key: 'MY_KEY' })
  expect(tweaks).not.toHaveProperty('stream')
})

test('a field is edited by its kind', () => {
  expect(field).toBeDefined()
  if (!field) return
  expect(editorKind(field)).toBe('number')
  expect(editorKind({ ...field, type: 'string' })).toBe('text')
  expect(editorKind({ ...field, type: 'string', options: ['a', 'b'] })).toBe('choice')
  expect(editorKind({ ...field, type: 'boolean' })).toBe('switch')
  expect(editorKind({ ...field, type: 'array', options: ['a'] })).toBe('json')
  expect(editorKind({ ...field, type: undefined, value: { a: 1 } })).toBe('json')
  expect(editorKind({ ...field, isSecret: true })).toBe('secret')
})

test('what is no value of the type gives none', () => {
  expect([numberOf('1.5', 'number'), numberOf('1.5', 'integer'), numberOf('', 'number')]).toEqual([
    1.5,
    undefined,
    undefined,
  ])
  expect([jsonOf('["a"]', 'array'), jsonOf('{}', 'array'), jsonOf('{', 'object')]).toEqual([
    ['a'],
    undefined,
    undefined,
  ])
})
