import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dataTypeName,
  edgeHandle,
  parseHandle,
  parseOldSourceHandle,
  parseOldTargetHandle,
  printHandle,
  typesMeet,
} from './handle-codec.ts'

test('reads handles with and without blanks', () => {
  const handle = { dataType: 'Prompt', id: 'Prompt-1', name: 'prompt', output_types: ['Message'] }
  expect(parseHandle('{œdataTypeœ:œPromptœ,œidœ:œPrompt-1œ,œnameœ:œpromptœ,œoutput_typesœ:[œMessageœ]}')).toEqual(
    handle,
  )
  expect(
    parseHandle('{œdataTypeœ: œPromptœ, œidœ: œPrompt-1œ, œnameœ: œpromptœ, œoutput_typesœ: [œMessageœ]}'),
  ).toEqual(handle)
})

test('writes handles with sorted keys', () => {
  expect(printHandle({ name: 'a', id: 'B-1', dataType: 'B' })).toBe('{œdataTypeœ:œBœ,œidœ:œB-1œ,œnameœ:œaœ}')
})

test('reads a handle with plain quotes, whatever letters it holds', () => {
  expect(parseHandle('{"fieldName":"cœur","id":"A-1"}')).toEqual({ fieldName: 'cœur', id: 'A-1' })
})

test.each(['', 'x', '{', '{œaœ', '[œaœ]', 'null'])('gives nothing for %j', (text) => {
  expect(parseHandle(text)).toBeUndefined()
})

test('gives back every handle that was written', () => {
  const word = fc.string({ maxLength: 8 }).filter((text) => !text.includes('œ'))
  fc.assert(
    fc.property(fc.dictionary(word, fc.oneof(word, fc.array(word))), (handle) => {
      const plain = { ...handle }
      expect(parseHandle(printHandle(plain))).toEqual(plain)
    }),
  )
})

test('reads the handles of files before 1.0', () => {
  expect(parseOldTargetHandle('Text;Document|input_value|OpenAI-1')).toEqual({
    fieldName: 'input_value',
    id: 'OpenAI-1',
    inputTypes: ['Text', 'Document'],
    type: 'str',
  })
  expect(parseOldSourceHandle('ChatInput|ChatInput-1|Text|object')).toEqual({
    dataType: 'ChatInput',
    id: 'ChatInput-1',
    baseClasses: ['Text', 'object'],
  })
  expect(parseOldTargetHandle('nothing')).toBeUndefined()
  expect(parseOldSourceHandle('nothing')).toBeUndefined()
})

describe('the handle of an edge', () => {
  const text = printHandle({ id: 'A-1', name: 'text' })
  test('is the object in data, before any text', () => {
    expect(
      edgeHandle({ sourceHandle: text, data: { sourceHandle: { id: 'A-1', name: 'data' } } }, 'sourceHandle'),
    ).toEqual({
      id: 'A-1',
      name: 'data',
    })
  })
  test('is read from text when data has none, or one that cannot be read', () => {
    expect(edgeHandle({ sourceHandle: text }, 'sourceHandle')).toEqual({ id: 'A-1', name: 'text' })
    expect(edgeHandle({ sourceHandle: text, data: { sourceHandle: 'broken' } }, 'sourceHandle')).toEqual({
      id: 'A-1',
      name: 'text',
    })
    expect(edgeHandle({ sourceHandle: text, data: null }, 'sourceHandle')).toEqual({ id: 'A-1', name: 'text' })
  })
  test('is missing when nothing can be read', () => {
    expect(edgeHandle({}, 'sourceHandle')).toBeUndefined()
    expect(edgeHandle({ sourceHandle: 7 }, 'sourceHandle')).toBeUndefined()
  })
})

describe('types', () => {
  test.each([
    [['Data'], ['JSON'], true],
    [['Record'], ['Data'], true],
    [['Table'], ['DataFrame'], true],
    [['Text'], ['Message'], true],
    [['Message'], ['Data', 'Message'], true],
    [['Data'], ['DataFrame'], false],
    [['Tool'], ['Too'], false],
    [[], ['Message'], false],
    [['constructor'], ['toString'], false],
  ])('%j and %j meet: %j', (given, taken, expected) => {
    expect(typesMeet(given, taken)).toBe(expected)
  })
  test('that are unknown keep their name', () => {
    expect(['constructor', '__proto__', 'Tool'].map(dataTypeName)).toEqual(['constructor', '__proto__', 'Tool'])
  })
})
