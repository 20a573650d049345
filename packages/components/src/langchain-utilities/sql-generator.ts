import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, formatPython, type Message, message, type RunArguments } from '@runnel/sdk'
import { connectedLlm } from '../shared/connected-agent.ts'
import { askText } from '../shared/language-model.ts'
import { connectedDatabase, describeTables, tableNames } from '../shared/sql-schema.ts'

const PROMPT = `Write one SQL query that answers the question.

- Use only the tables and columns below, by their exact names; quote names that need it.
- Ask for the columns the answer needs, not for all.
- Unless the question says how many rows it wants, limit the query to {top_k} rows.
- Answer with the query alone: no explanation, no marks around it.

{table_info}

Question: {question}`

const inputs = {
  input_value: field.message({ label: 'Input', info: 'The question, in plain words.', required: true }),
  llm: field.handle({
    label: 'Language Model',
    info: 'The model that writes the query.',
    required: true,
    accepts: ['LanguageModel'],
  }),
  db: field.handle({
    label: 'SQLDatabase',
    info: 'The database the question is about.',
    required: true,
    accepts: ['SQLDatabase'],
  }),
  top_k: field.int({ label: 'Top K', info: 'How many rows the query gives at most.', default: 5 }),
  prompt: field.multiline({
    label: 'Prompt',
    info: 'What the model is asked; {question}, {table_info} and {top_k} stand for what they say.',
  }),
} as const

export const sqlGenerator = defineComponent({
  type: 'SQLGenerator',
  aliases: ['SQLGeneratorComponent'],
  displayName: 'Natural Language to SQL',
  description: 'Writes a SQL query that answers a question.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs,
  outputs: {
    text: { type: 'Message', label: 'Message', method: 'invoke_chain', run: query },
  },
})

async function query({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<Message> {
  const { input_value, llm, db, top_k } = chosen
  const prompt = chosen.prompt.trim() || PROMPT
  if (!prompt.includes('{question}')) {
    throw new AppError('invalid_field', ['Prompt must contain `{question}` to be used with Natural Language to SQL.'])
  }
  if (top_k < 1) throw new AppError('invalid_field', ['Top K must be greater than 0.'])
  const model = connectedLlm(llm)
  const url = connectedDatabase(db)
  const table_info = await describeTables(url, await tableNames(url, context), context)
  const text = formatPython(prompt, { question: input_value?.text ?? '', table_info, top_k })
  const answer = await askText(
    model,
    { messages: [{ role: 'user', content: [{ type: 'text', text }] }], stream: false },
    context,
  )
  const said = message(queryIn(answer))
  context.setStatus(said.text)
  return said
}

/** Models put marks around code whatever they are told. */
function queryIn(answer: string): string {
  const fenced = /```(?:sql)?\s*\n([\s\S]*?)```/i.exec(answer)
  return (fenced?.[1] ?? answer).replace(/^\s*SQLQuery:\s*/i, '').trim()
}
