import type { Contract, ContractInput } from '@runnel/protocol/contract'
import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import { fits, normal } from './contract.ts'

/** The values of a call, checked. */
export interface CheckedInput {
  /** By the name of the input; those left out are not among them. */
  readonly values: ReadonlyMap<string, unknown>
  /** Keys that mean nothing to the flow. */
  readonly ignored: readonly string[]
}

interface FieldProblem {
  readonly field: string
  readonly code: 'missing' | 'wrong_type'
  readonly message: string
}

/**
 * Checks calls against one contract; made once for each version. A key means the input of that name, else the one of
 * that node, else the one of that label; the only key of a call means the only input of a flow, whatever it is called.
 * @throws AppError `workflow_input_invalid` that names every wrong field.
 */
export function createInputCheck({ inputs }: Contract): (given: JsonObject) => CheckedInput {
  const byKey = new Map<string, ContractInput>()
  const know = (key: string, input: ContractInput) => {
    if (!byKey.has(normal(key))) byKey.set(normal(key), input)
  }
  for (const input of inputs) know(input.name, input)
  for (const input of inputs) know(input.node_id, input)
  for (const input of inputs) know(input.label, input)
  const [only] = inputs
  const lone = inputs.length === 1 ? only : undefined
  if (lone) know('input_value', lone)
  const required = inputs.filter((input) => input.required)

  return (given) => {
    const values = new Map<string, unknown>()
    const keys = Object.keys(given)
    const ignored: string[] = []
    let problems: FieldProblem[] | undefined
    for (const key of keys) {
      const input = byKey.get(key) ?? byKey.get(normal(key)) ?? (keys.length === 1 ? lone : undefined)
      if (!input) {
        ignored.push(key)
        continue
      }
      const value = given[key]
      // Null is nothing, and nothing may be left out.
      if (value === null || values.has(input.name)) continue
      if (fits(value, input.type)) values.set(input.name, value)
      else {
        problems ??= []
        problems.push({ field: input.name, code: 'wrong_type', message: `${input.name} must be ${NAMES[input.type]}` })
      }
    }
    for (const { name } of required) {
      if (values.has(name) || problems?.some(({ field }) => field === name)) continue
      problems ??= []
      problems.push({ field: name, code: 'missing', message: `${name} is required` })
    }
    if (problems) throw refusal(problems)
    return { values, ignored }
  }
}

const NAMES: Readonly<Record<ContractInput['type'], string>> = {
  text: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  list: 'a list',
  file: 'an address or the path of an uploaded file',
  json: 'a value',
}

function refusal(problems: readonly FieldProblem[]): AppError {
  const fields = problems.map(({ field }) => field)
  const isMissingOnly = problems.every(({ code }) => code === 'missing')
  const why = `${problems.map(({ message }) => message).join('; ')}.`
  const detail = isMissingOnly
    ? { code: 'missing_field', details: { fields } }
    : { code: 'invalid_field', details: { fields, problems } }
  return new AppError('workflow_input_invalid', [why], { detail })
}
