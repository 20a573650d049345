import { createFlow } from '@runnel/protocol/flows'
import { login } from '@runnel/protocol/login'
import { readCatalogue } from '@runnel/protocol/server-info'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { cutWords } from './cut-words.ts'
import { dialogsOf } from './dialogs.ts'
import { fillForPictures, pictureAnswer } from './picture-data.ts'
import { type Picture, picturesOf } from './pictures.ts'
import { smallTargets } from './small-targets.ts'
import { newPage, startBrowser } from './start-browser.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'

const ADMIN = { username: 'ada', password: 'a password of ada' }
const LONG_MS = 1_800_000

let runnel: Runnel
let guarded: Runnel
let browser: Browser
let model: ChatServer
let pages: readonly Picture[]

beforeAll(async () => {
  model = await chatServer(pictureAnswer)
  ;[runnel, guarded, browser] = await Promise.all([
    startRunnel({
      OPENAI_BASE_URL: model.url,
      LANGFLOW_ENABLE_LOG_RETRIEVAL: 'true',
      LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE: '1000',
    }),
    startRunnel({
      LANGFLOW_AUTO_LOGIN: 'false',
      LANGFLOW_ENABLE_SIGNUP: 'true',
      LANGFLOW_SUPERUSER: ADMIN.username,
      LANGFLOW_SUPERUSER_PASSWORD: ADMIN.password,
    }),
    startBrowser(),
  ])
  const data = await fillForPictures(runnel)
  pages = [...picturesOf(data), ...dialogsOf(data, await addForm(data.echoId))]
})
afterAll(async () => {
  await browser.close()
  await Promise.all([runnel.stop(), guarded.stop(), model[Symbol.asyncDispose]()])
})

/** A flow nobody can chat with, and the shared one. @returns the id of the first */
async function addForm(sharedId: string): Promise<string> {
  const known = await runnel.client.call(readCatalogue, {})
  const node = { id: 'TextInput-a', type: 'TextInput', node: known.input_output?.TextInput }
  const data = { nodes: [{ id: node.id, type: 'genericNode', position: { x: 0, y: 0 }, data: node }], edges: [] }
  await fetch(`${runnel.address}/api/v1/flows/${sharedId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ access_type: 'PUBLIC' }),
  })
  return (await runnel.client.call(createFlow, { body: { name: 'Form', data } })).id
}

/** Waits until all that is loaded at first is there. Some pages are told of changes and never come to rest otherwise. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1, main, [data-testid="div-generic-node"], [role="log"]') &&
      !document.querySelector('.animate-skeleton, .animate-spin'),
  )
}

async function open(page: Page, prepare: Picture['prepare']): Promise<void> {
  await atRest(page)
  await prepare?.(page)
  await atRest(page)
}

/** What came or went while it was looked at may look worse than it is: what is found is looked for once more. */
async function foundTwice(page: Page, find: (page: Page) => Promise<readonly string[]>): Promise<readonly string[]> {
  const found = await find(page)
  if (found.length === 0) return found
  await atRest(page)
  return find(page)
}

interface Look {
  readonly locale: string
  readonly colorScheme: 'light' | 'dark'
  /** In place of that of the browser. */
  readonly language?: string
  readonly theme?: string
  readonly width: number
  /** Letters of twice their size. */
  readonly isLarge?: boolean
}

/** Looks at pages and at what opens on them. @returns what was found, by the name of the page */
async function lookAt(look: Look, find: (page: Page) => Promise<readonly string[]>, at = pages) {
  const { locale, colorScheme, language, theme, width, isLarge } = look
  const page = await newPage(browser, { locale, colorScheme, viewport: { width, height: 810 } })
  await page.addInitScript(
    (chosen) => {
      for (const [key, value] of Object.entries(chosen)) if (value) localStorage.setItem(`runnel.${key}`, value)
    },
    { language, theme },
  )
  // As the settings of a browser make them, which no page sees.
  if (isLarge) {
    await page.addInitScript(() =>
      addEventListener('DOMContentLoaded', () => {
        document.documentElement.style.fontSize = '200%'
      }),
    )
  }
  const found: Record<string, readonly string[]> = {}
  for (const { name, path, isGuarded, isSignedIn, prepare } of at) {
    const { address } = isGuarded ? guarded : runnel
    if (isSignedIn) await page.request.post(address + login.path, { form: ADMIN })
    await page.goto(address + path)
    const lines = await open(page, prepare).then(
      () => foundTwice(page, find),
      (error: unknown) => [`cannot be opened: ${String(error)}`],
    )
    if (lines.length > 0) found[name] = lines
  }
  await page.context().close()
  return found
}

test.each([
  { locale: 'en-US', colorScheme: 'light', width: 1440 },
  { locale: 'zh-CN', colorScheme: 'dark', width: 1024 },
] as const)(
  'no page and no dialog has serious accessibility findings or small targets: $locale, $colorScheme, $width px',
  async (look) => {
    const find = async (page: Page) => [...(await seriousFindings(page)), ...(await smallTargets(page))]
    expect(await lookAt(look, find)).toEqual({})
  },
  LONG_MS,
)

/** Every page that a narrow window shows as a wide one does, and a flow, which it shows as a list. */
const narrowPages = (): readonly Picture[] => {
  const shows = (testId: string) => async (page: Page) => page.getByTestId(testId).waitFor()
  const [flow, chat] = ['canvas', 'chat beside the canvas'].map((name) => pages.find((page) => page.name === name))
  if (!flow || !chat) throw new Error('The pages have no flow')
  return [
    ...pages.filter(({ path }) => !path.startsWith('/flow/')),
    { ...flow, name: 'flow as a list', prepare: shows('outline-view') },
    chat,
  ]
}

test(
  'every page can be used in a window 320 px wide, and a flow is a list there',
  async () => {
    const look = { locale: 'en-US', colorScheme: 'light', width: 320 } as const
    const find = async (page: Page) => [...(await cutWords(page)), ...(await smallTargets(page))]
    expect(await lookAt(look, find, narrowPages())).toEqual({})
  },
  LONG_MS,
)

test(
  'every page has room for letters of twice their size',
  async () => {
    const look = { locale: 'zh-CN', colorScheme: 'light', width: 1280, isLarge: true } as const
    // A canvas is zoomed instead.
    const isCanvas = ({ name, path }: Picture): boolean => name === 'new-flow' || path.startsWith('/flow/')
    expect(
      await lookAt(
        look,
        cutWords,
        pages.filter((one) => !isCanvas(one)),
      ),
    ).toEqual({})
  },
  LONG_MS,
)

test(
  'every page and every dialog has room for words a third longer, and can be read in high contrast',
  async () => {
    const look = { locale: 'en-US', colorScheme: 'light', language: 'en-XA', theme: 'contrast', width: 1024 } as const
    const find = async (page: Page) => [...(await cutWords(page)), ...(await seriousFindings(page))]
    expect(await lookAt(look, find)).toEqual({})
  },
  LONG_MS,
)
