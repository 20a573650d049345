import { createApiKey } from '@runnel/protocol/api-keys'
import { uploadUserFile } from '@runnel/protocol/files'
import { createFlowTest, runFlowTests } from '@runnel/protocol/flow-tests'
import { createFlow, type FlowCreate } from '@runnel/protocol/flows'
import { listRuns } from '@runnel/protocol/monitor'
import { createProject } from '@runnel/protocol/projects'
import { publishFlow } from '@runnel/protocol/publications'
import { runFlow } from '@runnel/protocol/runs'
import { createVariable } from '@runnel/protocol/variables'
import type { ChatAnswer } from '@runnel/testing/chat-server'
import { echoFlow } from './echo-flow.ts'
import type { Runnel } from './start-runnel.ts'

/** The agent on the canvas, and the flow in the playground. */
const CHATS: readonly string[] = ['Simple Agent', 'Memory Chatbot']

/** What the pages in the pictures are about. */
export interface PictureData {
  /** A flow of two chat nodes that has run. */
  readonly echoId: string
  /** The newest run of it. */
  readonly runId: string
  /** An agent that has used a tool. */
  readonly canvasId: string
  /** The run in which it did. */
  readonly agentRunId: string
  /** A flow one has chatted with. */
  readonly chatId: string
  /** A flow whose last run failed. */
  readonly failedId: string
  readonly emptyProjectId: string
}

/** What the model of the pictures says. */
export const pictureAnswer: ChatAnswer = (asked, role) => {
  if (/longest rivers/i.test(asked)) return LONGEST_RIVERS
  if (/first of them/i.test(asked)) return 'The **Nile** flows through eleven countries, from Burundi to Egypt.'
  if (!/percent/i.test(asked) && role !== 'tool') return `About “${asked}”: a short answer.`
  if (role === 'tool') return '17.5 percent of 2,340 is **409.5**.'
  return { name: 'evaluate_expression', input: '{"expression": "2340 * 0.175"}' }
}

const LONGEST_RIVERS = `Measured from the farthest source, these are the three longest:

| River | Length | Flows into |
|---|---:|---|
| Nile | 6,650 km | Mediterranean Sea |
| Amazon | 6,400 km | Atlantic Ocean |
| Yangtze | 6,300 km | East China Sea |

The first two are close: it depends on which spring one begins at.`

/** Fills a server as a week of use would: flows, runs, messages, a publication, keys, variables and files. */
export async function fillForPictures({ address, client }: Runnel): Promise<PictureData> {
  const examples: unknown = await (await fetch(`${address}/api/v1/flows/basic_examples/`)).json()
  if (!Array.isArray(examples)) throw new Error('The server has no starters')
  await client.call(createVariable, { body: { name: 'OPENAI_API_KEY', value: 'sk-none', type: 'Credential' } })
  const made = new Map<string, string>()
  const shown = [...examples.slice(0, 6), ...examples.filter(({ name }) => CHATS.includes(name))]
  for (const { name, description, data } of shown) {
    made.set(name, (await client.call(createFlow, { body: { name, description, data } })).id)
  }
  const [canvasId = '', chatId = ''] = CHATS.map((name) => made.get(name))
  const ask = (id: string, input_value: string, session_id = id) =>
    client.call(runFlow, { params: { flow_id_or_name: id }, body: { input_value, session_id } })
  await ask(canvasId, 'How much is 17.5 percent of 2,340?')
  await ask(chatId, 'Which are the three longest rivers?')
  await ask(chatId, 'How many countries does the first of them cross?')
  const description = 'Repeats what it is told.'
  const echo: FlowCreate = { ...(await echoFlow('Echo')), description, mcp_enabled: true, action_name: 'echo' }
  const { id: echoId } = await client.call(createFlow, { body: echo })
  for (const [index, text] of ['Hello', 'How are you?', '你好', 'Until tomorrow'].entries()) {
    await ask(echoId, text, index < 2 ? 'monday' : 'tuesday')
  }
  const [failedId = ''] = made.values()
  // It has no file to read: one run that failed belongs to the list.
  await ask(failedId, 'Will it work?', 'tuesday').catch(() => undefined)
  await client.call(publishFlow, { params: { flow_id: echoId }, body: { note: 'First version' } })
  const asked = { input_value: 'Hello', ignore_case: true } as const
  for (const test of [
    { name: 'Greets back', check: 'equals', expected: 'hello', ...asked },
    { name: 'Names the deadline', check: 'contains', expected: '30 days', ...asked },
  ] as const) {
    await client.call(createFlowTest, { params: { flow_id: echoId }, body: test })
  }
  await client.call(runFlowTests, { params: { flow_id: echoId }, body: {} })
  await client.call(createApiKey, { body: { name: 'Website' } })
  await client.call(createVariable, { body: { name: 'GREETING', value: 'Good morning', type: 'Generic' } })
  for (const name of ['handbook.md', 'prices.csv', '说明.txt']) {
    const form = new FormData()
    form.append('file', new Blob([`${name}\n`.repeat(40)]), name)
    await client.call(uploadUserFile, { form })
  }
  const { id: emptyProjectId } = await client.call(createProject, { body: { name: 'Ideas' } })
  const newestRun = async (id: string): Promise<string> =>
    (await client.call(listRuns, { query: { flow_id: id, kind: ['run'] } })).runs[0]?.id ?? ''
  const [runId, agentRunId] = await Promise.all([newestRun(echoId), newestRun(canvasId)])
  return { echoId, runId, canvasId, agentRunId, chatId, failedId, emptyProjectId }
}
