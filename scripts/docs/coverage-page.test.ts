import { catalog } from '@runnel/components/catalog'
import { createRegistry } from '@runnel/engine/registry'
import { expect, test } from 'vitest'
import { printCoverage } from './coverage-page.ts'
import { langflowTypes, notPossible, plannedWhen } from './langflow-types.ts'

const types = langflowTypes.flatMap((group) => group.types)

test('lists every type once', () => {
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([])
})

test('calls nothing impossible that runs, or that it does not list', () => {
  const { get } = createRegistry(catalog)
  expect(Object.keys(notPossible).filter((type) => get(type) || !types.includes(type))).toEqual([])
})

test('says of nothing that it waits when it runs, is impossible, or is not listed', () => {
  const { get } = createRegistry(catalog)
  expect(Object.keys(plannedWhen).filter((type) => get(type) || notPossible[type] || !types.includes(type))).toEqual([])
})

test('says of each type whether it runs, with the component that runs it or the reason', () => {
  const page = printCoverage(catalog)
  expect(page).toContain('| `CalculatorTool` | native | [Calculator](reference/components/CalculatorComponent.md) |')
  expect(page).toContain('| `PythonREPLComponent` | not possible | Runs Python, and nothing here does; the JavaScript')
  expect(page).toContain('| `OracleVS` | planned | Waits for a trial')
  expect(printCoverage([])).toContain('| `CalculatorTool` | planned |  |')
})
