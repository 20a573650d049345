import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { AWAITED_FOR_MS } from './patience.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** For where each process counts: with it, on some machines, the whole browser dies when a page is closed. */
const SINGLE_PROCESS = '--single-process'

/** The Chromium named by `CHROMIUM_PATH`, else one on the PATH, else the one that comes from npm. */
export async function startBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH ?? onPath('chromium', 'chromium-browser', 'google-chrome')
  if (own) return chromium.launch({ executablePath: own, args: FLAGS })
  const { default: packaged } = await import('@sparticuz/chromium')
  const args = packaged.args.filter((flag) => flag !== SINGLE_PROCESS)
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...args, ...FLAGS] })
}

/** The first of some programs that is on the PATH. */
export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** Opens a page of its own profile. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options })
  // Of the windows too that a page opens.
  context.setDefaultTimeout(AWAITED_FOR_MS)
  return context.newPage()
}
