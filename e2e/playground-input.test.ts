import { readFileSync } from 'node:fs'
import { uploadUserFile } from '@runnel/protocol/files'
import { createFlow, readFlow } from '@runnel/protocol/flows'
import { listSessions } from '@runnel/protocol/monitor-messages'
import { readCatalogue } from '@runnel/protocol/server-info'
import { pdf } from '@runnel/testing/pdf'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { answered, messagesIn, say, startChats } from './chats.ts'

const { runnel, model, setVariable, newChat, stored } = startChats()
let page: Page
let flowId: string

beforeEach(async () => {
  ;({ page, flowId } = await newChat())
  return () => page.context().close()
})

test('Enter that ends a composition does not send, and ↑ brings the last message back', async () => {
  const input = page.getByTestId('input-chat-playground')
  await input.focus()
  const keys = await page.context().newCDPSession(page)
  await keys.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 })
  await input.press('Enter')
  expect(await messagesIn(page).count()).toBe(0)
  await keys.send('Input.insertText', { text: '你好' })
  await expect.poll(() => input.inputValue()).toContain('你好')
  await input.fill('你好')
  await input.press('Enter')
  await answered(page, '你好')
  await input.press('ArrowUp')
  await expect.poll(() => input.inputValue()).toBe('你好')
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
  expect(await messagesIn(page).count()).toBe(0)

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
  await answered(page, 'Read @report.txt')
  await expect.poll(() => model.requests.at(-1)?.path).toContain('of-this-session')
  await messagesIn(page).first().getByRole('link', { name: 'Download report.txt' }).waitFor()
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
  await say(page, 'What is it?')
  await answered(page, 'What is it?')
  const picture = messagesIn(page).first().getByRole('img', { name: 'dot.png' })
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1)
  await expect.poll(async () => (await stored(flowId))[0]?.files).toContain('dot.png')
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
  await say(page, 'Read it')
  await page.getByRole('button', { name: 'Sent once the files are uploaded' }).waitFor()
  expect(await messagesIn(page).count()).toBe(0)
  release()
  await answered(page, 'Read it')
  await messagesIn(page).first().getByRole('link', { name: 'Download sales.csv' }).waitFor()
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
  await say(page, 'Who wrote it?')
  const file = messagesIn(page).first().getByRole('link', { name: 'Download report.pdf' })
  await file.getByText(/^\d/).waitFor()
  const told = (): string => JSON.stringify(model.requests.at(-1)?.messages)
  await expect.poll(told).toContain('Ada wrote this report')
  expect(told()).toContain('author: Ada')
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
