import type { FlowTestRead, FlowTestWrite } from '@runnel/protocol/flow-tests'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunRead, RunStepRead } from '@runnel/protocol/monitor'
import { saidIn } from '../../editor/replay/replay.ts'

/** A test as its form holds it. */
export interface TestDraft extends Omit<FlowTestWrite, 'tweaks' | 'judge'> {
  /** JSON; empty for none. */
  readonly tweaks: string
  /** A model by `modelRef`; empty for the default one. */
  readonly judge: string
}

const SEPARATOR = '\u0000'
const NAME_LENGTH = 60

/** How a model is named in a list of models. */
export const modelRef = ({ provider, name }: { readonly provider: string; readonly name: string }): string =>
  provider + SEPARATOR + name

export const EMPTY: TestDraft = {
  name: '',
  input_value: '',
  check: 'contains',
  expected: '',
  ignore_case: false,
  tweaks: '',
  judge: '',
}

export const draftOf = (test: FlowTestRead): TestDraft => ({
  name: test.name,
  input_value: test.input_value,
  check: test.check,
  expected: test.expected,
  ignore_case: test.ignore_case,
  tweaks: Object.keys(test.tweaks).length === 0 ? '' : JSON.stringify(test.tweaks, null, 2),
  judge: test.judge ? modelRef(test.judge) : '',
})

/** A test that asks what a run was asked, and expects what it answered. */
export function draftOfRun(run: RunRead & { readonly steps: readonly RunStepRead[] }): TestDraft {
  const input_value = saidIn(run.steps) ?? run.input ?? ''
  const name = input_value.replace(/\s+/g, ' ').trim().slice(0, NAME_LENGTH)
  return { ...EMPTY, name, input_value, check: 'equals', expected: answeredIn(run.steps) ?? run.output ?? '' }
}

/** What the flow had said to a person. */
function answeredIn(steps: readonly RunStepRead[]): string | undefined {
  const said = steps.findLast(({ component_id: id }) => id.startsWith('ChatOutput'))?.outputs.message
  const message = isObject(said) ? said.message : undefined
  const text = isObject(message) ? message.text : message
  return typeof text === 'string' ? text : undefined
}

/** What the server is sent. @throws SyntaxError when the values of fields are no JSON object */
export function bodyOf(draft: TestDraft): FlowTestWrite {
  const [provider, name] = draft.judge.split(SEPARATOR)
  return {
    ...draft,
    name: draft.name.trim(),
    tweaks: tweaksIn(draft.tweaks),
    judge: draft.check === 'judge' && provider && name ? { provider, name } : null,
  }
}

function tweaksIn(text: string): JsonObject {
  const value: unknown = text.trim() === '' ? {} : JSON.parse(text)
  if (!isObject(value)) throw new SyntaxError('{ … }')
  return value
}

/** Whether the server may take it. */
export const isComplete = ({ name, check, expected }: TestDraft): boolean =>
  name.trim() !== '' && (check === 'equals' || expected.trim() !== '')
