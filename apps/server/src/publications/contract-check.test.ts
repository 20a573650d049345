import type { Contract, ContractInput } from '@runnel/protocol/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createInputCheck } from './contract-check.ts'

const input = (name: string, part: Partial<ContractInput> = {}): ContractInput => ({
  name,
  label: name,
  type: 'text',
  required: false,
  default: null,
  description: '',
  node_id: `Node-${name}`,
  ...part,
})
const of = (...inputs: readonly ContractInput[]): Contract => ({ inputs: [...inputs], outputs: [] })
const refused = (contract: Contract, given: object) => {
  try {
    createInputCheck(contract)({ ...given })
  } catch (error) {
    return (error as { detail: { code: string; details: { fields: readonly string[] } } }).detail
  }
  return undefined
}

describe('keys mean inputs', () => {
  const two = createInputCheck(of(input('名'), input('b', { label: 'Bé', node_id: '名' })))

  test('by name before node id before label, whatever the letters are made of', () => {
    expect(two({ 名: 'x', 'Be\u0301': 'y' }).values).toEqual(
      new Map([
        ['名', 'x'],
        ['b', 'y'],
      ]),
    )
  })

  test('the only one of a flow is meant by any key that stands alone', () => {
    const lone = createInputCheck(of(input('text')))
    expect(lone({ anything: 'x' })).toEqual({ values: new Map([['text', 'x']]), ignored: [] })
    expect(lone({ input_value: 'x', more: 'y' })).toEqual({ values: new Map([['text', 'x']]), ignored: ['more'] })
  })

  test('keys of objects mean nothing', () => {
    const check = createInputCheck(of(input('a'), input('b')))
    expect(check(JSON.parse('{"constructor":1,"toString":2}'))).toEqual({
      values: new Map(),
      ignored: ['constructor', 'toString'],
    })
  })
})

describe('values fit their types', () => {
  test.each<[ContractInput['type'], readonly unknown[], readonly unknown[]]>([
    ['text', ['', 'a', 1, false, {}, []], []],
    ['number', [1, -0.5], ['1', true, {}]],
    ['integer', [1, -7], [0.5, '1', 2 ** 60]],
    ['boolean', [true, false], ['true', 0]],
    ['object', [{}], [[], 'x', 1]],
    ['list', [[]], [{}, 'x']],
    ['file', ['https://example.com/a', 'flow/a.png'], ['', ' ', 1]],
    ['json', ['', 0, false, {}, []], []],
  ])('of %s', (type, fitting, others) => {
    const contract = of(input('a', { type }), input('b'))
    for (const a of fitting) expect(createInputCheck(contract)({ a }).values.get('a')).toEqual(a)
    for (const a of others)
      expect(refused(contract, { a })).toMatchObject({ code: 'invalid_field', details: { fields: ['a'] } })
  })

  test('null is as good as nothing', () => {
    const contract = of(input('a', { required: true }), input('b', { type: 'number' }))
    expect(refused(contract, { a: null, b: null })).toEqual({ code: 'missing_field', details: { fields: ['a'] } })
  })
})

test('every wrong field is named, once', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 20, selector: (s) => s.normalize('NFC') }),
      (names) => {
        const inputs = names.map((name) => input(name.normalize('NFC'), { type: 'number', required: true }))
        const given = Object.fromEntries(names.slice(0, -1).map((name) => [name, 'wrong'] as const))
        const detail = refused(of(...inputs), given)
        expect(new Set(detail?.details.fields)).toEqual(new Set(inputs.map(({ name }) => name)))
        expect(detail?.details.fields).toHaveLength(inputs.length)
      },
    ),
  )
})
