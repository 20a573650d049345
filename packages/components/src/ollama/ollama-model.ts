import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import {
  type Data,
  type DataFrame,
  data,
  dataFrame,
  defineComponent,
  type Field,
  field,
  type InputsOf,
  type LanguageModel,
  type RunArguments,
} from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { completeText, modelInputs, modelOutputs } from '../shared/language-model.ts'
import { jsonIn, recordEntries, recordsSchema } from '../shared/output-schema.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const tuning = (label: string, info: string) => field.float({ label, info, advanced: true })
const count = (label: string, info: string) => field.int({ label, info, advanced: true })

const inputs = {
  ...modelInputs,
  base_url: field.text({
    label: 'Ollama API URL',
    info: 'Where Ollama listens.',
    default: 'http://localhost:11434',
    refresh: true,
  }),
  model_name: field.dropdown({
    label: 'Model Name',
    info: 'The model to ask, as Ollama lists it.',
    options: [],
    free: true,
    refresh: true,
    extra: { refresh_button: true },
  }),
  api_key: field.secret({ label: 'Ollama API Key', info: 'Only for a server that asks for one.', advanced: true }),
  temperature: providerFields.temperature(0.1, { advanced: true, max: 2 }),
  format: format(),
  metadata: field.dict({ label: 'Metadata', info: 'Has no function.', advanced: true }),
  mirostat: field.dropdown({
    label: 'Mirostat',
    info: 'A way to keep the perplexity of answers even.',
    options: ['Disabled', 'Mirostat', 'Mirostat 2.0'],
    default: 'Disabled',
    advanced: true,
    refresh: true,
  }),
  mirostat_eta: tuning('Mirostat Eta', 'How fast Mirostat reacts.'),
  mirostat_tau: tuning('Mirostat Tau', 'How coherent Mirostat keeps answers.'),
  num_ctx: count('Context Window Size', 'How many tokens the model sees.'),
  num_gpu: count('Number of GPUs', 'How many layers are put on the GPU.'),
  num_thread: count('Number of Threads', 'How many threads compute.'),
  repeat_last_n: count('Repeat Last N', 'How far back repetitions are looked for.'),
  repeat_penalty: tuning('Repeat Penalty', 'How much less likely what was said becomes.'),
  tfs_z: tuning('TFS Z', 'How much less likely unlikely tokens become.'),
  timeout: count('Timeout', 'How many seconds the server may be silent.'),
  top_k: count('Top K', 'Only so many of the likeliest tokens are considered.'),
  top_p: tuning('Top P', 'Only the likeliest tokens that make up this share are considered.'),
  verbose: field.bool({ label: 'Verbose', info: 'Has no function.', advanced: true }),
  tags: field.text({ label: 'Tags', info: 'Has no function.', advanced: true }),
  stop_tokens: field.text({ label: 'Stop Tokens', info: 'Where an answer ends; several with commas.', advanced: true }),
  system: field.text({ label: 'System', info: 'Kept for older flows; use the System Message.', advanced: true }),
  tool_model_enabled: field.bool({
    label: 'Tool Model Enabled',
    info: 'Kept for older flows: every model is offered.',
    default: true,
  }),
  template: field.text({
    label: 'Template',
    info: 'Kept for older flows: chat models have their own.',
    advanced: true,
  }),
} as const

/** `json`, a JSON schema, or the rows of a table that describe one. */
function format(): Field<unknown> {
  const typed = field.text({ label: 'Format', info: 'json, or the JSON schema of the answer.', advanced: true })
  return { inputType: typed.inputType, type: typed.type, attributes: typed.attributes, coercion: 'any' }
}

type Args = RunArguments<typeof inputs>

export const ollamaModel = defineComponent({
  type: 'OllamaModel',
  aliases: ['ChatOllamaComponent'],
  displayName: 'Ollama',
  description: 'Asks a model that Ollama runs on a machine of yours.',
  icon: 'Ollama',
  category: 'ollama',
  inputs,
  outputs: {
    ...modelOutputs(model),
    data_output: {
      type: 'Data',
      label: 'JSON',
      method: 'build_data_output',
      run: async (args: Args): Promise<Data> => {
        const answer = await answered(args)
        return data(Array.isArray(answer) ? { results: answer } : isObject(answer) ? answer : { value: answer })
      },
    },
    dataframe_output: {
      type: 'DataFrame',
      label: 'Table',
      method: 'build_dataframe_output',
      run: async (args: Args): Promise<DataFrame> => {
        const answer = await answered(args)
        return dataFrame(
          (Array.isArray(answer) ? answer : [answer]).map((row) => (isObject(row) ? row : { value: row })),
        )
      },
    },
  },
})

function model({ inputs: chosen, context }: Args): Promise<LanguageModel> {
  return providerModel(
    'Ollama',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.base_url,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      ...(chosen.timeout && { timeoutMs: chosen.timeout * 1000 }),
      modelKwargs: tuned(chosen),
    },
    context,
  )
}

const MIROSTAT: Readonly<Record<string, number>> = { Mirostat: 1, 'Mirostat 2.0': 2 }

/** What is set of the options Ollama knows by these names. */
function tuned(chosen: InputsOf<typeof inputs>): Readonly<Record<string, unknown>> {
  const { num_ctx, num_gpu, num_thread, repeat_last_n, repeat_penalty, tfs_z, top_k, top_p } = chosen
  const mirostat = MIROSTAT[chosen.mirostat]
  const stop = chosen.stop_tokens.split(',').filter((token) => token.trim() !== '')
  const options = { num_ctx, num_gpu, num_thread, repeat_last_n, repeat_penalty, tfs_z, top_k, top_p }
  return {
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    ...(mirostat && { mirostat }),
    ...(mirostat && chosen.mirostat_eta !== undefined && { mirostat_eta: chosen.mirostat_eta }),
    ...(mirostat && chosen.mirostat_tau !== undefined && { mirostat_tau: chosen.mirostat_tau }),
    ...(stop.length > 0 && { stop }),
    ...formatOf(chosen.format),
  }
}

function formatOf(value: unknown): { readonly format?: unknown } {
  if (Array.isArray(value) && value.length > 0) return { format: schemaOf(value.filter(isObject)) }
  if (isObject(value)) return Object.keys(value).length > 0 ? { format: value } : {}
  if (typeof value !== 'string' || value.trim() === '') return {}
  if (value.trim() === 'json') return { format: 'json' }
  try {
    return { format: JSON.parse(value) }
  } catch (cause) {
    throw new AppError('invalid_field', ['Format is neither json nor a JSON schema.'], { cause })
  }
}

/** The schema of one record with the entries of these rows. */
function schemaOf(rows: readonly JsonObject[]): unknown {
  const { $defs } = recordsSchema(recordEntries(rows), { name: 'Answer' })
  return isObject($defs) ? $defs.Answer : undefined
}

/** The JSON the model answers; asked for once. @throws AppError `bad_request` when it answers with none. */
const answered = (args: Args): Promise<unknown> =>
  oncePerBuild(args.context, 'json', async () => {
    const format = Object.keys(formatOf(args.inputs.format)).length > 0 ? args.inputs.format : 'json'
    const asked = { ...args, inputs: { ...args.inputs, format, stream: false } }
    const { text } = await completeText(model(asked), asked)
    const answer = jsonIn(text)
    if (answer === undefined)
      throw new AppError('bad_request', ['The model did not answer with JSON. Choose a format.'])
    return answer
  })
