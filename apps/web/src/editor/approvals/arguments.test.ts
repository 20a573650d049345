import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test('arguments are a JSON object, and nothing else is', () => {
  expect(readArguments('{ "to": "ada" }')).toEqual({ to: 'ada' })
  expect(readArguments('["ada"]')).toBeUndefined()
  expect(readArguments('null')).toBeUndefined()
  expect(readArguments('{ "to": ')).toBeUndefined()
})
