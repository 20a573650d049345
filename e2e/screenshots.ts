// Takes the pictures in docs/screenshots: every page as an English reader sees it by day, and a Chinese one by night.
//   npm run screenshots -- [--all] [--only NAME,…]     --all: both languages, both themes, 1440 and 1024 wide
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFlow } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { newPage, startBrowser } from './start-browser.ts'
import { startRunnel } from './start-runnel.ts'

const FOLDER = join(import.meta.dirname, '../docs/screenshots')

interface Look {
  readonly name: string
  readonly locale: 'en-US' | 'zh-CN'
  readonly colorScheme: 'light' | 'dark'
  readonly width: number
}

const DAY: Look = { name: 'en-light', locale: 'en-US', colorScheme: 'light', width: 1440 }
const NIGHT: Look = { name: 'zh-dark', locale: 'zh-CN', colorScheme: 'dark', width: 1440 }
const MORE: readonly Look[] = [
  { name: 'en-dark-1024', locale: 'en-US', colorScheme: 'dark', width: 1024 },
  { name: 'zh-light-1024', locale: 'zh-CN', colorScheme: 'light', width: 1024 },
]

interface Picture {
  readonly name: string
  readonly path: string
  /** Brings the page to what is to be seen. */
  readonly prepare?: (page: Page) => Promise<void>
}

const { values: given } = parseArgs({ options: { all: { type: 'boolean' }, only: { type: 'string' } } })

const [runnel, browser] = await Promise.all([startRunnel(), startBrowser()])
try {
  const pictures = await picturesOf()
  const wanted = given.only?.split(',')
  await mkdir(FOLDER, { recursive: true })
  for (const look of given.all ? [DAY, NIGHT, ...MORE] : [DAY, NIGHT]) {
    const { locale, colorScheme, width } = look
    const page = await newPage(browser, { locale, colorScheme, viewport: { width, height: 810 } })
    for (const { name, path, prepare } of pictures) {
      if (wanted && !wanted.includes(name)) continue
      await page.goto(runnel.address + path)
      await page.waitForLoadState('networkidle')
      await prepare?.(page)
      await writeFile(join(FOLDER, `${name}.${look.name}.png`), await page.screenshot({ animations: 'disabled' }))
      process.stdout.write(`${name}.${look.name}\n`)
    }
    await page.context().close()
  }
} finally {
  await browser.close()
  await runnel.stop()
}

async function picturesOf(): Promise<readonly Picture[]> {
  const examples: unknown = await (await fetch(`${runnel.address}/api/v1/flows/basic_examples/`)).json()
  if (!Array.isArray(examples)) throw new Error('The server has no starters')
  const ids = new Map<string, string>()
  for (const { name, description, data } of examples.slice(0, 8)) {
    const flow = await runnel.client.call(createFlow, { body: { name, description, data } })
    ids.set(String(name), flow.id)
  }
  const [first = ''] = ids.values()
  const largest = [...examples].sort((a, b) => b.data.nodes.length - a.data.nodes.length)[0]
  const canvas = await runnel.client.call(createFlow, { body: { name: largest.name, data: largest.data } })
  const openNode = async (page: Page): Promise<void> => {
    await page.getByTestId('div-generic-node').first().waitFor()
    await page.waitForTimeout(600)
  }
  return [
    { name: 'home', path: '/flows' },
    {
      name: 'new-flow',
      path: '/flows',
      prepare: async (page) => {
        await page.getByTestId('new-project-btn').first().click()
        await page.getByRole('dialog').waitFor()
        await page.waitForTimeout(800)
      },
    },
    { name: 'canvas', path: `/flow/${canvas.id}`, prepare: openNode },
    {
      name: 'playground',
      path: `/flow/${first}`,
      prepare: async (page) => {
        await openNode(page)
        await page.getByTestId('playground-btn-flow-io').click()
        await page.waitForTimeout(800)
      },
    },
    {
      name: 'palette',
      path: `/flow/${first}`,
      prepare: async (page) => {
        await openNode(page)
        await page.keyboard.press('Control+k')
        await page.waitForTimeout(600)
      },
    },
    { name: 'files', path: '/files' },
    { name: 'knowledge', path: '/knowledge' },
    { name: 'api', path: '/api' },
    { name: 'monitor', path: '/monitor' },
    { name: 'templates', path: '/templates' },
    { name: 'settings', path: '/settings/general' },
    { name: 'model-providers', path: '/settings/model-providers' },
    { name: 'shortcuts', path: '/settings/shortcuts' },
  ]
}
