import { startBuild } from '@runnel/protocol/builds'
import { createFlow, updateFlow } from '@runnel/protocol/flows'
import { listSessions } from '@runnel/protocol/monitor-messages'
import { publishFlow } from '@runnel/protocol/publications'
import { providerServer, reply, replyHanging, replyStream } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { answered, messagesIn, say, startChats } from './chats.ts'
import { closesItself } from './closes-itself.ts'
import { addComponent, nodeOf, tidyUp } from './on-canvas.ts'
import { pressInToast } from './toasts.ts'

const MARKDOWN =
  'Look:\n\n| a | b |\n| - | - |\n| 1 | 2<br/>3 |\n\n```js\nconst answer = 42\n```\n\nand $x^2$ <script>alert(1)</script>[^1]\n\n[^1]: A note.'

/** Higher than the chat, and drawn anew more than once: formulas and colours come late. */
const LONG = `${MARKDOWN}\n\n${Array.from({ length: 40 }, (_, index) => `Line ${index} of $n$`).join('\n\n')}\n\nThe end.`

const { runnel, newPage, model, setVariable, newChat, openChat, stored } = startChats({
  markdown: MARKDOWN,
  long: LONG,
})
let page: Page
let flowId: string

beforeEach(async () => {
  ;({ page, flowId } = await newChat())
  return () => page.context().close()
})

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
  await say(page, 'Hello')
  await answered(page, 'Hello')
  await page.getByTestId('node_duration_language model').waitFor()
})

test('an answer is shown as Markdown, with code to copy and formulas, and nothing of it is run', async () => {
  await say(page, 'markdown')
  await page.getByTestId('copy-code-button').waitFor()
  await page.locator('[data-state="complete"] .katex').waitFor()
  await page.locator('[data-state="complete"] .hljs-number').waitFor()
  await expect.poll(() => page.locator('.markdown table td').allInnerTexts()).toEqual(['1', '2\n3'])
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
  await say(page, 'long')
  await messagesIn(page).and(page.locator('[data-state="complete"]')).getByText('The end.').waitFor()
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
  await say(page, 'Hello')
  const card = page.getByTestId('chat-error')
  await card.getByText('Incorrect API key').waitFor()
  await card.getByRole('button', { name: 'Language Model' }).click()
  await page.locator('.react-flow__node.selected[data-id^="LanguageModelComponent-"]').waitFor()
  await setVariable('OPENAI_BASE_URL', model.url)
  await card.getByRole('button', { name: 'Retry' }).click()
  await answered(page, 'Hello')
  await card.waitFor({ state: 'detached' })
  await expect.poll(async () => (await stored(flowId)).map(({ sender_name }) => sender_name)).toEqual(['User', 'AI'])
})

test('stopping keeps what was said so far', async () => {
  const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'Half an ans' } }] })}\n\n`
  await using slow = await providerServer(replyHanging(piece))
  await setVariable('OPENAI_BASE_URL', slow.url)
  await say(page, 'Hello')
  await messagesIn(page).filter({ hasText: 'Half an ans' }).waitFor()
  await page.getByTestId('button-stop').click()
  const stopped = page.locator('[data-state="stopped"]')
  await stopped.getByText('Half an ans').waitFor()
  await page.getByTestId('button-send').waitFor()
  await page.reload()
  await stopped.getByText('Half an ans').waitFor()
})

test('what an answer took is told on demand, at once and later', async () => {
  await page.getByRole('button', { name: 'How the chat is shown' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Durations and tokens' }).click()
  await say(page, 'Hello')
  const figures = messagesIn(page).getByText(/^gpt-4o-mini · [\d.]+ s · 10 tokens in, 5 out/)
  await figures.waitFor()
  await page.reload()
  await figures.waitFor()
})

test('sessions are made, renamed, switched and deleted, and deleting can be undone', async () => {
  await say(page, 'first')
  await answered(page, 'first')
  // Beside the canvas they stand over the messages, and give way to the one that is chosen.
  await page.getByRole('button', { name: 'Sessions' }).click()
  await page.getByTestId('session-Default session').click()
  await page.getByTestId('session-selector').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Full screen' }).click()
  await page.getByRole('button', { name: 'Sessions' }).click()
  await page.getByTestId('new-chat').click()
  await expect.poll(() => messagesIn(page).count()).toBe(0)
  await expect.poll(() => runnel.client.call(listSessions, { query: { flow_id: flowId } })).toEqual([flowId])
  await say(page, 'second')
  await answered(page, 'second')
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
  await answered(page, 'first')
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
  await answered(page, 'second')
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
  await say(page, 'Hello')
  await answered(page, 'Hello')
  await messagesIn(page).last().hover()
  await messagesIn(page).last().getByTestId('helpful-button').click()
  await expect.poll(async () => (await stored(flowId))[1]?.properties.positive_feedback).toBe(true)
  await messagesIn(page).last().getByTestId('edit-message-button').click()
  await page.getByTestId('textarea').fill('Changed by hand')
  await page.getByTestId('save-button').click()
  await messagesIn(page).filter({ hasText: '(Edited)' }).getByText('Changed by hand').waitFor()
  await messagesIn(page).last().getByTestId('regenerate-button').click()
  await answered(page, 'Hello')
  await expect
    .poll(async () => (await stored(flowId)).map(({ text }) => text))
    .toEqual(['Hello', 'The model says: Hello'])
  await messagesIn(page).first().getByTestId('delete-message-button').click()
  await expect.poll(async () => (await stored(flowId)).length).toBe(1)
  await page.reload()
  await answered(page, 'Hello')
  await expect.poll(() => messagesIn(page).count()).toBe(1)
})

test('where one points with a finger, what can be done with a message stands behind one button', async () => {
  const touched = await openChat(flowId, { hasTouch: true, isMobile: true })
  await say(touched, 'Hello')
  await answered(touched, 'Hello')
  await messagesIn(touched).last().getByTestId('message-actions').tap()
  await touched.getByRole('menuitem', { name: 'Helpful', exact: true }).tap()
  await expect.poll(async () => (await stored(flowId))[1]?.properties.positive_feedback).toBe(true)
  expect(await seriousFindings(touched, '[data-testid="playground-panel"]')).toEqual([])
  await touched.context().close()
})

test('an answer that is no good is told why, and its run is opened', async () => {
  await say(page, 'Hello')
  await answered(page, 'Hello')
  await messagesIn(page).last().hover()
  await messagesIn(page).last().getByTestId('not-helpful-button').click()
  const form = page.getByTestId('feedback-form')
  await form.getByRole('button', { name: 'Incomplete' }).click()
  await form.getByTestId('feedback-text').fill('少了一半')
  expect(await seriousFindings(page, '[data-testid="playground-panel"]')).toEqual([])
  await form.getByTestId('send-feedback').click()
  await expect
    .poll(async () => (await stored(flowId))[1]?.properties)
    .toMatchObject({ positive_feedback: false, feedback: { reasons: ['incomplete'], text: '少了一半' } })
  const run = page.context().waitForEvent('page')
  await messagesIn(page).last().getByTestId('open-trace').click()
  await (await run).getByText('Language Model').first().waitFor()
  await page.getByTestId('trace-toggle').click()
  await page.getByRole('tabpanel', { name: 'Timeline' }).getByText('Language Model').waitFor()
})

test('a published version answers in place of the draft, and the chat moves to a window of its own', async () => {
  await runnel.client.call(publishFlow, { params: { flow_id: flowId } })
  await page.reload()
  const prompt = page.locator('.react-flow__node[data-id^="Prompt-"]')
  await prompt.getByTestId('promptarea_prompt_template').click()
  await page.getByTestId('modal-promptarea_prompt_template').fill('Answer as a pirate.')
  await page.getByTestId('genericModalBtnSave').click()
  const spoken = (): string => JSON.stringify(model.requests.at(-1)?.messages)
  await say(page, 'one')
  await answered(page, 'one')
  expect(spoken()).toContain('Answer as a pirate.')
  await page.getByTestId('chat-version').click()
  await page.getByTestId('chat-with-1').click()
  await say(page, 'two')
  await answered(page, 'two')
  expect(spoken()).toContain('You explain things')

  const opened = page.context().waitForEvent('page')
  await page.getByTestId('playground-pop-out').click()
  const own = await opened
  await page.getByTestId('playground-panel').waitFor({ state: 'detached' })
  await answered(own, 'two')
  await say(own, 'three')
  await answered(own, 'three')
  await closesItself(own, () => own.getByTestId('playground-close-button').click())
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
  await say(page, 'Do they?')
  const answer = messagesIn(page).last().and(page.locator('[data-state="complete"]'))
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
  await say(page, '0')
  await answered(page, '0')
  const lines = await stored(flowId)
  const kept = Array.from({ length: 300 }, (_, index) => ({
    ...lines[index % 2],
    id: crypto.randomUUID(),
    text: `Line ${index}`,
  }))
  await page.route('**/api/v1/monitor/messages?*session_id*', (route) => route.fulfill({ json: kept }))
  await page.reload()
  await page.getByText('Line 299').waitFor()
  await expect.poll(() => messagesIn(page).count()).toBeLessThan(60)
  for (const _ of runs) await page.mouse.wheel(0, -2000)
  await page.getByRole('log').evaluate((list) => list.scrollTo(0, 0))
  await page.getByText('Line 0', { exact: true }).waitFor()
  await page.getByTestId('to-newest').click()
  await page.getByText('Line 299').waitFor()
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
  await say(one, 'from one')
  await answered(one, 'from one')
  expect(await one.getByText('Built with Runnel').count()).toBe(0)
  await one.reload()
  await answered(one, 'from one')
  // A page that stands in no other is told what it tells.
  await two.addInitScript(() => {
    const told: unknown[] = []
    addEventListener('message', ({ data }) => told.push(data.type))
    Object.assign(window, { told })
  })
  await two.goto(String(address).replace('/playground/', '/embed/'))
  await two.getByTestId('input-chat-playground').waitFor()
  expect(await messagesIn(two).count()).toBe(0)
  const told = () => two.evaluate(() => Reflect.get(window, 'told'))
  await expect.poll(told).toEqual(expect.arrayContaining(['runnel:ready', 'runnel:size']))
  expect(heard.join('\n')).not.toMatch(/LanguageModelComponent|You explain things|vertices_sorted/)
  expect(await stored(flowId)).toEqual([])

  await page.getByTestId('publish-switch').click()
  await page.getByTestId('shared-link').waitFor({ state: 'detached' })
  // Neither has to do anything for it.
  await two.getByText('This chat is not shared').waitFor()
  await one.waitForURL((url) => !url.pathname.startsWith('/playground/'))
  await Promise.all([one.context().close(), two.context().close()])
})

test('a shared chat whose server does not answer is asked for again, and keeps what was not sent', async () => {
  const visitor = await newPage()
  await runnel.client.call(updateFlow, { params: { flow_id: flowId }, body: { access_type: 'PUBLIC' } })
  await visitor.route('**/public_flow/**', (route) => route.fulfill({ status: 503, json: { detail: 'Busy' } }))
  await visitor.goto(`${runnel.address}/playground/${flowId}`)
  await visitor.getByText('Busy').waitFor()
  await visitor.unroute('**/public_flow/**')
  await visitor.getByRole('button', { name: 'Retry' }).click()
  await visitor.getByTestId('input-chat-playground').waitFor()
  await visitor.route('**/build_public_tmp/**', (route) => route.abort())
  await say(visitor, 'Hello')
  await visitor.getByTestId('chat-trouble').waitFor()
  await visitor.unroute('**/build_public_tmp/**')
  const input = visitor.getByTestId('input-chat-playground')
  await expect.poll(() => input.inputValue()).toBe('Hello')
  await input.press('Enter')
  await answered(visitor, 'Hello')
  await visitor.context().close()
})

test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)('the chat has no serious accessibility findings in %s, %s', async (locale, colorScheme) => {
  const looked = await openChat(flowId, { locale, colorScheme })
  await say(looked, 'markdown')
  await looked.locator('[data-state="complete"] .katex').waitFor()
  await looked.getByRole('button', { name: locale === 'en-US' ? 'Sessions' : '会话', exact: true }).click()
  expect(await seriousFindings(looked, '[data-testid="playground-panel"]')).toEqual([])
  await looked.context().close()
})
