import { expect, test } from 'vitest'
import { nameProblem } from './tool-names.ts'

const tool = (id: string, action_name: string | null, mcp_enabled = true) => ({
  id,
  action_name,
  mcp_enabled,
  name: id,
})

test('a tool has a name clients take, which no other tool of the project has', () => {
  const all = [tool('a', 'ask'), tool('b', 'ask'), tool('c', 'ask', false), tool('d', null)]
  expect(all.map((one) => nameProblem(one, all))).toEqual(['taken', 'taken', undefined, undefined])
  expect(nameProblem(tool('e', 'Ask me'), [])).toBe('form')
  expect(nameProblem(tool('e', 'ask_me'), all)).toBeUndefined()
})
