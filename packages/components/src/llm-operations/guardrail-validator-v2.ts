import { AppError, messageOf } from '@runnel/protocol/errors'
import { type Data, data, defineComponent, type Fields, field, message, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { GUARDRAILS, opinionsPrompt } from '../shared/guardrail-checks.ts'
import { type Decision, decide, type Opinions, opinionsIn } from '../shared/guardrail-decision.ts'
import { ruleFields, rulesOf } from '../shared/guardrail-fields.ts'
import { categoriesFor, findingsIn } from '../shared/guardrail-rules.ts'
import { askText } from '../shared/language-model.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { modelFields } from '../shared/model-fields.ts'
import { jsonIn } from '../shared/output-schema.ts'
import { firstRefusal } from './guardrail-validator.ts'

const METHODS = ['AI checks', 'Rules + AI', 'Rules only'] as const
/** Characters: what rules and models look at, at most. */
const MOST = { rules: 64_000, model: 12_000 } as const

const inputs = {
  input_text: field.multiline({ label: 'Input Text', info: 'The text to check.', required: true }),
  checking_method: field.dropdown({
    label: 'Checking Method',
    info: 'Who looks: a language model, known patterns, or both.',
    options: METHODS,
    default: 'AI checks',
    refresh: true,
  }),
  enabled_guardrails: field.multiselect({
    label: 'Guardrails',
    info: 'What the text is checked for.',
    options: GUARDRAILS,
    default: ['PII', 'Tokens/Passwords', 'Jailbreak'],
  }),
  ...modelFields,
  enable_custom_guardrail: field.bool({
    label: 'Enable Custom Guardrail',
    info: 'Have the model check for something of your own as well.',
    advanced: true,
  }),
  heuristic_threshold: field.slider({
    label: 'Heuristic Detection Threshold',
    info: 'How much telling phrases must weigh for a text to fail before the model is asked.',
    default: 0.7,
    min: 0,
    max: 1,
    step: 0.1,
    advanced: true,
  }),
  ...ruleFields,
  custom_guardrail_explanation: field.multiline({
    label: 'Custom Guardrail Description',
    info: 'What the custom guardrail looks for.',
    advanced: true,
  }),
} as const
type Args = RunArguments<typeof inputs>

export const guardrailValidatorV2 = defineComponent({
  type: 'GuardrailValidatorV2',
  aliases: ['GuardrailsV2Component'],
  displayName: 'Guardrails',
  description: 'Checks a text with a language model, with rules or with both, and goes on along one of two routes.',
  icon: 'shield-check',
  category: 'llm_operations',
  documentation: 'https://docs.langflow.org/guardrails',
  routes: true,
  inputs,
  dynamicInputs: ({ checking_method }): Fields =>
    checking_method === 'AI checks' || checking_method === undefined ? {} : shown(ruleFields),
  outputs: {
    pass_result: {
      type: 'Message',
      label: 'Pass',
      method: 'pass_message',
      grouped: true,
      async run(args) {
        const { isRefused, text } = await outcomeOf(args)
        return message(isRefused ? '' : text)
      },
    },
    failed_result: {
      type: 'Message',
      label: 'Fail',
      method: 'fail_message',
      grouped: true,
      async run(args) {
        const { isRefused, why } = await outcomeOf(args)
        return isRefused ? message(why, { error: true }) : message('')
      },
    },
    data_result: {
      type: 'Data',
      label: 'Result',
      method: 'result_data',
      grouped: true,
      run: async (args): Promise<Data> => data((await outcomeOf(args)).report),
    },
  },
})

/** The fields of the rules, where they count. */
const shown = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, one]) => [name, { ...one, attributes: { ...one.attributes, show: true } }]),
  )

interface Outcome {
  readonly isRefused: boolean
  /** What goes on. */
  readonly text: string
  /** Why the text is refused, as a sentence. */
  readonly why: string
  readonly report: Readonly<Record<string, unknown>>
}

/** Found out once for all outputs; the other route is stopped. */
const outcomeOf = (args: Args): Promise<Outcome> =>
  oncePerBuild(args.context, 'outcome', async () => {
    const { inputs, context } = args
    if (inputs.input_text.trim() === '') {
      throw invalid('Input text is empty. Please provide valid text for guardrail validation.')
    }
    const outcome = inputs.checking_method === 'AI checks' ? await byModel(args) : await byRules(args)
    context.routes.stop(outcome.isRefused ? 'pass_result' : 'failed_result')
    context.setStatus(outcome.isRefused ? outcome.why : 'The text passes.')
    return outcome
  })

async function byModel(args: Args): Promise<Outcome> {
  const text = args.inputs.input_text
  const refusal = await firstRefusal(args)
  const report = { text, result: refusal ? 'fail' : 'pass', justification: refusal ?? '' }
  return { isRefused: refusal !== undefined, text, why: refusal ?? '', report }
}

async function byRules(args: Args): Promise<Outcome> {
  const { inputs } = args
  const text = inputs.input_text
  const { thresholds, options, isModelWanted } = rulesOf(inputs)
  const hasOwn = options.confidential.length > 0 || inputs.scope_mode !== 'off' || options.direction === 'output'
  if (inputs.enabled_guardrails.length === 0 && !hasOwn) {
    throw invalid('No guardrails enabled. Choose what the text is to be checked for.')
  }
  const { run, skipped } = categoriesFor(options.direction, inputs.enabled_guardrails)
  const findings = findingsIn(text.slice(0, MOST.rules), run, options)
  const byPattern = decide(text, findings, {}, thresholds)
  const asks = inputs.checking_method === 'Rules + AI' && isModelWanted(byPattern)
  const asked = asks ? await opinionsOn(args, run) : undefined
  const decision = asked && 'opinions' in asked ? decide(text, findings, asked.opinions, thresholds) : byPattern
  const error = asked && 'error' in asked ? asked.error : null
  const isIncomplete = error !== null || text.length > MOST.rules
  const isBlocked = decision.action === 'block' || (isIncomplete && inputs.fail_closed)
  return outcome(decision, isBlocked, {
    text: decision.text,
    refusal: inputs.scope_refusal_message.trim(),
    report: {
      detail: findings.map(({ category, kind, score }) => ({ category, kind, score })),
      llm_mode: inputs.llm_mode,
      llm_used: asked !== undefined && error === null,
      llm_error: error,
      thresholds: { block: thresholds.block, sanitize: thresholds.sanitize },
      checks_run: run,
      checks_skipped_for_direction: skipped,
      unverified_categories: isIncomplete ? run : [],
    },
  })
}

interface Facts {
  readonly text: string
  /** What is said of a text out of scope, in place of what was found. */
  readonly refusal: string
  readonly report: Readonly<Record<string, unknown>>
}

function outcome(decision: Decision, isBlocked: boolean, { text, refusal, report }: Facts): Outcome {
  const { violations, scores, topScore } = decision
  const isScope = violations.length === 1 && violations[0]?.startsWith('Scope: ')
  const found = violations.length > 0 ? violations.join('; ') : 'The text could not be checked completely.'
  const why = isBlocked ? (isScope && refusal) || found : ''
  return {
    isRefused: isBlocked,
    text,
    why,
    report: {
      action: isBlocked ? 'block' : decision.action,
      text,
      result: isBlocked ? 'fail' : 'pass',
      violations,
      justification: why,
      scores,
      top_score: topScore,
      ...report,
    },
  }
}

/** What the model thinks of all categories, in one call; or why it does not say. */
async function opinionsOn(
  { inputs, dynamic, context }: Args,
  categories: readonly string[],
): Promise<{ readonly opinions: Opinions } | { readonly error: string }> {
  const unset = 'Select or connect a Language Model, or choose Rules only for known-pattern checks.'
  const model = await connectedModel(inputs, dynamic.llm, context, unset)
  const custom = inputs.enable_custom_guardrail ? inputs.custom_guardrail_explanation.trim() : ''
  const prompt = opinionsPrompt(inputs.input_text.slice(0, MOST.model), categories, custom)
  const content = [{ type: 'text', text: prompt.text }] as const
  try {
    const answer = await askText(model, { messages: [{ role: 'user', content }], stream: false }, context)
    const opinions = opinionsIn(jsonIn(answer), prompt.categories)
    return opinions ? { opinions } : { error: 'The model did not answer as asked.' }
  } catch (error) {
    context.signal.throwIfAborted()
    return { error: messageOf(error) }
  }
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
