import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startBuild } from '@runnel/protocol/builds'
import { uploadUserFile } from '@runnel/protocol/files'
import { createFlow, readFlow } from '@runnel/protocol/flows'
import { listMessages, listSessions } from '@runnel/protocol/monitor-messages'
import { publishFlow } from '@runnel/protocol/publications'
import { readCatalogue } from '@runnel/protocol/server-info'
import { createVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { pdf } from '@runnel/testing/pdf'
import { providerServer, reply, replyHanging, replyStream } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { closesItself } from './closes-itself.ts'
import { startJourney } from './journey.ts'
import { addComponent, nodeOf, tidyUp } from './on-canvas.ts'
import { pressInToast } from './toasts.ts'

const { runnel, newPage } = startJourney()
let model: ChatServer
let page: Page
let flowId: string

const MARKDOWN =
  'Look:\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```js\nconst answer = 42\n```\n\nand $x^2$ <script>alert(1)</script>[^1]\n\n[^1]: A note.'

/** Higher than the chat, and drawn anew more than once: formulas and colours come late. */
const LONG = `${MARKDOWN}\n\n${Array.from({ length: 40 }, (_, index) => `Line ${index} of $n$`).join('\n\n')}\n\nThe end.`

const ANSWERS: Readonly<Record<string, string>> = { markdown: MARKDOWN, long: LONG }

beforeAll(async () => {
  model = await chatServer((asked) => ANSWERS[asked] ?? `The model says: ${asked}`)
  await setVariable('OPENAI_API_KEY', 'a key')
})
afterAll(async () => {
  await model[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await setVariable('OPENAI_BASE_URL', model.url)
  flowId = await addStarter()
  page = await openChat()
  return () => page.context().close()
})

async function setVariable(name: string, value: string): Promise<void> {
  const known = (await runnel.client.call(listVariables, {})).find((one) => one.name === name)
  if (known) await runnel.client.call(updateVariable, { params: { variable_id: known.id }, body: { value } })
  else await runnel.client.call(createVariable, { body: { name, value, type: 'Generic' } })
}

/** Basic Prompting, its answers streamed. */
async function addStarter(more: { readonly access_type?: 'PUBLIC' } = {}): Promise<string> {
  const { data } = JSON.parse(readFileSync(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'))
  for (const { data: node } of data.nodes) if (node.node?.template?.stream) node.node.template.stream.value = true
  const flow = await runnel.client.call(createFlow, { body: { name: `Chat ${Date.now()}`, data, ...more } })
  return flow.id
}

async function openChat(options: Parameters<typeof newPage>[0] = {}): Promise<Page> {
  const opened = await newPage({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
  await opened.goto(`${runnel.address}/flow/${flowId}?panel=playground`)
  await opened.getByTestId('input-chat-playground').waitFor()
  return opened
}

const messages = (on: Page = page) => on.getByTestId('div-chat-message')
async function say(text: string, on: Page = page): Promise<void> {
  await on.getByTestId('input-chat-playground').fill(text)
  await on.getByTestId('input-chat-playground').press('Enter')
}
const answered = (text: string, on: Page = page) =>
  messages(on)
    .filter({ hasText: `The model says: ${text}` })
    .and(on.locator('[data-state="complete"]'))
    .waitFor()
const stored = () => runnel.client.call(listMessages, { query: { flow_id: flowId } })

test('a flow is built by hand and chatted with', async () => {
  const flow = await runnel.client.call(createFlow, { body: { name: 'By hand', data: { nodes: [], edges: [] } } })
  await page.goto(`${runnel.address}/flow/${flow.id}`)
  await page.locator('[data-testid="playground-btn-flow"][aria-disabled="true"]').waitFor()
  const node = (type: string) => nodeOf(page, type)
  for (const name of ['Chat Input', 'Language Model', 'Chat Output']) await addComponent(page, name)
  await tidyUp(page)
  await node('ChatInput').locator('.flow-handle.source').first().click()
  await node('LanguageModelComponent').locator('.flow-handle.target').first().click()
  await node('LanguageModelComponent').locator('.flow-handle.source').first().click()
  await node('ChatOutput').locator('.flow-handle.target').first().click()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2)
  await page.getByTestId('playground-btn-flow-io').click()
  await say('Hello')
  await answered('Hello')
  await page.getByTestId('node_duration_language model').waitFor()
})

test('an answer is shown as Markdown, with code to copy and formulas, and nothing of it is run', async () => {
  await say('markdown')
  await page.getByTestId('copy-code-button').waitFor()
  await page.locator('[data-state="complete"] .katex').waitFor()
  await page.locator('[data-state="complete"] .hljs-number').waitFor()
  await expect.poll(() => page.locator('.markdown table td').allTextContents()).toEqual(['1', '2'])
  expect(await page.locator('.markdown script').count()).toBe(0)
  // A note is a place of the same message, not another page.
  await page.locator('.markdown').getByRole('link', { name: '1', exact: true }).click()
  await page.locator('.footnotes').getByText('A note.').waitFor()
  await page.getByRole('link', { name: 'Back to reference 1' }).click()
  expect(page.context().pages()).toHaveLength(1)
  await page.getByTestId('copy-code-button').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('const answer = 42')
})

test('a long answer is read along to its end, unless its reader has turned back', async () => {
  await say('long')
  await messages().and(page.locator('[data-state="complete"]')).getByText('The end.').waitFor()
  await page.locator('[data-state="complete"] .katex').last().waitFor()
  const log = page.getByRole('log')
  const left = () =>
    log.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
  await expect.poll(left).toBeLessThan(2)
  await log.hover()
  await page.mouse.wheel(0, -400)
  await page.getByTestId('to-newest').waitFor()
  await page.getByTestId('to-newest').click()
  await expect.poll(left).toBeLessThan(2)
})

test('what breaks is told with the name of the component, which the canvas shows, and is tried again', async () => {
  await using broken = await providerServer(reply({ error: { message: 'Incorrect API key' } }, { status: 401 }))
  await setVariable('OPENAI_BASE_URL', broken.url)
  await say('Hello')
  const card = page.getByTestId('chat-error')
  await card.getByText('Incorrect API key').waitFor()
  await card.getByRole('button', { name: 'Language Model' }).click()
  await page.locator('.react-flow__node.selected[data-id^="LanguageModelComponent-"]').waitFor()
  await setVariable('OPENAI_BASE_URL', model.url)
  await card.getByRole('button', { name: 'Retry' }).click()
  await answered('Hello')
  await card.waitFor({ state: 'detached' })
  await expect.poll(async () => (await stored()).map(({ sender_name }) => sender_name)).toEqual(['User', 'AI'])
})

test('stopping keeps what was said so far', async () => {
  const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Half an ans' } }] })}\n\n`
  await using slow = await providerServer(replyHanging(piece))
  await setVariable('OPENAI_BASE_URL', slow.url)
  await say('Hello')
  await messages().filter({ hasText: 'Half an ans' }).waitFor()
  await page.getByTestId('button-stop').click()
  await page.locator('[data-state="stopped"]').getByText('Half an ans').waitFor()
  await page.getByTestId('button-send').waitFor()
})

test('Enter that ends a composition does not send, and ↑ brings the last message back', async () => {
  const input = page.getByTestId('input-chat-playground')
  await input.focus()
  const keys = await page.context().newCDPSession(page)
  await keys.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 })
  await input.press('Enter')
  expect(await messages().count()).toBe(0)
  await keys.send('Input.insertText', { text: '你好' })
  await expect.poll(() => input.inputValue()).toContain('你好')
  await input.fill('你好')
  await input.press('Enter')
  await answered('你好')
  await input.press('ArrowUp')
  await expect.poll(() => input.inputValue()).toBe('你好')
})

test('sessions are made, renamed, switched and deleted, and deleting can be undone', async () => {
  await say('first')
  await answered('first')
  // Beside the canvas they stand over the messages, and give way to the one that is chosen.
  await page.getByRole('button', { name: 'Sessions' }).click()
  await page.getByTestId('session-Default session').click()
  await page.getByTestId('session-selector').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Full screen' }).click()
  await page.getByRole('button', { name: 'Sessions' }).click()
  await page.getByTestId('new-chat').click()
  await expect.poll(() => messages().count()).toBe(0)
  await expect.poll(() => runnel.client.call(listSessions, { query: { flow_id: flowId } })).toEqual([flowId])
  await say('second')
  await answered('second')
  const rows = page.getByTestId(/^session-(?!selector|rename)/)
  await expect.poll(() => rows.count()).toBe(2)

  await rows.first().dblclick()
  const name = page.getByTestId('session-rename-input')
  await name.fill('Default session')
  await page.getByText('Another session has this name.').waitFor()
  await name.fill('会话二')
  await name.press('Enter')
  await page.getByTestId('session-会话二').waitFor()
  await expect.poll(() => runnel.client.call(listSessions, { query: { flow_id: flowId } })).toContain('会话二')

  await page.getByTestId('session-Default session').click()
  await answered('first')
  await page.getByRole('button', { name: 'Actions for Default session' }).click()
  await page.getByRole('menuitem', { name: 'Pin' }).click()
  await page.getByRole('region', { name: 'Pinned' }).getByTestId('session-Default session').waitFor()
  await page.getByRole('button', { name: 'Actions for 会话二' }).click()
  await pressInToast(page, {
    button: 'Undo',
    after: () => page.getByTestId('delete-session').click(),
    when: 'body:not(:has([data-testid="session-会话二"]))',
  })
  await page.getByTestId('session-会话二').waitFor()
  await answered('second')
})

test('a session is found by what was said in it, read yet or not', async () => {
  for (const word of ['ant', 'bee', 'cat', 'dog', 'elk', 'fox']) {
    const body = { inputs: { input_value: `Tell me of the ${word}`, session: `About ${word.length}${word[0]}` } }
    const query = { event_delivery: 'direct' as const }
    await (await runnel.client.request(startBuild, { params: { flow_id: flowId }, query, body })).text()
  }
  await page.reload()
  await page.getByTestId('input-chat-playground').waitFor()
  await page.getByRole('button', { name: 'Sessions' }).click()
  const rows = page.getByTestId(/^session-About/)
  await expect.poll(() => rows.count()).toBe(6)
  await page.getByTestId('playground-panel').getByRole('searchbox').fill('the elk')
  await expect.poll(() => rows.allTextContents()).toEqual([expect.stringContaining('About 3e')])
})

test('messages are edited, rated, answered again and deleted', async () => {
  await say('Hello')
  await answered('Hello')
  await messages().last().hover()
  await messages().last().getByTestId('helpful-button').click()
  await expect.poll(async () => (await stored())[1]?.properties.positive_feedback).toBe(true)
  await messages().last().getByTestId('edit-message-button').click()
  await page.getByTestId('textarea').fill('Changed by hand')
  await page.getByTestId('save-button').click()
  await messages().filter({ hasText: '(Edited)' }).getByText('Changed by hand').waitFor()
  await messages().last().getByTestId('regenerate-button').click()
  await answered('Hello')
  await expect.poll(async () => (await stored()).map(({ text }) => text)).toEqual(['Hello', 'The model says: Hello'])
  await messages().first().getByTestId('delete-message-button').click()
  await expect.poll(async () => (await stored()).length).toBe(1)
  await page.reload()
  await answered('Hello')
  await expect.poll(() => messages().count()).toBe(1)
})

test('where one points with a finger, what can be done with a message stands behind one button', async () => {
  const touched = await openChat({ hasTouch: true, isMobile: true })
  await say('Hello', touched)
  await answered('Hello', touched)
  await messages(touched).last().getByTestId('message-actions').tap()
  await touched.getByRole('menuitem', { name: 'Helpful', exact: true }).tap()
  await expect.poll(async () => (await stored())[1]?.properties.positive_feedback).toBe(true)
  expect(await seriousFindings(touched, '[data-testid="playground-panel"]')).toEqual([])
  await touched.context().close()
})

test('an answer that is no good is told why, and its run is opened', async () => {
  await say('Hello')
  await answered('Hello')
  await messages().last().hover()
  await messages().last().getByTestId('not-helpful-button').click()
  const form = page.getByTestId('feedback-form')
  await form.getByRole('button', { name: 'Incomplete' }).click()
  await form.getByTestId('feedback-text').fill('少了一半')
  expect(await seriousFindings(page, '[data-testid="playground-panel"]')).toEqual([])
  await form.getByTestId('send-feedback').click()
  await expect
    .poll(async () => (await stored())[1]?.properties)
    .toMatchObject({ positive_feedback: false, feedback: { reasons: ['incomplete'], text: '少了一半' } })
  const run = page.context().waitForEvent('page')
  await messages().last().getByTestId('open-trace').click()
  await (await run).getByText('Language Model').first().waitFor()
  await page.getByTestId('trace-toggle').click()
  await page.getByRole('tabpanel', { name: 'Timeline' }).getByText('Language Model').waitFor()
})

test('a slash offers prompts and values for the session, an @ files; the flow stays as it is', async () => {
  const input = page.getByTestId('input-chat-playground')
  const list = page.getByTestId('suggestions')
  await input.pressSequentially('/')
  await list.getByText('Set a value or switch the model').waitFor()
  expect(await seriousFindings(page, '[data-testid="playground-panel"]')).toEqual([])
  await input.press('Escape')
  await list.waitFor({ state: 'detached' })

  await input.fill('Tell me about the sea')
  await input.press('Home')
  await input.pressSequentially('/save')
  await input.press('Enter')
  await expect.poll(() => input.inputValue()).toBe('Tell me about the sea')
  await input.fill('/sea')
  await list.getByText('Tell me about the sea').waitFor()
  await input.press('Enter')
  await expect.poll(() => input.inputValue()).toBe('Tell me about the sea')
  expect(await messages().count()).toBe(0)

  await input.fill('/value')
  await input.press('Tab')
  await page.getByTestId('add-session-value').click()
  await page.getByRole('option', { name: 'Data Template' }).click()
  const value = page.getByTestId('session-value-data_template').getByRole('textbox')
  await value.fill('Shown: {text}')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('add-session-variable').click()
  await page.getByRole('option', { name: 'OPENAI_BASE_URL' }).click()
  await page.getByTestId('session-variable-OPENAI_BASE_URL').getByRole('textbox').fill(`${model.url}/of-this-session`)
  await page.getByTestId('close-session-values').click()
  await page.getByTestId('session-values').getByText('Shown: {text}').waitFor()
  const { data } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  expect(JSON.stringify(data)).not.toContain('Shown:')

  const form = new FormData()
  form.append('file', new Blob(['What was sold']), 'report.txt')
  await runnel.client.call(uploadUserFile, { form })
  await input.fill('Read @rep')
  await list.getByText('report.txt').waitFor()
  await input.press('Enter')
  await expect.poll(() => input.inputValue()).toBe('Read @report.txt ')
  await page.locator('[data-testid="attachment"][data-state="ready"]').getByText('report.txt').waitFor()
  await input.press('Enter')
  await answered('Read @report.txt')
  await expect.poll(() => model.requests.at(-1)?.path).toContain('of-this-session')
  await messages().first().getByRole('link', { name: 'Download report.txt' }).waitFor()
})

test('a published version answers in place of the draft, and the chat moves to a window of its own', async () => {
  await runnel.client.call(publishFlow, { params: { flow_id: flowId } })
  await page.reload()
  const prompt = page.locator('.react-flow__node[data-id^="Prompt-"]')
  await prompt.getByTestId('promptarea_prompt_template').click()
  await page.getByTestId('modal-promptarea_prompt_template').fill('Answer as a pirate.')
  await page.getByTestId('genericModalBtnSave').click()
  const spoken = (): string => JSON.stringify(model.requests.at(-1)?.messages)
  await say('one')
  await answered('one')
  expect(spoken()).toContain('Answer as a pirate.')
  await page.getByTestId('chat-version').click()
  await page.getByTestId('chat-with-1').click()
  await say('two')
  await answered('two')
  expect(spoken()).toContain('You explain things')

  const opened = page.context().waitForEvent('page')
  await page.getByTestId('playground-pop-out').click()
  const own = await opened
  await page.getByTestId('playground-panel').waitFor({ state: 'detached' })
  await answered('two', own)
  await say('three', own)
  await answered('three', own)
  await closesItself(own, () => own.getByTestId('playground-close-button').click())
})

test('what is said is written, and a microphone that may not be used is told', async () => {
  await page.addInitScript(() => {
    let denied = false
    class Hearing {
      onresult: ((event: unknown) => void) | undefined
      onerror: ((event: unknown) => void) | undefined
      onend: (() => void) | undefined
      start() {
        if (denied) {
          this.onerror?.({ error: 'not-allowed' })
          this.onend?.()
        } else this.onresult?.({ results: [[{ transcript: '今天天气怎么样' }]] })
      }
      stop() {
        denied = true
        this.onend?.()
      }
    }
    Object.assign(window, { SpeechRecognition: Hearing })
  })
  await page.reload()
  const voice = page.getByTestId('voice-button')
  await voice.click()
  const input = page.getByTestId('input-chat-playground')
  await expect.poll(() => input.inputValue()).toBe('今天天气怎么样')
  await expect.poll(() => voice.getAttribute('aria-pressed')).toBe('true')
  await voice.click()
  await expect.poll(() => voice.getAttribute('aria-pressed')).toBe('false')
  await voice.click()
  await page.getByText('The browser may not use the microphone').first().waitFor()
})

test('a picture is pasted, uploaded, sent to the model and shown', async () => {
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await page.getByTestId('input-chat-playground').evaluate((field, base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'dot.png', { type: 'image/png' }))
    clipboardData.items.add(new File(['MZ'], 'virus.exe'))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, dot)
  await page
    .getByText(/virus.exe is not of an allowed type/)
    .first()
    .waitFor()
  await page.locator('[data-testid="attachment"][data-state="ready"]').waitFor()
  await page.getByTestId('playground-panel').getByRole('button', { name: 'Close' }).click()
  await page.getByTestId('playground-panel').waitFor({ state: 'detached' })
  await page.getByTestId('playground-btn-flow-io').click()
  await page.locator('[data-testid="attachment"][data-state="ready"]').waitFor()
  await say('What is it?')
  await answered('What is it?')
  const picture = messages().first().getByRole('img', { name: 'dot.png' })
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1)
  await expect.poll(async () => (await stored())[0]?.files).toContain('dot.png')
})

test('files are dropped anywhere on the panel, and what is sent meanwhile waits for their upload', async () => {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/api/v1/files/upload/**', async (route) => {
    await held
    await route.continue()
  })
  const header = page.getByTestId('playground-panel').locator('header').first()
  const dataTransfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['What was sold'], 'sales.csv', { type: 'text/csv' }))
    return data
  })
  await header.dispatchEvent('dragenter', { dataTransfer })
  await page.getByText('Drop files to attach them').waitFor()
  await header.dispatchEvent('drop', { dataTransfer })
  const attachment = page.getByTestId('attachment')
  await attachment.and(page.locator('[data-state="uploading"]')).getByRole('progressbar').waitFor()
  await say('Read it')
  await page.getByRole('button', { name: 'Sent once the files are uploaded' }).waitFor()
  expect(await messages().count()).toBe(0)
  release()
  await answered('Read it')
  await messages().first().getByRole('link', { name: 'Download sales.csv' }).waitFor()
  await attachment.waitFor({ state: 'detached' })
})

test('what a document says is told to the model, and the message shows the file with its size', async () => {
  const buffer = Buffer.from(pdf('Ada wrote this report'))
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('upload-file-button').click()
  await (await chooser).setFiles([
    { name: 'report.pdf', mimeType: 'application/pdf', buffer },
    { name: '说明.yaml', mimeType: 'text/yaml', buffer: Buffer.from('author: Ada') },
  ])
  await expect.poll(() => page.locator('[data-testid="attachment"][data-state="ready"]').count()).toBe(2)
  await say('Who wrote it?')
  const file = messages().first().getByRole('link', { name: 'Download report.pdf' })
  await file.getByText(/^\d/).waitFor()
  const told = (): string => JSON.stringify(model.requests.at(-1)?.messages)
  await expect.poll(told).toContain('Ada wrote this report')
  expect(told()).toContain('author: Ada')
})

test('what a model thought stands apart from what it says', async () => {
  const piece = (delta: object, reason: string | null = null): string =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`
  await using thinking = await providerServer(
    replyStream(
      piece({ reasoning_content: 'Rivers **flow**.' }),
      piece({ content: 'They do.' }),
      piece({}, 'stop'),
      'data: [DONE]\n\n',
    ),
  )
  await setVariable('OPENAI_BASE_URL', thinking.url)
  await say('Do they?')
  const answer = messages().last().and(page.locator('[data-state="complete"]'))
  await answer.getByText('They do.').waitFor()
  const thought = answer.getByTestId('reasoning')
  await thought.getByRole('button', { name: /^Thought for \d/, expanded: false }).click()
  await thought.getByText('Rivers flow.').waitFor()
  expect(await seriousFindings(page, '[data-testid="playground-panel"]')).toEqual([])
  await page.reload()
  await thought.getByRole('button', { name: /^Thought for/ }).waitFor()
})

test('a conversation of hundreds of messages draws those that are seen', async () => {
  const runs = Array.from({ length: 8 }, (_, index) => index)
  await say('0')
  await answered('0')
  const lines = await stored()
  const kept = Array.from({ length: 300 }, (_, index) => ({
    ...lines[index % 2],
    id: crypto.randomUUID(),
    text: `Line ${index}`,
  }))
  await page.route('**/api/v1/monitor/messages?*session_id*', (route) => route.fulfill({ json: kept }))
  await page.reload()
  await page.getByText('Line 299').waitFor()
  await expect.poll(() => messages().count()).toBeLessThan(60)
  for (const _ of runs) await page.mouse.wheel(0, -2000)
  await page.getByRole('log').evaluate((list) => list.scrollTo(0, 0))
  await page.getByText('Line 0', { exact: true }).waitFor()
  await page.getByTestId('to-newest').click()
  await page.getByText('Line 299').waitFor()
})

test('a flow nobody can chat with is run by a form', async () => {
  const known = await runnel.client.call(readCatalogue, {})
  const data = { id: 'TextInput-a', type: 'TextInput', node: known.input_output?.TextInput }
  const read = { id: 'File-b', type: 'File', node: known.files_and_knowledge?.File }
  const nodes = [data, read].map((one, index) => ({
    id: one.id,
    type: 'genericNode',
    position: { x: index * 400, y: 0 },
    data: one,
  }))
  const { id } = await runnel.client.call(createFlow, { body: { name: 'Form', data: { nodes, edges: [] } } })
  await page.goto(`${runnel.address}/flow/${id}`)
  await page.getByTestId('run-with-form').click()
  await page.getByTestId('form-input-TextInput-a').fill('Typed in')
  await page
    .getByTestId('form-field-path')
    .getByTestId(/^button_open_file_management/)
    .click()
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'given.txt', mimeType: 'text/plain', buffer: Buffer.from('Read from a file') })
  await page.getByTestId('file-item-given').getByRole('checkbox').and(page.locator(':checked')).waitFor()
  await page.getByTestId('select-files-modal-button').click()
  await page.getByTestId('run-form').click()
  await page.getByTestId('output-card').getByText('Typed in').waitFor()
  await page.getByTestId('output-card').getByText('Read from a file').first().waitFor()
  const { data: kept } = await runnel.client.call(readFlow, { params: { flow_id: id } })
  expect(JSON.stringify(kept)).not.toContain('given.txt')
})

test('a flow is run on every row of a file, what failed is run again, and all of it is downloaded', async () => {
  await page.getByTestId('open-batch').click()
  const dialog = page.getByTestId('batch-dialog')
  const take = async (name: string, text: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByTestId('choose-batch-file').click()
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }
  await dialog.getByText('No rows yet').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await take('questions.csv', 'id,Chat Input\n1,How far?\n2,"多远, exactly?"\n3,How high?\n')
  await dialog.getByTestId('batch-row-2').getByText('多远, exactly?').waitFor()
  await setVariable('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
  await dialog.getByTestId('run-batch').click()
  await dialog.getByText('3 failed').waitFor()
  await setVariable('OPENAI_BASE_URL', model.url)
  await dialog.getByTestId('retry-batch').click()
  await dialog.getByText('3 of 3 done').waitFor()
  await dialog.getByTestId('batch-row-2').getByText('The model says: 多远, exactly?').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await dialog.getByTestId('download-batch').click()
  const saved = page.waitForEvent('download')
  await page.getByTestId('download-batch-csv').click()
  const file = await saved
  expect(file.suggestedFilename()).toBe('questions.results.csv')
  const text = readFileSync(await file.path(), 'utf8')
  expect(text).toMatch(
    /^\uFEFFid,Chat Input,status,Chat Output,error,duration_ms\r\n1,How far\?,done,The model says: How far\?,,\d+/,
  )
  expect(text).toContain('2,"多远, exactly?",done,"The model says: 多远, exactly?",')
  // Nothing of it is in the conversations, and the dialog finds it again.
  await expect.poll(() => runnel.client.call(listSessions, { query: { flow_id: flowId } })).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.getByTestId('open-batch').click()
  await dialog.getByText('3 of 3 done').waitFor()
})

test('visitors chat with a shared flow without a login, apart from one another, and learn nothing of it', async () => {
  await page.getByTestId('publish-button').click()
  await page.getByTestId('publish-switch').click()
  await page.getByTestId('share-built-with').click()
  await page.getByTestId('share-steps').click()
  await page.getByRole('option', { name: 'None' }).click()
  expect(await seriousFindings(page)).toEqual([])
  const address = await page.getByTestId('shared-link').getAttribute('href')
  const [one, two] = [await newPage(), await newPage()]
  const heard: string[] = []
  one.on('response', (response) => {
    if (response.url().includes('/api/'))
      void response.text().then(
        (text) => heard.push(text),
        () => undefined,
      )
  })
  await one.goto(String(address))
  await say('from one', one)
  await answered('from one', one)
  expect(await one.getByText('Built with Runnel').count()).toBe(0)
  await one.reload()
  await answered('from one', one)
  // A page that stands in no other is told what it tells.
  await two.addInitScript(() => {
    const told: unknown[] = []
    addEventListener('message', ({ data }) => told.push(data.type))
    Object.assign(window, { told })
  })
  await two.goto(String(address).replace('/playground/', '/embed/'))
  await two.getByTestId('input-chat-playground').waitFor()
  expect(await messages(two).count()).toBe(0)
  const told = () => two.evaluate(() => Reflect.get(window, 'told'))
  await expect.poll(told).toEqual(expect.arrayContaining(['runnel:ready', 'runnel:size']))
  expect(heard.join('\n')).not.toMatch(/LanguageModelComponent|You explain things|vertices_sorted/)
  expect(await stored()).toEqual([])

  await page.getByTestId('publish-switch').click()
  await page.getByTestId('shared-link').waitFor({ state: 'detached' })
  await one.reload()
  await one.waitForURL((url) => !url.pathname.startsWith('/playground/'))
  await Promise.all([one.context().close(), two.context().close()])
})

test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)('the chat has no serious accessibility findings in %s, %s', async (locale, colorScheme) => {
  const looked = await openChat({ locale, colorScheme })
  await say('markdown', looked)
  await looked.locator('[data-state="complete"] .katex').waitFor()
  await looked.getByRole('button', { name: locale === 'en-US' ? 'Sessions' : '会话', exact: true }).click()
  expect(await seriousFindings(looked, '[data-testid="playground-panel"]')).toEqual([])
  await looked.context().close()
})
