import { AppError } from '@runnel/protocol/errors'
import {
  type DataFrame,
  dataFrame,
  defineComponent,
  field,
  type LanguageModel,
  type ModelMessage,
  pyStr,
  type RunArguments,
  type RunContext,
} from '@runnel/sdk'
import { askText } from '../shared/language-model.ts'
import { chosenModel } from '../shared/model-choice.ts'
import { modelFields } from '../shared/model-fields.ts'

/** Rows asked about at the same time. */
const AT_ONCE = 10

const inputs = {
  ...modelFields,
  system_message: field.multiline({ label: 'Instructions', info: 'What the model is told to do with every row.' }),
  df: field.dataFrame({ label: 'Table', info: 'The rows to ask about.', required: true }),
  column_name: field.text({
    label: 'Column Name',
    info: 'The column with the text to ask about. Empty means the whole row.',
  }),
  output_column_name: field.text({
    label: 'Output Column Name',
    info: 'The column the answers go into.',
    default: 'model_response',
    advanced: true,
  }),
  enable_metadata: field.bool({
    label: 'Enable Metadata',
    info: 'Add a column that tells how each row went.',
    advanced: true,
  }),
} as const

type Args = RunArguments<typeof inputs>

export const batchRun = defineComponent({
  type: 'BatchRunComponent',
  displayName: 'Batch Run',
  description: 'Asks a language model about each row of a table and adds its answers as a column.',
  icon: 'List',
  category: 'llm_operations',
  documentation: 'https://docs.langflow.org/batch-run',
  inputs,
  outputs: { batch_results: { type: 'DataFrame', label: 'LLM Results', method: 'run_batch', run } },
})

async function run({ inputs, context }: Args): Promise<DataFrame> {
  const { df, column_name, system_message, enable_metadata } = inputs
  if (!df) throw new AppError('invalid_field', ['Expected DataFrame input, got nothing. Connect a table.'])
  if (column_name !== '' && !df.columns.includes(column_name)) {
    const why = `Column '${column_name}' not found in the DataFrame. Available columns: ${df.columns.join(', ')}`
    throw new AppError('invalid_field', [why])
  }
  const outputColumn = inputs.output_column_name || 'model_response'
  const columns = [...df.columns, outputColumn, 'batch_index', ...(enable_metadata ? ['metadata'] : [])]
  if (df.rows.length === 0) return dataFrame([], { columns: [...new Set(columns)] })
  const model = await chosenModel(inputs, context)
  const texts = df.rows.map((row) => (column_name === '' ? rowAsToml(row, df.columns) : pyStr(row[column_name])))
  const answers = await askAll(model, { system: system_message, texts }, context)
  const rows = df.rows.map((row, index) => ({
    ...row,
    [outputColumn]: answers[index] ?? '',
    batch_index: index,
    ...(enable_metadata && {
      metadata: {
        has_system_message: system_message.trim() !== '',
        input_length: texts[index]?.length ?? 0,
        response_length: answers[index]?.length ?? 0,
        processing_status: 'success',
      },
    }),
  }))
  return dataFrame(rows, { columns: [...new Set(columns)], text_key: df.text_key })
}

interface Questions {
  readonly system: string
  readonly texts: readonly string[]
}

/** The answers in the order of the texts. The first failure ends the rest. */
async function askAll(model: LanguageModel, { system, texts }: Questions, context: RunContext) {
  const first: readonly ModelMessage[] = system.trim() === '' ? [] : [{ role: 'system', content: system }]
  const failed = new AbortController()
  const signal = AbortSignal.any([context.signal, failed.signal])
  const answers: string[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < texts.length; index = next++) {
      signal.throwIfAborted()
      const turn: ModelMessage = { role: 'user', content: [{ type: 'text', text: texts[index] ?? '' }] }
      const request = { messages: [...first, turn], stream: false }
      answers[index] = await askText(model, request, { signal, addUsage: context.addUsage, spans: context.spans })
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, texts.length) }, worker))
  } catch (error) {
    failed.abort(error)
    throw error
  }
  return answers
}

/** A row as TOML, one table per column. */
function rowAsToml(row: Readonly<Record<string, unknown>>, columns: readonly string[]): string {
  const key = (name: string) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name))
  return columns.map((name) => `[${key(name)}]\nvalue = ${JSON.stringify(pyStr(row[name]))}\n`).join('\n')
}
