import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { guardrailValidatorV2 } from './guardrail-validator-v2.ts'

async function check(inputs: object, ...answers: readonly (string | Error)[]) {
  const model = fakeModel(...answers)
  const run = await runComponent(guardrailValidatorV2, { model, ...inputs })
  const { data } = run.data_result as { data: Readonly<Record<string, unknown>> } // the output is Data
  return { run, data, stopped: [...new Set(run.$stopped)], requests: model.requests }
}
const rules = { checking_method: 'Rules only' }
const both = { checking_method: 'Rules + AI' }
const mail = 'Write to ada@b.test'
const opinion = (more: object = {}) =>
  JSON.stringify({
    PII: { detected: false, confidence: 0, reason: '' },
    'Tokens/Passwords': { detected: false, confidence: 0, reason: '' },
    Jailbreak: { detected: false, confidence: 0, reason: '' },
    ...more,
  })

test('asks a model about one check after the other, as the older one does', async () => {
  const { run, data, stopped, requests } = await check({ input_text: 'Call me Ada.' }, 'NO', 'YES')
  expect(requests).toHaveLength(2)
  expect(stopped).toEqual(['pass_result'])
  expect(run.failed_result).toMatchObject({ text: expect.stringMatching(/^Tokens\/Passwords: /), error: true })
  expect(data).toMatchObject({ text: 'Call me Ada.', result: 'fail' })
})

describe('rules alone', () => {
  test('let a clean text pass without a model', async () => {
    const { run, data, stopped, requests } = await check({ ...rules, input_text: 'Hello there' })
    expect(requests).toEqual([])
    expect(stopped).toEqual(['failed_result'])
    expect(run.pass_result).toMatchObject({ text: 'Hello there' })
    expect(data).toMatchObject({ action: 'pass', result: 'pass', violations: [], top_score: 0, llm_used: false })
  })

  test('refuse what is bad enough, and say what was found', async () => {
    const { run, data, stopped } = await check({ ...rules, input_text: 'password: hunter22' })
    expect(stopped).toEqual(['pass_result'])
    expect(run.failed_result).toMatchObject({ text: 'Tokens/Passwords: password' })
    expect(data).toMatchObject({ action: 'block', scores: { 'Tokens/Passwords': 0.85 }, top_score: 0.85 })
  })

  test.each([
    ['block', 'block', 'pass_result'],
    ['pass_through', 'pass_through', 'failed_result'],
    ['sanitize', 'sanitize', 'failed_result'],
  ])('do %s between the thresholds', async (medium_risk_action, action, route) => {
    const { data, stopped } = await check({ ...rules, medium_risk_action, input_text: mail })
    expect([data.action, stopped]).toEqual([action, [route]])
  })

  test('hand on a text without what was found', async () => {
    const inputs = { ...rules, medium_risk_action: 'sanitize', redaction_mode: 'tokenize', input_text: mail }
    expect((await check(inputs)).run.pass_result).toMatchObject({ text: 'Write to [EMAIL_1]' })
  })

  test('keep to topics, with the words of the user', async () => {
    const inputs = {
      ...rules,
      scope_mode: 'allowlist',
      allowed_topics: 'rivers, lakes',
      scope_refusal_message: 'Rivers only.',
    }
    expect((await check({ ...inputs, input_text: 'On cats' })).run.failed_result).toMatchObject({
      text: 'Rivers only.',
    })
    expect((await check({ ...inputs, input_text: 'On lakes' })).stopped).toEqual(['failed_result'])
  })
})

describe('rules and a model', () => {
  test('ask the model once about all checks', async () => {
    const found = { PII: { detected: true, confidence: 0.9, reason: 'a home address' } }
    const { run, data, requests } = await check({ ...both, input_text: 'I live at 5 Mill Lane' }, opinion(found))
    expect(requests).toHaveLength(1)
    expect(run.failed_result).toMatchObject({ text: 'PII: a home address' })
    expect(data).toMatchObject({ action: 'block', llm_used: true, scores: { PII: 0.9 } })
  })

  test('do not ask when rules have refused, or when nothing is unclear and that is the mode', async () => {
    expect((await check({ ...both, input_text: 'password: hunter22' }, opinion())).requests).toEqual([])
    const ambiguous = { ...both, llm_mode: 'ambiguous' }
    expect((await check({ ...ambiguous, input_text: 'Hello' }, opinion())).requests).toEqual([])
    expect((await check({ ...ambiguous, input_text: mail }, opinion())).requests).toHaveLength(1)
  })

  test('cannot make a text look better', async () => {
    const { data } = await check({ ...both, input_text: mail }, opinion())
    expect(data).toMatchObject({ action: 'block', scores: { PII: 0.6 } })
  })

  test.each([['I think it is fine.'], [new Error('down')]])(
    'refuse when the model does not say: %s',
    async (answer) => {
      const { run, data } = await check({ ...both, input_text: 'Hello' }, answer)
      expect(run.failed_result).toMatchObject({ text: 'The text could not be checked completely.' })
      expect(data).toMatchObject({ result: 'fail', llm_used: false, llm_error: expect.any(String) })
      const open = await check({ ...both, fail_closed: false, input_text: 'Hello' }, answer)
      expect(open.data).toMatchObject({ result: 'pass' })
    },
  )

  test('take a custom check to the model', async () => {
    const inputs = { ...both, enable_custom_guardrail: true, custom_guardrail_explanation: 'Mentions of cats' }
    const custom = { 'Custom Guardrail': { detected: true, confidence: 1, reason: 'cats' } }
    const { run, requests } = await check({ ...inputs, input_text: 'My cat' }, opinion(custom))
    expect(JSON.stringify(requests)).toContain('Mentions of cats')
    expect(run.failed_result).toMatchObject({ text: 'Custom Guardrail: cats' })
  })
})

test.each([
  [{ input_text: ' ' }, 'Input text is empty.'],
  [{ ...rules, input_text: 'x', enabled_guardrails: [] }, 'No guardrails enabled.'],
])('says what is missing', async (inputs, why) => {
  await expect(check(inputs)).rejects.toThrow(why)
})

test('asks for a model where one is needed', async () => {
  const run = runComponent(guardrailValidatorV2, { ...both, input_text: 'Hello' })
  await expect(run).rejects.toThrow('Select or connect a Language Model, or choose Rules only')
})
