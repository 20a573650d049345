import { expect, test } from 'vitest'
import { componentNames, pythonProblem } from './python-source.ts'

test('a source that looks whole has no problem', () => {
  const source = `import os  # it's fine (really
class A(B):
    """Says "hi" (
    and more."""
    name = 'it\\'s'
    def run(self, x: int = len([1,
        2])) -> str:
        if x and \\
            x > 1: return f"{x['a']}"
        return {"a": (1, 2)}
else_value = 1 if True else 2
`
  expect(pythonProblem(source)).toBeUndefined()
  expect(pythonProblem('')).toBeUndefined()
})

test.each([
  ['x = (1,\n  2', "'(' was never closed", 1],
  ['x = 1)\n', "unmatched ')'", 1],
  ['\nx = [1)\n', "closing parenthesis ')' does not match opening parenthesis '['", 2],
  ['a = 1\nb = "cut\nc = 2', 'unterminated string literal', 2],
  ['"""never\nends', 'unterminated triple-quoted string literal', 1],
  ['import os\n\ndef run(self)\n    pass', "expected ':'", 3],
  ['class A', "expected ':'", 1],
])('%j has a problem', (source, message, line) => {
  expect(pythonProblem(source)).toEqual({ message, line })
})

test('a source names its component', () => {
  expect(componentNames('class Helper:\n  pass\nclass Mine(Component):\n    name = "My Type"\n')).toEqual([
    'My Type',
    'Mine',
    'Helper',
  ])
})
