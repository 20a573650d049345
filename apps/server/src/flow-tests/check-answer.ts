import { createContext, Script } from 'node:vm'
import { matchingLines } from '@runnel/components/shared/python-regex'
import { AppError, messageOf } from '@runnel/protocol/errors'
import type { FlowTestReason, FlowTestRecord } from '@runnel/storage/flow-test-records'
import { createSchemaCheck, type SchemaCheck } from './json-schema.ts'

export type Checked = Pick<FlowTestRecord, 'checkKind' | 'expected' | 'ignoreCase'>

const MAX_SCHEMA_MS = 1_000
/** Faults that are told. */
const MOST_FAULTS = 5

/**
 * Why an answer does not pass; null when it does. What only a model can judge is not for this function.
 * @throws AppError `invalid_field` for a check that cannot be made: see `checkable`.
 */
export async function checkAnswer(
  { checkKind, expected, ignoreCase }: Checked & { readonly checkKind: Exclude<FlowTestRecord['checkKind'], 'judge'> },
  answer: string,
): Promise<FlowTestReason | null> {
  const plain = (text: string) => normal(ignoreCase ? text.toLowerCase() : text)
  switch (checkKind) {
    case 'equals':
      return plain(answer) === plain(expected) ? null : { code: 'differs', detail: '' }
    case 'contains':
      return plain(answer).includes(plain(expected)) ? null : { code: 'lacks', detail: '' }
    case 'regex':
      return matchingLines(expected, [answer])[0] ? null : { code: 'no_match', detail: '' }
    case 'schema':
      return fitsSchema(expected, answer)
    default:
      return checkKind satisfies never
  }
}

/** Refuses what can never be checked, when it is written. @throws AppError `invalid_field` with a sentence */
export async function checkable({ checkKind, expected }: Pick<Checked, 'checkKind' | 'expected'>): Promise<void> {
  if (checkKind !== 'equals' && expected.trim() === '') throw invalid('Say what is expected')
  if (checkKind === 'regex') matchingLines(expected, [''])
  if (checkKind === 'schema') await schemaOf(expected)
}

/** Spaces, line ends and ways of writing one letter that nobody sees make no difference. */
const normal = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

async function fitsSchema(expected: string, answer: string): Promise<FlowTestReason | null> {
  const check = await schemaOf(expected)
  let value: unknown
  try {
    value = JSON.parse(withoutFence(answer))
  } catch (error) {
    return { code: 'no_json', detail: messageOf(error) }
  }
  const faults = inTime(() => check(value))
  return faults.length > 0 ? { code: 'schema', detail: faults.slice(0, MOST_FAULTS).join('\n') } : null
}

/** Models put what they were asked for into a block of code. */
const withoutFence = (text: string): string => /^```\w*\n([\s\S]*)\n```$/.exec(text.trim())?.[1] ?? text

function schemaOf(text: string): Promise<SchemaCheck> {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch (error) {
    throw invalid(`The JSON Schema is no JSON: ${messageOf(error)}`)
  }
  return createSchemaCheck(schema)
}

/** Patterns of a schema may take years; only a script of its own can be given a time limit. */
function inTime<Value>(work: () => Value): Value {
  let value: { readonly done: Value } | undefined
  const run = () => {
    value = { done: work() }
  }
  try {
    new Script('run()').runInContext(createContext({ run }), { timeout: MAX_SCHEMA_MS })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'invalid_field',
      ['The JSON Schema cannot be checked within a second. Make its patterns and references simpler.'],
      {
        cause,
      },
    )
  }
  if (!value) throw invalid('The JSON Schema was not checked')
  return value.done
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
