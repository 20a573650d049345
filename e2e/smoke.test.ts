import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFlow } from '@runnel/protocol/flows'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clickOn, type Driver, driverOfFirefox, driverOfPage, driverOfWebKit, placeOf } from './driver.ts'
import { newPage, startBrowser } from './start-browser.ts'
import { firefoxPath, startFirefox } from './start-firefox.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'
import { startWebKit, webKitPaths } from './start-webkit.ts'

/*
 * The same short way through the product in every combination that differs below it: how the events of a run arrive, theme,
 * language, browser. What the ways are made of has journeys of its own.
 */
const MODES = ['streaming', 'polling', 'direct'] as const
const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', send: 'Send' },
  { locale: 'zh-CN', colorScheme: 'dark', send: '发送' },
] as const
type Look = (typeof LOOKS)[number]

let model: ChatServer
beforeAll(async () => {
  model = await chatServer()
})
afterAll(() => model[Symbol.asyncDispose]())

const startIn = (mode: string): Promise<Runnel> =>
  startRunnel({
    LANGFLOW_EVENT_DELIVERY: mode,
    OPENAI_API_KEY: 'sk-mine',
    OPENAI_BASE_URL: model.url,
    LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT: 'OPENAI_API_KEY,OPENAI_BASE_URL',
  })
const byId = (id: string): string => `[data-testid="${id}"]`

const STARTER = join(import.meta.dirname, '../starters/Basic Prompting.json')

/** Opens a starter from the list, moves a node, talks to the flow's model, and finds the flow among the others. */
async function walk(driver: Driver, { address, client }: Runnel, mode: string, look: Look): Promise<void> {
  const { read } = driver
  const name = `Smoke ${look.locale}`
  const starter = JSON.parse(await readFile(STARTER, 'utf8'))
  await client.call(createFlow, { body: { ...starter, name } })
  await driver.goTo(`${address}/flows`)
  await clickOn(driver, byId('list-card'))
  const title = byId('title-Chat Input')
  const { x, y } = await placeOf(driver, title)
  expect(await read(`[document.documentElement.lang, document.documentElement.dataset.theme]`)).toEqual([
    look.locale === 'en-US' ? 'en' : look.locale,
    look.colorScheme,
  ])

  await driver.press(x, y)
  for (let step = 1; step <= 8; step++) await driver.moveTo(x + step * 5, y + step * 4)
  await driver.release()
  const moved = await placeOf(driver, title)
  expect(moved.x - x).toBeGreaterThan(20)
  await expect.poll(() => read(`document.querySelector('${byId('save-state')}')?.dataset.state`)).toBe('saved')

  await clickOn(driver, byId('playground-btn-flow-io'))
  await clickOn(driver, byId('input-chat-playground'))
  await driver.type('Hello, 你好')
  const field = `document.querySelector('${byId('input-chat-playground')}')`
  await expect.poll(() => read(`${field}.value ?? ${field}.textContent`)).toBe('Hello, 你好')
  expect(await read(`document.querySelector('${byId('button-send')}').getAttribute('aria-label')`)).toBe(look.send)
  await clickOn(driver, byId('button-send'))
  const answers = `[...document.querySelectorAll('${byId('div-chat-message')}[data-state="complete"]')].map((one) => one.textContent)`
  await expect.poll(() => read(answers)).toContainEqual(expect.stringContaining('The model says: Hello, 你好'))
  await placeOf(driver, byId('node_duration_chat output'))
  const asked = `performance.getEntriesByType('resource').map((one) => new URL(one.name).searchParams.get('event_delivery'))`
  expect(await read(asked)).toContain(mode)

  await driver.goTo(`${address}/flows`)
  const cards = `[...document.querySelectorAll('${byId('list-card')}')].map((one) => one.textContent)`
  await expect.poll(() => read(cards)).toContainEqual(expect.stringContaining(name))
  expect(await driver.errors()).toEqual([])
}

test.each(MODES)('in Chromium, with events by %s, in both languages and themes', async (mode) => {
  const [runnel, browser] = await Promise.all([startIn(mode), startBrowser()])
  try {
    for (const look of LOOKS) {
      const page = await newPage(browser, { locale: look.locale, colorScheme: look.colorScheme })
      await walk(driverOfPage(page), runnel, mode, look)
      await page.context().close()
    }
  } finally {
    await browser.close()
    await runnel.stop()
  }
})

const firefox = firefoxPath()
const without = firefox === undefined ? ' (SKIPPED: there is none on the PATH, nor in FIREFOX_PATH)' : ''

test.skipIf(firefox === undefined).each(LOOKS)(`in Firefox${without}, in $locale and $colorScheme`, async (look) => {
  const runnel = await startIn('streaming')
  const browser = await startFirefox(firefox ?? '', { locale: look.locale, isDark: look.colorScheme === 'dark' })
  try {
    await walk(await driverOfFirefox(browser), runnel, 'streaming', look)
  } finally {
    await browser.stop()
    await runnel.stop()
  }
})

const webKit = webKitPaths()
const whyNot = webKit ? '' : ' (SKIPPED: WebKitWebDriver or Xvfb is not on the PATH)'

test.skipIf(!webKit).each(LOOKS)(`in WebKit${whyNot}, in $locale and $colorScheme`, async (look) => {
  if (!webKit) return
  const runnel = await startIn('streaming')
  const browser = await startWebKit(webKit, { isDark: look.colorScheme === 'dark' })
  try {
    const driver = await driverOfWebKit(browser)
    // Its language is the system's, which need not know Chinese: it is chosen as in the settings.
    await driver.goTo(`${runnel.address}/flows`)
    await driver.read(`localStorage.setItem('runnel.language', '${look.locale === 'en-US' ? 'en' : look.locale}')`)
    await walk(driver, runnel, 'streaming', look)
  } finally {
    await browser.stop()
    await runnel.stop()
  }
})
