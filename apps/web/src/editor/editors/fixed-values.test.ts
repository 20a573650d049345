import { expect, test } from 'vitest'
import { argumentType, fixedOf, fixedText, fixedValue, withFixed } from './fixed-values.ts'

const row = { name: 'run', description: 'Runs it', tags: ['run_model'], args: { times: { type: 'integer' } } }

test('knows what an argument takes by its schema, and text where that says nothing', () => {
  const types = [{ type: 'integer' }, { type: 'array' }, { type: 'boolean' }, {}, undefined].map(argumentType)
  expect(types).toEqual(['integer', 'json', 'boolean', 'string', 'string'])
})

test('reads a value by the type of its argument, and nothing where it does not fit', () => {
  expect(fixedValue('string', '12')).toBe('12')
  expect(fixedValue('integer', '12')).toBe(12)
  expect(fixedValue('integer', '1.5')).toBeUndefined()
  expect(fixedValue('number', '')).toBeUndefined()
  expect(fixedValue('boolean', 'false')).toBe(false)
  expect(fixedValue('json', '["a"]')).toEqual(['a'])
  expect(fixedValue('json', '["a"')).toBeUndefined()
})

test('writes a value the way it is read', () => {
  expect([fixedText('a'), fixedText(2), fixedText(['a'])]).toEqual(['a', '2', '["a"]'])
})

test('keeps a fixed value in the row, and no trace of it once the model decides again', () => {
  const fixed = withFixed(row, 'times', 3)
  expect(fixed).toEqual({ ...row, fixed: { times: 3 } })
  expect(fixedOf(fixed)).toEqual({ times: 3 })
  expect(withFixed(fixed, 'times', undefined)).toEqual(row)
})
