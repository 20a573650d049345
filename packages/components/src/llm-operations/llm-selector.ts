import { AppError, messageOf } from '@runnel/protocol/errors'
import {
  data,
  defineComponent,
  field,
  isLanguageModel,
  type LanguageModel,
  type ModelMessage,
  message,
  type RunArguments,
} from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { askText } from '../shared/language-model.ts'

const AIMS = {
  quality: 'the best answer, whatever it costs',
  speed: 'the fastest answer',
  cost: 'the cheapest model that can answer well enough',
  balanced: 'a balance of quality, speed and cost',
} as const

const inputs = {
  models: field.handle({
    label: 'Language Models',
    info: 'The models to choose from.',
    accepts: ['LanguageModel'],
    list: true,
    required: true,
  }),
  input_value: field.multiline({ label: 'Input', info: 'What the chosen model is asked.', required: true }),
  judge_llm: field.handle({
    label: 'Judge LLM',
    info: 'The model that chooses.',
    accepts: ['LanguageModel'],
    required: true,
  }),
  optimization: field.dropdown({
    label: 'Optimization',
    info: 'What the choice is made for.',
    options: ['quality', 'speed', 'cost', 'balanced'],
    default: 'balanced',
  }),
  use_openrouter_specs: field.bool({
    label: 'Use OpenRouter Specs',
    info: 'Of older flows: the judge is told the names of the models and their providers.',
    default: true,
    advanced: true,
  }),
  timeout: field.int({
    label: 'API Timeout',
    info: 'Of older flows: models have their own time limits.',
    default: 10,
    advanced: true,
  }),
  fallback_to_first: field.bool({
    label: 'Fallback to First Model',
    info: 'Take the first model when the judge fails.',
    default: true,
    advanced: true,
  }),
}
type Args = RunArguments<typeof inputs>

export const llmSelector = defineComponent({
  type: 'LLMSelectorComponent',
  aliases: ['LLMRouterComponent', 'LLMSelector', 'LLMRouter'],
  displayName: 'LLM Selector',
  description: 'Has a model choose which of several models answers.',
  icon: 'git-branch',
  category: 'llm_operations',
  inputs,
  outputs: {
    output: {
      type: 'Message',
      label: 'Output',
      method: 'route_to_model',
      async run(args) {
        const { model } = await choiceOf(args)
        const { inputs, context } = args
        return message(await askText(model, { messages: [said(inputs.input_value)], stream: false }, context))
      },
    },
    selected_model_info: {
      type: 'Data',
      label: 'Selected Model Info',
      method: 'get_selected_model_info',
      async run(args) {
        const { model, index } = await choiceOf(args)
        return data({ selected_model_index: index, model_name: model.model, provider: model.provider })
      },
    },
    // All that nodes of 1.4 tell of it.
    selected_model: {
      type: 'Message',
      label: 'Selected Model',
      method: 'get_selected_model',
      hidden: true,
      tool: false,
      run: async (args) => message((await choiceOf(args)).model.model),
    },
    routing_decision: {
      type: 'Message',
      label: 'Routing Decision',
      method: 'get_routing_decision',
      run: async (args) => message((await choiceOf(args)).why),
    },
  },
})

interface Choice {
  readonly model: LanguageModel
  readonly index: number
  readonly why: string
}

/** The judge is asked once for all outputs. */
const choiceOf = (args: Args): Promise<Choice> =>
  oncePerBuild(args.context, 'choice', async () => {
    const { inputs, context } = args
    const models = inputs.models.filter(isLanguageModel)
    const [first] = models
    const { judge_llm: judge } = inputs
    if (!first || !isLanguageModel(judge)) {
      throw new AppError('invalid_field', ['Connect a judge and at least one model to choose from.'])
    }
    const choice = await judged(judge, models, first, args)
    context.setStatus(choice.why)
    return choice
  })

async function judged(
  judge: LanguageModel,
  models: readonly LanguageModel[],
  first: LanguageModel,
  { inputs, context }: Args,
): Promise<Choice> {
  try {
    const messages = [said(judgePrompt(models, inputs))]
    const index = indexIn(await askText(judge, { messages, stream: false }, context), models.length)
    const model = models[index] ?? first
    return { model, index, why: `Model ${index} was chosen for ${inputs.optimization}: ${nameOf(model)}` }
  } catch (error) {
    if (context.signal.aborted || !inputs.fallback_to_first) throw error
    return { model: first, index: 0, why: `The judge failed (${messageOf(error)}). The first model answers.` }
  }
}

/** The number an answer begins with or holds; 0 when it holds none, or one of no model. */
export function indexIn(answer: string, count: number): number {
  const number = Number(/\d+/.exec(answer)?.[0] ?? 0)
  return number < count ? number : 0
}

const nameOf = ({ provider, model }: LanguageModel) => `${model} (${provider})`
const said = (text: string): ModelMessage => ({ role: 'user', content: [{ type: 'text', text }] })

function judgePrompt(models: readonly LanguageModel[], { input_value, optimization }: Args['inputs']): string {
  return [
    `Choose the model that should answer a request. Aim for ${AIMS[optimization]}.`,
    `The models:\n${models.map((model, index) => `${index}: ${nameOf(model)}`).join('\n')}`,
    `The request:\n${input_value}`,
    'Answer with the number of the model alone.',
  ].join('\n\n')
}
