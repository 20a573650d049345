import { expect, test } from 'vitest'
import { isComponentModule } from './component-module.ts'

test.each([
  ['a default export', "import { x } from 'y'\n  export default defineComponent({})", true],
  ['an import of the sandbox', 'import { defineComponent } from "runnel"\nconst a = 1', true],
  ['an import over several lines', "import {\n  field,\n} from 'runnel'\n", true],
  ['Python', 'from runnel import Component\nclass A(Component):\n    """export default"""\n', false],
  ['Python that imports', 'import os\nfrom langflow.custom import Component', false],
  ['nothing', '', false],
])('%s: %s is a component in TypeScript: %s', (_, source, expected) => {
  expect(isComponentModule(source)).toBe(expected)
})

test('a source of a million lines or characters is told at once', () => {
  const began = process.threadCpuUsage()
  expect(isComponentModule('\n'.repeat(1_000_000))).toBe(false)
  expect(isComponentModule(`import ${'from '.repeat(200_000)}`)).toBe(false)
  expect(process.threadCpuUsage(began).user).toBeLessThan(1_000_000)
})
