// Takes the pictures in docs/screenshots: every page in both languages, by day and by night, wide and narrow.
//   npm run screenshots -- [--only NAME,…] [--look LOOK,…] [--to FOLDER]
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { login } from '@runnel/protocol/login'
import { chatServer } from '@runnel/testing/chat-server'
import { fillForPictures, pictureAnswer } from './picture-data.ts'
import { type Picture, picturesOf } from './pictures.ts'
import { smallPng } from './small-png.ts'
import { newPage, startBrowser } from './start-browser.ts'
import { startRunnel } from './start-runnel.ts'

const ADMIN = { username: 'ada', password: 'a password of ada' }
/** Time for what moves to come to rest. */
const SETTLE_MS = 700

interface Look {
  readonly name: string
  readonly locale: 'en-US' | 'zh-CN'
  readonly colorScheme: 'light' | 'dark'
  readonly width: number
}

/** Each language, theme and width meets each other one. */
const LOOKS: readonly Look[] = [
  { name: 'en-light', locale: 'en-US', colorScheme: 'light', width: 1440 },
  { name: 'zh-dark', locale: 'zh-CN', colorScheme: 'dark', width: 1440 },
  { name: 'en-dark-1024', locale: 'en-US', colorScheme: 'dark', width: 1024 },
  { name: 'zh-light-1024', locale: 'zh-CN', colorScheme: 'light', width: 1024 },
]

const { values: given } = parseArgs({
  options: { only: { type: 'string' }, look: { type: 'string' }, to: { type: 'string' } },
})
const folder = given.to ?? join(import.meta.dirname, '../docs/screenshots')
const isWanted = (list: string | undefined, name: string): boolean => list?.split(',').includes(name) ?? true

const model = await chatServer(pictureAnswer)
const [runnel, guarded, browser] = await Promise.all([
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
try {
  const pictures = picturesOf(await fillForPictures(runnel)).filter(({ name }) => isWanted(given.only, name))
  await mkdir(folder, { recursive: true })
  for (const look of LOOKS.filter(({ name }) => isWanted(given.look, name))) await takeAll(look, pictures)
} finally {
  await browser.close()
  await Promise.all([runnel.stop(), guarded.stop(), model[Symbol.asyncDispose]()])
}

async function takeAll({ name: lookName, locale, colorScheme, width }: Look, pictures: readonly Picture[]) {
  const page = await newPage(browser, { locale, colorScheme, viewport: { width, height: 810 } })
  page.setDefaultTimeout(60_000)
  for (const { name, path, isGuarded, isSignedIn, isLive, prepare } of pictures) {
    const { address } = isGuarded ? guarded : runnel
    if (isSignedIn) await page.request.post(address + login.path, { form: ADMIN })
    await page.goto(address + path)
    if (!isLive) await page.waitForLoadState('networkidle')
    await prepare?.(page)
    await page.waitForTimeout(SETTLE_MS)
    const picture = await page.screenshot({ animations: 'disabled' })
    await writeFile(join(folder, `${name}.${lookName}.png`), smallPng(picture))
    process.stdout.write(`${name}.${lookName}\n`)
  }
  await page.context().close()
}
