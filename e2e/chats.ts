import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFlow } from '@runnel/protocol/flows'
import { listMessages, type MessageRow } from '@runnel/protocol/monitor-messages'
import { createVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Journey, startJourney } from './journey.ts'

export interface Chat {
  readonly page: Page
  readonly flowId: string
}

export interface ChatJourney extends Journey {
  /** The model behind every new chat. */
  readonly model: Pick<ChatServer, 'url' | 'requests'>
  /** Sets a variable, known already or not. */
  setVariable(name: string, value: string): Promise<void>
  /** A flow of its own whose model streams its answers, and the page that chats with it beside the canvas. */
  newChat(): Promise<Chat>
  /** One more page that chats with a flow. */
  openChat(flowId: string, options?: BrowserContextOptions): Promise<Page>
  /** What was said with a flow, as the server has it. */
  stored(flowId: string): Promise<readonly MessageRow[]>
}

/**
 * A server, a browser and a model for the tests of a file.
 * @param answers what the model says to a text, else it says what it was told
 */
export function startChats(answers: Readonly<Record<string, string>> = {}): ChatJourney {
  const { runnel, newPage } = startJourney()
  let model: ChatServer | undefined
  const begun = (): ChatServer => {
    if (!model) throw new Error('The journey has not begun.')
    return model
  }
  beforeAll(async () => {
    model = await chatServer((asked) => answers[asked] ?? `The model says: ${asked}`)
    await setVariable('OPENAI_API_KEY', 'a key')
  })
  afterAll(() => model?.[Symbol.asyncDispose]())

  async function setVariable(name: string, value: string): Promise<void> {
    const known = (await runnel.client.call(listVariables, {})).find((one) => one.name === name)
    if (known) await runnel.client.call(updateVariable, { params: { variable_id: known.id }, body: { value } })
    else await runnel.client.call(createVariable, { body: { name, value, type: 'Generic' } })
  }

  async function openChat(flowId: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await newPage({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
    await page.goto(`${runnel.address}/flow/${flowId}?panel=playground`)
    await page.getByTestId('input-chat-playground').waitFor()
    return page
  }

  return {
    runnel,
    newPage,
    model: {
      get url() {
        return begun().url
      },
      get requests() {
        return begun().requests
      },
    },
    setVariable,
    openChat,
    async newChat() {
      await setVariable('OPENAI_BASE_URL', begun().url)
      const { id } = await runnel.client.call(createFlow, { body: { name: `Chat ${Date.now()}`, data: streaming() } })
      return { flowId: id, page: await openChat(id) }
    },
    stored: (flowId) => runnel.client.call(listMessages, { query: { flow_id: flowId } }),
  }
}

/** Basic Prompting, its answers streamed. */
function streaming() {
  const { data } = JSON.parse(readFileSync(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'))
  for (const { data: node } of data.nodes) if (node.node?.template?.stream) node.node.template.stream.value = true
  return data
}

export const messagesIn = (page: Page): Locator => page.getByTestId('div-chat-message')

/** Writes a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('input-chat-playground').fill(text)
  await page.getByTestId('input-chat-playground').press('Enter')
}

/** Resolves when the model's answer to a text is shown to its end. */
export const answered = (page: Page, text: string): Promise<void> =>
  messagesIn(page)
    .filter({ hasText: `The model says: ${text}` })
    .and(page.locator('[data-state="complete"]'))
    .waitFor()
