import { readFile } from 'node:fs/promises'
import { startBuild } from '@runnel/protocol/builds'
import { listSessions } from '@runnel/protocol/monitor-messages'
import { publishFlow } from '@runnel/protocol/publications'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { answered, messagesIn, say, startChats } from './chats.ts'
import { pressInToast } from './toasts.ts'

const CODE = Array.from({ length: 40 }, (_, index) => `const line${index + 1} = ${index + 1}`)

const { runnel, newChat, stored } = startChats({
  code: `Two programs:\n\n\`\`\`js\n${CODE.join('\n')}\n\`\`\`\n\nand\n\n\`\`\`py\nprint("hello")\n\`\`\``,
})
let page: Page
let flowId: string

beforeEach(async () => {
  ;({ page, flowId } = await newChat())
  return () => page.context().close()
})

/** Says something in a session, as an API client does. */
async function sayIn(session: string, text: string): Promise<void> {
  const asked = { params: { flow_id: flowId }, query: { event_delivery: 'direct' as const } }
  await (await runnel.client.request(startBuild, { ...asked, body: { inputs: { input_value: text, session } } })).text()
}
const panel = (): Locator => page.getByTestId('playground-panel')
const widthOf = async (): Promise<number> => Math.round((await panel().boundingBox())?.width ?? 0)
const input = (): Locator => page.getByTestId('input-chat-playground')
const openSessions = (): Promise<void> => page.getByRole('button', { name: 'Sessions', exact: true }).click()
const sessionRows = (): Locator => page.getByTestId(/^session-(?!selector|rename)/)

test('what stands over the chat is one line, also where a version can be chosen', async () => {
  await runnel.client.call(publishFlow, { params: { flow_id: flowId }, body: {} })
  await page.reload()
  await panel().getByText('Draft', { exact: true }).waitFor()
  const header = panel().locator('header').first()
  await expect.poll(async () => (await header.boundingBox())?.height).toBeLessThan(50)
})

test('a canvas that is narrow beside the chat has all its buttons in reach', async () => {
  await page.setViewportSize({ width: 1024, height: 768 })
  const lock = page.getByTestId('lock-flow')
  const middleOf = async (button: Locator): Promise<boolean> =>
    button.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return element.contains(document.elementFromPoint(x + width / 2, y + height / 2))
    })
  const buttons = page.locator('main').getByRole('button', { name: /lock|shortcuts|map|Inspector/i })
  // They come when the page has come to rest.
  await expect.poll(() => buttons.count()).toBeGreaterThan(3)
  for (const button of [lock, ...(await buttons.all())]) await expect.poll(() => middleOf(button)).toBe(true)
})

test('the panel is made wider and narrower by mouse and keys within bounds, and stays as wide as it was left', async () => {
  const edge = panel().getByRole('separator')
  const { x, y, width, height } = (await edge.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const drag = async (by: number): Promise<void> => {
    const { x: left } = (await edge.boundingBox()) ?? { x }
    await page.mouse.move(left + width / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(left + width / 2 - by, y + height / 2, { steps: 4 })
    await page.mouse.up()
  }
  await drag(60)
  await expect.poll(widthOf).toBe(500)
  await drag(-300)
  await expect.poll(widthOf).toBe(360)
  await drag(500)
  await expect.poll(widthOf).toBe(720)
  await drag(-500)
  await expect.poll(widthOf).toBe(360)
  await drag(500)
  await expect.poll(widthOf).toBe(720)
  await edge.focus()
  await edge.press('ArrowLeft')
  await expect.poll(widthOf).toBe(720)
  await edge.press('ArrowRight')
  await expect.poll(widthOf).toBe(696)
  expect(await edge.getAttribute('aria-valuenow')).toBe('696')
  await page.getByTestId('playground-close-button').click()
  await panel().waitFor({ state: 'detached' })
  await page.reload()
  await panel().waitFor()
  await expect.poll(widthOf).toBe(696)
  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect.poll(widthOf).toBe(1440)
})

test('a closed panel opens as it was left, and another flow has nothing of it', async () => {
  for (const index of Array.from({ length: 12 }, (_, index) => index)) await sayIn('Long talk', `Number ${index}`)
  await page.reload()
  await input().waitFor()
  await openSessions()
  await page.getByTestId('session-Long talk').click()
  await answered(page, 'Number 11')
  const log = page.getByRole('log')
  await log.hover()
  await page.mouse.wheel(0, -300)
  await page.getByTestId('to-newest').waitFor()
  const top = await log.evaluate((list) => list.scrollTop)
  await input().fill('Not sent yet')
  await page.getByTestId('playground-close-button').click()
  await panel().waitFor({ state: 'detached' })
  await page.getByTestId('playground-btn-flow-io').click()
  await expect.poll(() => input().inputValue()).toBe('Not sent yet')
  await expect.poll(() => log.evaluate((list) => list.scrollTop)).toBe(top)
  await panel().getByRole('heading', { name: 'Long talk' }).or(panel().getByText('Long talk')).first().waitFor()

  const other = await newChat()
  await other.page.context().close()
  await page.evaluate((id) => {
    history.pushState(null, '', `/flow/${id}?panel=playground`)
    dispatchEvent(new PopStateEvent('popstate'))
  }, other.flowId)
  await page.getByText('New chat', { exact: true }).first().waitFor()
  await expect.poll(() => input().inputValue()).toBe('')
  expect(await messagesIn(page).count()).toBe(0)
  expect(await panel().getByText('Long talk').count()).toBe(0)
})

test('a long program is folded until it is wanted, and copied whole either way', async () => {
  await say(page, 'code')
  await messagesIn(page).last().and(page.locator('[data-state="complete"]')).waitFor()
  const unfold = messagesIn(page).getByRole('button', { name: 'Show all 40 lines', expanded: false })
  await unfold.waitFor()
  const program = messagesIn(page).locator('pre', { hasText: 'line40' })
  const shownPx = (): Promise<number> =>
    program.evaluate((code) => Math.round(code.parentElement?.getBoundingClientRect().height ?? 0))
  await expect.poll(shownPx).toBeLessThan(250)
  await page.getByTestId('copy-code-button').first().click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(CODE.join('\n'))
  await unfold.click()
  await expect.poll(shownPx).toBeGreaterThan(750)
  await messagesIn(page).getByRole('button', { name: 'Show less', expanded: true }).click()
  await expect.poll(shownPx).toBeLessThan(250)
})

test('sessions are chosen with Shift and Ctrl in the order they are seen in, and deleted together', async () => {
  for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) await sayIn(name, `About ${name}`)
  await page.reload()
  await input().waitFor()
  await openSessions()
  await page.getByTestId('session-two').waitFor()
  await page.getByRole('button', { name: 'Actions for two' }).click()
  await page.getByRole('menuitem', { name: 'Pin' }).click()
  const listed = async (): Promise<readonly string[]> =>
    await sessionRows().evaluateAll((rows) => rows.map((row) => row.getAttribute('title') ?? ''))
  await expect.poll(async () => (await listed())[0]).toBe('two')
  // What is pinned stands first, and a range goes on from there.
  await page.getByTestId('session-two').click({ modifiers: ['ControlOrMeta'] })
  await page.getByTestId('session-five').click({ modifiers: ['Shift'] })
  await panel().getByText('4 sessions selected').waitFor()
  await page.getByTestId('session-Default session').click({ modifiers: ['ControlOrMeta'] })
  await panel().getByText('3 sessions selected').waitFor()
  await pressInToast(page, {
    button: 'Undo',
    after: () => panel().getByRole('button', { name: 'Delete', exact: true }).click(),
    when: 'body:not(:has([data-testid="session-six"]))',
  })
  await expect.poll(listed).toEqual(expect.arrayContaining(['two', 'six', 'five']))
  expect(await seriousFindings(page, '[data-testid="playground-panel"]')).toEqual([])
})

test('a session is taken away as JSON and as text, and its messages are edited in a table', async () => {
  await sayIn('Kept', 'Hello')
  await page.reload()
  await input().waitFor()
  await openSessions()
  const menu = page.getByRole('button', { name: 'Actions for Kept' })
  const exported = async (kind: string): Promise<string> => {
    await menu.click()
    await page.getByRole('menuitem', { name: 'Export' }).hover()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: kind, exact: true }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`Kept.${kind === 'JSON' ? 'json' : 'md'}`)
    return readFile(await file.path(), 'utf8')
  }
  expect(JSON.parse(await exported('JSON'))).toMatchObject([
    { text: 'Hello', sender: 'User', session_id: 'Kept' },
    { text: 'The model says: Hello', sender: 'Machine' },
  ])
  expect(await exported('Markdown')).toMatch(
    /^# Kept\n\n\*\*User\*\* · .*\n\nHello\n\n\*\*AI\*\* · .*\n\nThe model says: Hello\n$/,
  )
  await menu.click()
  await page.getByRole('menuitem', { name: 'Message logs' }).click()
  const logs = page.getByRole('dialog')
  await logs.getByRole('textbox').first().fill('Good morning')
  await logs.getByRole('textbox').first().blur()
  await expect.poll(async () => (await stored(flowId)).map(({ text }) => text)).toContain('Good morning')
  await logs.getByRole('checkbox').last().click()
  await logs.getByRole('button', { name: /Delete/ }).click()
  await expect.poll(async () => (await stored(flowId)).length).toBe(1)
})

test('the list of sessions says that it comes, that there is none, and that it cannot be read', async () => {
  let answer: (() => void) | undefined
  const sessions = '**/api/v1/monitor/messages/sessions*'
  await page.route(sessions, async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    await route.continue()
  })
  await page.reload()
  await input().waitFor()
  await openSessions()
  const list = page.getByTestId('session-selector')
  await expect.poll(() => list.locator('.animate-skeleton').count()).toBe(3)
  await list.locator('.animate-skeleton').last().waitFor()
  answer?.()
  await list.getByText('No conversations yet').waitFor()
  await page.unroute(sessions)
  await page.route(sessions, (route) => route.fulfill({ status: 500, json: { detail: 'Broken' } }))
  await page.reload()
  await input().waitFor()
  await openSessions()
  const retry = list.getByRole('button', { name: 'Retry' })
  await retry.waitFor()
  await page.unroute(sessions)
  await retry.click()
  await list.getByText('No conversations yet').waitFor()
})

test('a session takes its messages along to another name, and none is refused', async () => {
  await sayIn('Renamed', 'Hello')
  await page.reload()
  await input().waitFor()
  await page.getByRole('button', { name: 'Full screen' }).click()
  await page.getByTestId('session-Renamed').waitFor()
  await page.getByRole('button', { name: 'Actions for Renamed' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByTestId('session-rename-input').fill('')
  await panel().getByRole('alert').waitFor()
  await page.getByTestId('session-rename-input').fill('New name')
  await page.getByTestId('session-rename-input').press('Escape')
  await page.getByTestId('session-Renamed').click()
  await messagesIn(page).first().waitFor()
  await page.getByTestId('session-Renamed').dblclick()
  await page.getByTestId('session-rename-input').fill('New name')
  await page.getByTestId('session-rename-input').press('Enter')
  await page.getByTestId('session-New name').waitFor()
  await expect.poll(() => runnel.client.call(listSessions, { query: { flow_id: flowId } })).toEqual(['New name'])
  expect((await stored(flowId)).map(({ session_id }) => session_id)).toEqual(['New name', 'New name'])
})

test('older messages come as one reads back, in days, and what is read stays where it is', async () => {
  for (const batch of Array.from({ length: 22 }, (_, index) => index)) {
    await Promise.all(Array.from({ length: 5 }, (_, index) => sayIn('Long', `Said ${batch * 5 + index}`)))
  }
  const asked: number[] = []
  let release = (): void => undefined
  await page.route('**/api/v1/monitor/messages?*session_id=Long*', async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get('offset'))
    const answer = await route.fetch()
    const rows: { timestamp: string }[] = await answer.json()
    const aged = rows.map((row) => ({ ...row, timestamp: daysBefore(row.timestamp, offset / 50) }))
    if (offset > 0) {
      asked.push(offset)
      await new Promise<void>((resolve) => {
        release = resolve
      })
    }
    await route.fulfill({ response: answer, json: aged })
  })
  await page.reload()
  await input().waitFor()
  await openSessions()
  await page.getByTestId('session-Long').click()
  const log = page.getByRole('log')
  await expect.poll(() => messagesIn(page).count()).toBeGreaterThan(5)
  /** The message at the top of what is seen, and how far below it stands. */
  const seen = () =>
    log.evaluate((list) => {
      const from = list.getBoundingClientRect().top
      const rows = [...list.querySelectorAll('[data-testid="div-chat-message"]')]
      const first = rows.find((row) => row.getBoundingClientRect().top >= from)
      return { text: first?.textContent, top: Math.round((first?.getBoundingClientRect().top ?? 0) - from) }
    })
  /** How far below the top of what is seen a message stands. */
  const topOf = (text: string | null | undefined) =>
    log.evaluate((list, wanted) => {
      const rows = [...list.querySelectorAll('[data-testid="div-chat-message"]')]
      const row = rows.find((one) => one.textContent === wanted)
      return row && Math.round(row.getBoundingClientRect().top - list.getBoundingClientRect().top)
    }, text)
  const heightOf = (): Promise<number> => log.evaluate((list) => list.scrollHeight)
  for (const offset of [50, 100, 150, 200]) {
    await log.evaluate((list) => list.scrollTo(0, 250))
    await expect.poll(() => asked).toContain(offset)
    const [before, height] = [await seen(), await heightOf()]
    release()
    await expect.poll(heightOf).toBeGreaterThan(height + 500)
    // By less than a row, though it may be pushed over the edge: heights are known once rows were drawn.
    expect(Math.abs(((await topOf(before.text)) ?? Number.NaN) - before.top)).toBeLessThan(90)
  }
  await log.evaluate((list) => list.scrollTo(0, 0))
  await expect.poll(() => messagesIn(page).count()).toBeLessThan(60)
})

const daysBefore = (timestamp: string, days: number): string =>
  new Date(Date.parse(timestamp.replace(' UTC', 'Z').replace(' ', 'T')) - days * 86_400_000).toISOString()

test('files of a message are seen, heard or taken away, and what was made for an answer stands in it', async () => {
  const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')}`
  const steps = [{ type: 'media', urls: [picture], caption: 'A drawing', header: { title: 'Made' } }]
  await sayIn('Files', 'Hello')
  await page.route('**/api/v1/files/**', (route) =>
    route.fulfill({ headers: { 'content-length': '2048', 'content-type': 'text/plain' }, body: 'x'.repeat(2048) }),
  )
  await page.route('**/api/v1/monitor/messages?**', async (route) => {
    const response = await route.fetch()
    const messages = (await response.json()) as { sender: string; files: unknown; content_blocks: unknown }[]
    for (const message of messages) {
      if (message.sender === 'User')
        message.files = ['song.mp3', 'film.mp4', 'notes.txt'].map((it) => `${flowId}/${it}`)
      else message.content_blocks = [{ title: 'Agent Steps', contents: steps }]
    }
    await route.fulfill({ response, json: messages })
  })
  await page.reload()
  await input().waitFor()
  await openSessions()
  await page.getByTestId('session-Files').click()
  const [said, answer] = [messagesIn(page).first(), messagesIn(page).last()]
  await said.locator('audio[aria-label="song.mp3"]').waitFor()
  await said.locator('video[aria-label="film.mp4"]').waitFor()
  const notes = said.getByRole('link', { name: 'Download notes.txt' })
  expect([await notes.getAttribute('download'), await notes.locator('svg').count()]).toEqual(['notes.txt', 2])
  await notes.getByText('2 kB', { exact: false }).waitFor()
  await answer.getByTestId('made-media').getByRole('img', { name: 'A drawing' }).waitFor()
  expect(await answer.getByTestId('agent-steps').count()).toBe(0)
  await answer.getByRole('img', { name: 'A drawing' }).click()
  await page.getByRole('dialog').getByRole('img', { name: 'A drawing' }).waitFor()
})

test('two clicks rename a session that is not open, though the list changes with the first of them', async () => {
  await sayIn('Older', 'Hello')
  await sayIn('Newer', 'Hello')
  await page.reload()
  await input().waitFor()
  await openSessions()
  // The empty chat stands first in the list until another one is opened.
  await expect.poll(() => sessionRows().count()).toBe(3)
  await page.getByTestId('session-Older').dblclick()
  const name = page.getByTestId('session-rename-input')
  await expect.poll(() => name.inputValue()).toBe('Older')
  await name.press('Escape')
  await page.getByTestId('session-Newer').click()
  await page.getByTestId('session-selector').waitFor({ state: 'detached' })
})
