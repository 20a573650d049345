import { AppError } from '@runnel/protocol/errors'
import { type Data, data, defineComponent, field, type LanguageModel, message, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { checkPrompt, checksNamed, GUARDRAILS, isFound, phraseScore } from '../shared/guardrail-checks.ts'
import { askText } from '../shared/language-model.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { modelFields } from '../shared/model-fields.ts'

const inputs = {
  ...modelFields,
  enabled_guardrails: field.multiselect({
    label: 'Guardrails',
    info: 'What the text is checked for.',
    options: GUARDRAILS,
    default: ['PII', 'Tokens/Passwords', 'Jailbreak'],
    required: true,
  }),
  input_text: field.multiline({ label: 'Input Text', info: 'The text to check.', required: true }),
  enable_custom_guardrail: field.bool({
    label: 'Enable Custom Guardrail',
    info: 'Check for something of your own as well.',
    advanced: true,
  }),
  custom_guardrail_explanation: field.multiline({
    label: 'Custom Guardrail Description',
    info: 'What the custom guardrail looks for.',
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
} as const
type Args = RunArguments<typeof inputs>

export const guardrailValidator = defineComponent({
  type: 'GuardrailValidator',
  aliases: ['GuardrailsComponent'],
  displayName: 'Guardrails',
  description: 'Checks a text with a language model and goes on along the route for clean or for refused texts.',
  icon: 'shield-check',
  category: 'llm_operations',
  legacy: true,
  replacement: ['llm_operations.GuardrailValidatorV2'],
  routes: true,
  inputs,
  outputs: {
    pass_result: {
      type: 'Message',
      label: 'Pass',
      method: 'pass_message',
      grouped: true,
      run: async (args) => ((await verdictOf(args)) ? message('') : message(args.inputs.input_text)),
    },
    failed_result: {
      type: 'Message',
      label: 'Fail',
      method: 'fail_message',
      grouped: true,
      async run(args) {
        const refusal = await verdictOf(args)
        return refusal ? message(refusal, { error: true }) : message('')
      },
    },
    data_result: { type: 'Data', label: 'Result', method: 'result_data', grouped: true, run: resultOf },
  },
})

async function resultOf(args: Args): Promise<Data> {
  const refusal = await verdictOf(args)
  return data({ text: args.inputs.input_text, result: refusal ? 'fail' : 'pass', justification: refusal ?? '' })
}

/** Why the text is refused, undefined when it is clean; the other route is stopped. Found out once for all outputs. */
const verdictOf = (args: Args): Promise<string | undefined> =>
  oncePerBuild(args.context, 'verdict', async () => {
    const { inputs, context } = args
    if (inputs.input_text.trim() === '') {
      throw invalid('Input text is empty. Please provide valid text for guardrail validation.')
    }
    const refusal = await firstRefusal(args)
    context.routes.stop(refusal ? 'pass_result' : 'failed_result')
    context.setStatus(refusal ?? 'The text passes.')
    return refusal
  })

/** Checks one after the other and stops at the first that finds something. @returns what it found, as a sentence */
export async function firstRefusal({ inputs, dynamic, context }: Args): Promise<string | undefined> {
  const { input_text, enable_custom_guardrail, custom_guardrail_explanation, heuristic_threshold } = inputs
  const checks = checksNamed(inputs.enabled_guardrails, enable_custom_guardrail ? custom_guardrail_explanation : '')
  if (checks.length === 0) throw invalid('No guardrails enabled. Choose what the text is to be checked for.')
  let model: LanguageModel | undefined
  for (const check of checks) {
    const refusal = `${check.name}: ${check.justification}`
    if (check.phrases && phraseScore(input_text, check) >= heuristic_threshold) return refusal
    model ??= await connectedModel(inputs, dynamic.llm, context, 'No LLM provided for validation')
    const content = [{ type: 'text', text: checkPrompt(input_text, check) }] as const
    const answer = await askText(model, { messages: [{ role: 'user', content }], stream: false }, context)
    if (isFound(answer)) return refusal
  }
  return undefined
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
