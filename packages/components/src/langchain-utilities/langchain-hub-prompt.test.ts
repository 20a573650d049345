import { message } from '@runnel/sdk'
import { type FakeService, httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { langChainHubPrompt } from './langchain-hub-prompt.ts'

const made = (name: string, kwargs: object) => ({ lc: 1, type: 'constructor', id: ['langchain', name], kwargs })
const text = (template: string, ...input_variables: string[]) => made('PromptTemplate', { template, input_variables })
const manifests: Readonly<Record<string, object>> = {
  '/commits/ada/rivers/latest': made('ChatPromptTemplate', {
    messages: [
      made('SystemMessagePromptTemplate', { prompt: text('You know {topic}.', 'topic') }),
      made('HumanMessagePromptTemplate', { prompt: text('{question} {rest}', 'question', 'rest') }),
    ],
  }),
  '/commits/-/plain/abc123': text('Tell of {topic}', 'topic'),
  '/commits/ada/empty/latest': made('Other', {}),
}
const hub: FakeService = ({ path, headers }) => {
  if (headers['x-api-key'] !== 'key') return { status: 403, body: { error: 'Forbidden' } }
  const manifest = manifests[path]
  return manifest ? { body: { commit_hash: 'abc123', manifest } } : { status: 404, body: { detail: 'Not found' } }
}
const ask = async (langchain_hub_prompt: string, inputs = {}, dynamic = {}) => {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const given = { langchain_api_key: 'key', langchain_hub_prompt, ...inputs }
  const { prompt } = await runComponent(langChainHubPrompt, given, { http: httpOf(hub, seen), dynamic })
  return prompt
}

test('fills in a conversation from its fields and says who speaks; what has no value keeps its name', async () => {
  const fields = { param_topic: message('rivers'), param_question: 'Where?', other: 'x' }
  expect(await ask('ada/rivers', {}, fields)).toMatchObject({
    text: 'System: You know rivers.\nHuman: Where? {rest}',
  })
})

test('fills in a text of a commit from its parameters', async () => {
  expect(await ask('plain:abc123', { parameters: { topic: 'lakes' } })).toMatchObject({ text: 'Tell of lakes' })
})

test.each([
  ['ada/rivers', { langchain_api_key: '' }, 'Please provide a LangChain API Key'],
  ['ada/rivers', { langchain_api_key: 'wrong' }, '403'],
  ['ada/gone', {}, '404'],
  ['ada/empty', {}, 'holds no text'],
  ['../secret', {}, 'names no prompt'],
])('says what is wrong with %s and %j', async (name, inputs, why) => {
  await expect(ask(name, inputs)).rejects.toThrow(why)
})
