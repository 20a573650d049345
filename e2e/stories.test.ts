import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { startJourney } from './journey.ts'
import { viewAtRest } from './on-canvas.ts'
import { type Area, differences, SHRUNK, shrunk } from './picture-difference.ts'
import { type Picture, plainPng, readPng } from './small-png.ts'
import { makeRunSheet, makeSheets, SHEET_SIZE, type Sheet } from './stories.ts'

/*
 * Every widget of a field and every state of a node, in both themes and languages, beside how it looked when somebody last
 * looked at it. RUNNEL_STORIES=take keeps how they look now: look at them, then commit them.
 */
const FOLDER = join(import.meta.dirname, '__stories__')
const TAKES = process.env.RUNNEL_STORIES === 'take'
const LOOKS = ['en-US', 'zh-CN'].flatMap((locale) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
)

const { runnel, newPage } = startJourney()
let sheets: readonly Sheet[]
beforeAll(async () => {
  sheets = await makeSheets(runnel)
  await setVariable('OPENAI_API_KEY', 'a key')
  await setVariable('GREETING', 'Hello')
})

/**
 * Words take the same room on every machine, by one font, and Chinese letters are squares in all of them; they are not
 * seen, as letters are drawn otherwise everywhere. Nothing but the sheet is seen.
 */
function plainLook(): string {
  const { resolve } = createRequire(join(import.meta.dirname, '../apps/web/package.json'))
  const font = readFileSync(join(resolve('katex'), '../fonts/KaTeX_Main-Regular.woff2')).toString('base64')
  return `
    @font-face { font-family: story; src: url(data:font/woff2;base64,${font}); }
    :root, :root * { font-family: story, sans-serif !important; font-weight: 400 !important; }
    #react-flow-id * { -webkit-text-fill-color: transparent !important; }
    ::placeholder { opacity: 0; }
    body :not(#react-flow-id, #react-flow-id *, :has(#react-flow-id)) { display: none !important; }
    #react-flow-id { position: fixed !important; inset: 0; }
    #react-flow-id > :not(.react-flow__renderer) { display: none !important; }
    .react-flow__viewport { transform: none !important; }
    .react-flow__edge-path { animation: none !important; stroke-dasharray: none !important; }
    /* A time is longer on another machine. */
    [data-testid^="node_duration_"] { display: inline-block; width: 60px; overflow: hidden; }
    /* That a component is newer than what a story tells of it. */
    [data-testid^="update-banner"] { display: none; }`
}

async function open(page: Page, { flowId }: Sheet): Promise<void> {
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page
    .getByTestId(/^disclosure-/)
    .first()
    .waitFor()
  await page.waitForLoadState('networkidle')
}

async function photograph(page: Page): Promise<Picture> {
  await page.addStyleTag({ content: plainLook() })
  await page.evaluate(() => document.fonts.load('16px story').then(() => document.fonts.ready))
  await viewAtRest(page)
  return shrunk(readPng(await page.screenshot({ animations: 'disabled', caret: 'hide' })))
}

const onShrunk = ({ x, y, width, height }: Area): Area => ({
  x: Math.ceil(x / SHRUNK),
  y: Math.ceil(y / SHRUNK),
  width: Math.floor(width / SHRUNK),
  height: Math.floor(height / SHRUNK),
})

/** The stories that look otherwise, and in how many places. */
const changed = ({ stories }: Sheet, before: Picture, now: Picture): readonly (readonly [string, number])[] =>
  Object.entries(stories).flatMap(([name, area]) => {
    const count = differences(before, now, onShrunk(area))
    return count > 0 ? [[name, count] as const] : []
  })

/** Whether there is a font of Chinese letters, which are squares in each: words would take other room without. */
const hasSquareLetters = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d')
    if (!pen) throw new Error('Nothing to measure with')
    pen.font = '16px sans-serif'
    return [...'中文字体'].every((letter) => Math.abs(pen.measureText(letter).width - 16) < 0.1)
  })
const WITHOUT_LETTERS = 'SKIPPED: no font of Chinese letters is installed'

/** Compares with how it looked before. */
function expectAsBefore(sheet: Sheet, state: string, { locale, colorScheme }: (typeof LOOKS)[number], now: Picture) {
  const file = join(FOLDER, `${state}.${locale.slice(0, 2)}-${colorScheme}.png`)
  if (TAKES) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, plainPng(now))
  }
  expect(existsSync(file), `nobody has looked at ${file} yet`).toBe(true)
  const before = readPng(readFileSync(file))
  expect([before.width, before.height]).toEqual([now.width, now.height])
  expect(changed(sheet, before, now), state).toEqual([])
}

test.for(LOOKS)('fields and nodes look as they did in $locale and $colorScheme', async (look, { skip }) => {
  for (const sheet of sheets) {
    const page = await newPage({ ...look, viewport: SHEET_SIZE, bypassCSP: true })
    skip(look.locale === 'zh-CN' && !(await hasSquareLetters(page)), WITHOUT_LETTERS)
    await open(page, sheet)
    expectAsBefore(sheet, sheet.name, look, await photograph(page))
    await page.context().close()
  }
})

test.for(LOOKS)(
  'nodes that run, wait and fail look as they did in $locale and $colorScheme',
  async (look, { skip }) => {
    const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'So far' }, finish_reason: null }] })}\n\n`
    await using slow = await providerServer(replyHanging(piece))
    await using refusing = await providerServer(reply({ error: { message: 'Incorrect API key' } }, { status: 401 }))
    const sheet = await makeRunSheet(runnel)
    const page = await newPage({ ...look, viewport: SHEET_SIZE, bypassCSP: true })
    skip(look.locale === 'zh-CN' && !(await hasSquareLetters(page)), WITHOUT_LETTERS)
    const statusOf = (type: string) =>
      page.locator(`.react-flow__node[data-id^="${type}-"]`).getByTestId('div-generic-node').getAttribute('data-status')
    for (const [state, url, status] of [
      ['running', slow.url, 'running'],
      ['failed', refusing.url, 'failed'],
    ] as const) {
      await setVariable('OPENAI_BASE_URL', url)
      await open(page, sheet)
      await page.getByTestId('run-flow').click()
      await expect.poll(() => statusOf('LanguageModelComponent')).toBe(status)
      const now = await photograph(page)
      if (state === 'running') {
        await page.reload()
        await page.getByTestId('stop_building_button').first().click()
        await expect.poll(() => statusOf('LanguageModelComponent')).not.toBe('running')
      }
      expectAsBefore(sheet, state, look, now)
    }
    await page.context().close()
  },
)

test('a lost border, a step of the spacing and another colour of a field are noticed', async () => {
  const page = await newPage({ ...LOOKS[0], viewport: SHEET_SIZE, bypassCSP: true })
  const [sheet] = sheets
  if (!sheet) throw new Error('There is no sheet')
  await open(page, sheet)
  const before = await photograph(page)
  const withStyle = async (content: string): Promise<readonly string[]> => {
    const style = await page.addStyleTag({ content })
    const now = shrunk(readPng(await page.screenshot({ animations: 'disabled', caret: 'hide' })))
    await style.evaluate((element) => element.parentNode?.removeChild(element))
    return changed(sheet, before, now).map(([story]) => story)
  }
  expect(await withStyle('.react-flow__node[data-id="Story-0"] input { border-color: transparent }')).toEqual(['text'])
  expect(await withStyle('.react-flow__node[data-id="Story-1"] input { margin-top: 8px }')).toEqual(['required'])
  expect(await withStyle('.react-flow__node[data-id="Story-2"] input { background: #fdd !important }')).toEqual([
    'secret',
  ])
  await page.context().close()
})

async function setVariable(name: string, value: string): Promise<void> {
  const known = (await runnel.client.call(listVariables, {})).find((one) => one.name === name)
  if (known) await runnel.client.call(updateVariable, { params: { variable_id: known.id }, body: { value } })
  else await runnel.client.call(createVariable, { body: { name, value, type: 'Generic' } })
}
