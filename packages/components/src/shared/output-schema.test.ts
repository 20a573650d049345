import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRecord, jsonIn, recordEntries, recordsOf, recordsSchema } from './output-schema.ts'

const entries = recordEntries([
  { name: 'NET_INCOME', description: 'Net income', type: 'str', multiple: 'False' },
  { name: 'years', description: '', type: 'int', multiple: 'True' },
  { name: 'more', description: 'Else', type: 'dict', multiple: false },
])

test('describes records as a list of objects whose entries are all required', () => {
  expect(recordsSchema(entries, { closed: true })).toEqual({
    $defs: {
      OutputModel: {
        properties: {
          NET_INCOME: { description: 'Net income', title: 'Net Income', type: 'string' },
          years: { description: '', items: { type: 'integer' }, title: 'Years', type: 'array' },
          more: { description: 'Else', additionalProperties: true, title: 'More', type: 'object' },
        },
        required: ['NET_INCOME', 'years', 'more'],
        title: 'OutputModel',
        type: 'object',
        additionalProperties: false,
      },
    },
    description: 'A list of extracted records.',
    properties: {
      objects: {
        description: 'Every record that matches the schema.',
        items: { $ref: '#/$defs/OutputModel' },
        minItems: 1,
        title: 'Objects',
        type: 'array',
      },
    },
    required: ['objects'],
    title: 'OutputModel',
    type: 'object',
    additionalProperties: false,
  })
})

test.each([
  [[{ type: 'str' }], 'has no name'],
  [[{ name: 'a', type: 'date' }], 'Invalid type: date. Use one of str, int, float, bool, dict.'],
])('refuses rows that say nothing: %#', (rows, message) => {
  expect(() => recordEntries(rows)).toThrow(message)
})

test('takes the names that older flows give types', () => {
  const rows = ['text', 'number', 'boolean'].map((type) => ({ name: type, type }))
  expect(recordEntries(rows).map(({ type }) => type)).toEqual(['str', 'float', 'bool'])
})

test('keeps the entries of the schema alone and turns numbers in text into numbers', () => {
  expect(checkRecord({ NET_INCOME: '5', years: ['2024', 2025], more: { a: 1 }, other: 1 }, entries)).toEqual({
    record: { NET_INCOME: '5', years: [2024, 2025], more: { a: 1 } },
  })
})

test('says everything that is wrong with a record', () => {
  expect(checkRecord({ NET_INCOME: 5, years: 2024 }, entries)).toEqual({
    problem: 'NET_INCOME: it is no str; years: it is no list of int; more: it is missing.',
  })
  expect(checkRecord('x', entries)).toEqual({ problem: 'It is no object.' })
})

test.each([
  ['str', 'a', 'a'],
  ['int', 7, 7],
  ['int', '7', 7],
  ['int', 7.5, undefined],
  ['float', '7.5', 7.5],
  ['float', '', undefined],
  ['bool', 'False', false],
  ['bool', 1, true],
  ['bool', 'maybe', undefined],
  ['list', [1], [1]],
  ['dict', [], undefined],
  ['str', null, undefined],
])('reads a %s from %j', (type, given, expected) => {
  const checked = checkRecord({ v: given }, recordEntries([{ name: 'v', type }]))
  expect('record' in checked ? checked.record.v : undefined).toEqual(expected)
})

describe('the JSON in an answer', () => {
  test.each<[string, unknown]>([
    ['{"a": 1}', { a: 1 }],
    ['Here it is:\n```json\n{"a": "}"}\n```\nDone {x}.', { a: '}' }],
    ['none [see] but {"a": [1, 2]}', { a: [1, 2] }],
    ['[{"a": 1}]', [{ a: 1 }]],
    ['"text"', undefined],
    ['{"a": 1', undefined],
    ['nothing', undefined],
  ])('is found in %j', (text, value) => {
    expect(jsonIn(text)).toEqual(value)
  })

  test('is found between any words', () => {
    const word = fc.stringMatching(/^[a-z .,:]*$/)
    fc.assert(
      fc.property(word, fc.dictionary(fc.string(), fc.jsonValue()), word, (before, value, after) => {
        const json = JSON.stringify(value)
        expect(jsonIn(before + json + after)).toEqual(JSON.parse(json))
      }),
    )
  })
})

test('takes records out of their envelope', () => {
  expect(recordsOf({ objects: [{ a: 1 }] })).toEqual([{ a: 1 }])
  expect(recordsOf([{ a: 1 }])).toEqual([{ a: 1 }])
  expect(recordsOf({ a: 1 })).toEqual([{ a: 1 }])
})
