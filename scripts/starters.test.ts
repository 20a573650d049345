import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FlowServer, flowServer } from './test-flow-server.ts'

const FOLDER = join(import.meta.dirname, '../starters')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const starter = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))

/** What is asked of a starter, and what must come of it. */
interface Trial {
  readonly ask: string
  /** In the answer. */
  readonly says: string
  /** In what a model was told besides. */
  readonly tells?: string
}

const trials: Readonly<Record<string, Trial>> = {
  'Basic Prompting': { ask: 'Why?', says: 'The model says: Why?', tells: 'You explain things to newcomers.' },
  'Memory Chatbot': { ask: 'Hi', says: 'The model says: Hi', tells: 'User: Hi' },
  'Prompt Chaining': { ask: 'Tea', says: 'The model says: The model says: The model says: Tea' },
  'Simple Agent': { ask: 'Please use fetch_content {"urls":["https://rivers.test/"]}', says: 'About rivers.test.' },
  'Web Researcher': { ask: 'Please use perform_search {"query":"rivers"}', says: 'What is known of Lakes' },
  'Encyclopedia Tutor': {
    ask: 'Please use fetch_content_dataframe {"input_value":"Nile"}',
    says: 'The Nile is a river.',
  },
  'Weather Desk': {
    ask: 'Please use make_api_request {"url_input":"https://api.open-meteo.com/v1/forecast?latitude=1"}',
    says: '"temperature_2m": 21.5',
  },
  'Editor and Researcher': {
    ask: 'Please use Call_Agent_message_response {"input_value":"Find rivers"}',
    says: 'The model says: The model says: Find rivers',
    tells: 'You find facts on the web',
  },
  'Travel Planner': {
    ask: 'Rome',
    says: 'The model says: The model says: The model says: Rome',
    tells: 'Estimate the hours',
  },
  'Question Router': { ask: 'A refund, please', says: 'The model says: A refund', tells: 'You handle refunds.' },
  'Topic Router': { ask: 'It crashes', says: 'The model says: It crashes', tells: 'You help with technical questions' },
  'Translate in Parts': { ask: 'One.\n\nTwo.', says: 'The model says: One.', tells: 'Translate the text' },
  'Paper Digest': { ask: 'rivers', says: 'Title: Paper 2', tells: 'Explain the paper' },
  'Second Opinion': { ask: 'Rivers', says: 'The model says: The model says: Rivers', tells: 'three weakest points' },
  'Contact Extractor': { ask: 'Ada, ada@a.test', says: '| word   | word    | word    |' },
  'Feedback Table': {
    ask: 'Great\nBad',
    says: '| Bad    | The model says: Bad   |',
    tells: 'positive, negative or mixed',
  },
  'Document Q&A': { ask: 'How many boats?', says: 'How many boats?', tells: 'Rivers carried 42 boats.' },
  'Report to File': { ask: 'Rivers', says: 'The model says: Rivers', tells: 'Write a report' },
  'Exchange Rates': { ask: 'Dollars?', says: 'Dollars?', tells: '1.08' },
  'News Briefing': { ask: 'rivers', says: 'News on rivers (Mon, 01 Jan 2024', tells: 'Write a briefing' },
  'Ask Long Documents': { ask: 'How many boats?', says: 'How many boats?', tells: 'Rivers carried 42 boats.' },
  'Fill a Knowledge Base': { ask: '', says: 'of 1 passages in rivers.' },
  'Page Librarian': {
    ask: 'Please use search_documents {"search_query":"langflow"}',
    says: 'About docs.langflow.org.',
  },
  'Nearest Headline': { ask: 'When is a refund paid?', says: '- Refunds are paid within fourteen days.' },
  'Video Summary': { ask: 'https://youtu.be/abcdefghijk', says: 'Rivers flow.', tells: 'Sum the transcript up' },
  'Guarded Chat': { ask: 'Write to ada@a.test', says: 'The model says: Write to [EMAIL_1]' },
  'Table in Plain Words': { ask: 'name,size\nPo,652\nNile,6650', says: '| Nile   |   6650 |' },
}
/** Starters that nobody asks in a chat. */
const OTHERS = ['Webhook Summary']

let server: FlowServer
beforeAll(async () => {
  server = await flowServer()
})
afterAll(() => server[Symbol.asyncDispose]())

test('the starters are as their specifications and the catalogue say', () => {
  execFileSync(process.execPath, [join(import.meta.dirname, 'starters.ts'), '--check'])
})

test('every starter is tried', () => {
  expect([...Object.keys(trials), ...OTHERS].map((name) => `${name}.json`).sort()).toEqual(files.toSorted())
})

interface Form {
  readonly template: Readonly<Record<string, { readonly type?: string; readonly input_types?: readonly string[] }>>
  readonly outputs: readonly { readonly name: string; readonly types: readonly string[] }[]
}
/** What the editor goes by when it says that a component is outdated. */
const formOf = ({ template, outputs }: Form) => ({
  fields: Object.fromEntries(
    Object.entries(template)
      .filter(([name]) => !name.startsWith('_'))
      .map(([name, { type, input_types: taken = [] }]) => [name, { type, taken }]),
  ),
  outputs: outputs.map(({ name, types }) => ({ name, types })),
})

test.each(files)('the components of %s are as the server describes them today', async (file) => {
  const nodes = starter(file).data.nodes.filter(({ type }: { readonly type: string }) => type === 'genericNode')
  expect(nodes).not.toEqual([])
  for (const { id, data } of nodes) {
    const body = { code: '', frontend_node: { ...data.node, type: data.type, tool_mode: data.node.tool_mode === true } }
    const { json } = await server.call('POST', '/api/v1/custom_component', body)
    const { data: today } = json as { readonly data: Form }
    expect({ id, ...formOf(today) }).toEqual({ id, ...formOf(data.node) })
  }
})

test.each(Object.entries(trials))('%s is imported and runs', async (name, { ask, says, tells = '' }) => {
  const flow = await server.add(starter(`${name}.json`))
  const { status, said } = await server.run(flow, ask)
  expect({ status, said }).toEqual({ status: 200, said: expect.stringContaining(says) })
  expect(server.told()).toContain(tells)
})

test('Question Router sends other questions down the other way', async () => {
  const { said } = await server.run(await server.add(starter('Question Router.json')), 'How does it work?')
  expect(said).toContain('How does it work?')
  expect(server.told()).not.toContain('You handle refunds.')
})

test('Guarded Chat keeps a password from the model', async () => {
  const { said } = await server.run(await server.add(starter('Guarded Chat.json')), 'My password: hunter22')
  expect(said).toBe('That was not sent to the model. Tokens/Passwords: password')
  expect(server.told()).toBe('')
})

test('Memory Chatbot tells the model what was said before', async () => {
  const flow = await server.add(starter('Memory Chatbot.json'))
  await server.run(flow, 'I am Ada.', 'session-1')
  await server.run(flow, 'Who am I?', 'session-1')
  expect(server.told()).toContain('User: I am Ada.')
})

test('Report to File keeps the report among the files of the user', async () => {
  await server.run(await server.add(starter('Report to File.json')), 'Lakes')
  const kept = await server.call('GET', '/api/v2/files')
  expect(JSON.stringify(kept.json)).toContain('report')
})

test('Webhook Summary sums up what is posted', async () => {
  const flow = await server.add(starter('Webhook Summary.json'))
  const { status } = await server.call('POST', `/api/v1/webhook/${flow}`, { title: 'News', body: 'Much has happened.' })
  expect(status).toBe(202)
  const messages = async () =>
    JSON.stringify((await server.call('GET', `/api/v1/monitor/messages?flow_id=${flow}`)).json)
  await expect.poll(messages).toContain('The model says: News\\n\\nMuch has happened.')
})
