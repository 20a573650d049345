import { AppError, messageOf } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import {
  type DataFrame,
  dataFrame,
  defineComponent,
  field,
  type LanguageModel,
  type ModelMessage,
  type ModelToolCall,
  type RunArguments,
  type RunContext,
} from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { modelFields } from '../shared/model-fields.ts'
import {
  checkRecord,
  EXTRACTION_INSTRUCTIONS,
  jsonIn,
  outputSchemaField,
  type RecordEntry,
  recordEntries,
  recordsOf,
  recordsSchema,
} from '../shared/output-schema.ts'
import { asData } from '../shared/structured-answer.ts'
import { tracedAnswer } from '../shared/traced-model.ts'

const inputs = {
  ...modelFields,
  input_value: field.multiline({
    label: 'Input Message',
    info: 'The text to take records from.',
    required: true,
    tool: true,
  }),
  system_prompt: field.multiline({
    label: 'Format Instructions',
    info: 'What the model is told of the records besides their schema.',
    default: EXTRACTION_INSTRUCTIONS,
    required: true,
    advanced: true,
  }),
  schema_name: field.text({
    label: 'Schema Name',
    info: 'What the model is told the records are called.',
    advanced: true,
  }),
  output_schema: outputSchemaField({
    info: 'The entries of a record.',
    required: true,
    default: [{ name: 'field', description: 'description of field', type: 'str', multiple: 'False' }],
  }),
} as const

type Args = RunArguments<typeof inputs>

export const structuredOutput = defineComponent({
  type: 'StructuredOutput',
  aliases: ['StructuredOutputComponent'],
  displayName: 'Structured Output',
  description: 'Takes records of a form you define from a text, with a language model.',
  icon: 'braces',
  category: 'llm_operations',
  documentation: 'https://docs.langflow.org/structured-output',
  inputs,
  outputs: {
    structured_output: {
      type: 'Data',
      label: 'Structured Output',
      method: 'build_structured_output',
      run: async (args) => asData(await recordsOnce(args)),
    },
    dataframe_output: {
      type: 'DataFrame',
      label: 'Structured Output',
      method: 'build_structured_dataframe',
      run: table,
    },
    // What the table was called in files of 1.3 and 1.4.
    structured_output_dataframe: {
      type: 'DataFrame',
      label: 'Structured Output',
      method: 'as_dataframe',
      hidden: true,
      tool: false,
      run: table,
    },
  },
})

async function table(args: Args): Promise<DataFrame> {
  return dataFrame(await recordsOnce(args))
}

/** Both outputs of one build show the records of the same answer. */
const recordsOnce = (args: Args): Promise<readonly JsonObject[]> =>
  oncePerBuild(args.context, 'records', () => extract(args))

/** A name functions may have. */
const functionName = (name: string) =>
  name
    .trim()
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .slice(0, 64) || 'OutputModel'

async function extract({ inputs, dynamic, context }: Args): Promise<readonly JsonObject[]> {
  const { input_value, system_prompt, schema_name, output_schema } = inputs
  if (output_schema.length === 0) throw invalid('Output schema cannot be empty')
  const entries = recordEntries(output_schema)
  const model = await connectedModel(inputs, dynamic.llm, context)
  const messages: readonly ModelMessage[] = [
    ...(system_prompt.trim() === '' ? [] : [{ role: 'system', content: system_prompt } as const]),
    { role: 'user', content: [{ type: 'text', text: input_value }] },
  ]
  const records = await askForRecords({ model, messages, entries, name: functionName(schema_name) }, context)
  context.setStatus(records)
  return records
}

interface Question {
  readonly model: LanguageModel
  readonly messages: readonly ModelMessage[]
  readonly entries: readonly RecordEntry[]
  readonly name: string
}

/** How often a model is asked before its answer is given up. */
const TRIES = 3

/**
 * Has the model call a function whose arguments are the records; a call that does not fit is answered with what is
 * wrong. A provider that refuses such a call is asked for JSON instead.
 */
async function askForRecords(question: Question, context: RunContext): Promise<readonly JsonObject[]> {
  const { model, entries, name } = question
  const schema = recordsSchema(entries, { name })
  const tool = { name, description: 'Takes the records found in the text.', inputSchema: schema }
  const messages = [...question.messages]
  for (let attempt = 1; ; attempt++) {
    let reply: Reply
    try {
      reply = await ask(model, { messages: [...messages], stream: false, tools: [tool], toolChoice: { name } }, context)
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'model_error'
      if (attempt > 1 || !isRefused || context.signal.aborted) throw error
      reply = await askForJson(question, error, context)
    }
    const { call, text } = reply
    const answer = call ? call.input : jsonIn(text)
    const found = answer === undefined ? undefined : fitting(recordsOf(answer), entries)
    if (found?.records && found.records.length > 0) return found.records
    if (attempt >= TRIES || !call) throw new AppError('model_error', [noOutput(found)])
    const why = found?.problem ?? 'There is no record in it.'
    messages.push(
      { role: 'assistant', content: text, toolCalls: [call] },
      { role: 'tool', callId: call.id, name: call.name, output: `${why} Call ${name} again with corrected records.` },
    )
  }
}

async function askForJson(question: Question, refusal: AppError, context: RunContext): Promise<Reply> {
  const { model, messages, entries, name } = question
  const json = { name, schema: recordsSchema(entries, { name, closed: true }) }
  try {
    return await ask(model, { messages, stream: false, json }, context)
  } catch (error) {
    context.signal.throwIfAborted()
    const why = `The model can neither call a function (${messageOf(refusal)}) nor answer in JSON: ${messageOf(error)}`
    throw new AppError('model_error', [why], { cause: error })
  }
}

const noOutput = (found: Fitting | undefined): string =>
  found?.problem ? `No structured output returned: ${found.problem}` : 'No structured output returned'

interface Fitting {
  readonly records?: readonly JsonObject[]
  readonly problem?: string
}

/** All records, or what is wrong with the first that does not fit. */
function fitting(values: readonly unknown[], entries: readonly RecordEntry[]): Fitting {
  const records: JsonObject[] = []
  for (const [index, value] of values.entries()) {
    const checked = checkRecord(value, entries)
    if ('problem' in checked) return { problem: `Record ${index + 1}: ${checked.problem}` }
    records.push(checked.record)
  }
  return { records }
}

interface Reply {
  readonly text: string
  readonly call: ModelToolCall | undefined
}

async function ask(
  model: LanguageModel,
  request: Parameters<LanguageModel['respond']>[0],
  context: RunContext,
): Promise<Reply> {
  let text = ''
  let call: ModelToolCall | undefined
  for await (const part of tracedAnswer(model, request, context)) {
    if (part.type === 'text-delta') text += part.text
    else if (part.type === 'tool-call') call ??= part.call
  }
  return { text, call }
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])
