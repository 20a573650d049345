import { readFile } from 'node:fs/promises'
import { createFlow, readFlow } from '@runnel/protocol/flows'
import { runFlow } from '@runnel/protocol/runs'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'

/** No flow has this id. */
const NO_FLOW = '00000000-0000-4000-8000-000000000000'

const { runnel, newPage } = startJourney()
let page: Page

beforeAll(async () => {
  page = await newPage()
})

test('opens on the projects without asking who is there', async () => {
  await page.goto(runnel.address)
  await page.getByTestId('mainpage_title').waitFor()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/flows')
  await expect.poll(() => page.getByTestId('mainpage_title').textContent()).toBe('My Projects')
})

test('switches to Chinese and back without a reload', async () => {
  const choose = async (language: string, item: string): Promise<void> => {
    await page.getByTestId('user-profile-settings').click()
    await page.getByRole('menuitem', { name: item }).press('ArrowRight')
    await page.getByRole('menuitemcheckbox', { name: language }).press('Enter')
  }
  await choose('简体中文', 'Language')
  await page.getByRole('link', { name: '项目', exact: true }).waitFor()
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  // What came by itself has a name in each language.
  await page.getByTestId('mainpage_title').getByText('我的项目').waitFor()
  // Whoever signs in elsewhere reads the same.
  const other = await newPage()
  await other.goto(runnel.address)
  await other.getByRole('link', { name: '项目', exact: true }).waitFor()
  await other.context().close()
  // A tab beside this one speaks, and looks, as this one from now on.
  const beside = await page.context().newPage()
  await beside.goto(runnel.address)
  await beside.getByRole('link', { name: '项目', exact: true }).waitFor()
  await choose('English', '语言')
  await page.getByRole('link', { name: 'Projects', exact: true }).waitFor()
  await beside.getByRole('link', { name: 'Projects', exact: true }).waitFor()
  await choose('Dark', 'Theme')
  await expect.poll(() => beside.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await beside.close()
  await choose('System', 'Theme')
})

test.each([
  `/flow/${NO_FLOW}`,
  '/flow/new',
  '/flow/new/view',
  '/flow/new/tests',
  '/flow/new/runs',
  `/flow/${NO_FLOW}/versions/compare`,
])('a flow that is gone, or never was, leads from %s to the list, which says so', async (address) => {
  const lost = await newPage()
  await lost.goto(runnel.address + address)
  await lost.waitForURL(/\/flows$/)
  await lost.getByText('This flow does not exist, or is not yours.').waitFor()
  await lost.context().close()
})

test('a page whose parts are of an older version asks to be loaded again', async () => {
  const old = await newPage()
  await old.route('**/assets/templates-page-*.js', (route) => route.fulfill({ status: 404 }))
  await old.goto(`${runnel.address}/templates`)
  await old.getByRole('heading', { name: 'Reload the page to go on' }).waitFor()
  await old.unroute('**/assets/templates-page-*.js')
  await old.getByRole('button', { name: 'Reload' }).click()
  await old.getByRole('heading', { name: 'Templates' }).waitFor()
  await old.context().close()
})

test('the header leads to help', async () => {
  await page.getByTestId('help-menu').click()
  await page.getByRole('menuitem', { name: 'Shortcuts' }).click()
  await page.waitForURL(/\/settings\/shortcuts$/)
})

test('a menu and a list of choices are opened, walked and closed by keys, from the first time on', async () => {
  await page.goto(`${runnel.address}/settings/general`)
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  const ring = () =>
    page.evaluate(() => {
      const { outlineWidth, outlineStyle } = getComputedStyle(document.activeElement ?? document.body)
      return `${outlineWidth} ${outlineStyle}`
    })
  const account = page.getByTestId('user-profile-settings')
  for (const key of ['Enter', 'ArrowDown']) {
    await account.press(key)
    await expect.poll(focused).toBe('Settings')
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe('Shortcuts')
    expect(await ring()).toBe('2px solid')
    await page.keyboard.press('Escape')
    await expect.poll(() => account.evaluate((button) => button === document.activeElement)).toBe(true)
  }
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  const chosen = await zone.textContent()
  await zone.press('ArrowDown')
  await expect.poll(focused).toBe(chosen)
  expect(await ring()).toBe('2px solid')
  await page.keyboard.press('Escape')
  await expect.poll(() => zone.evaluate((box) => box === document.activeElement)).toBe(true)
})

test('says that an address leads nowhere, with the way to everywhere else around it', async () => {
  await page.goto(`${runnel.address}/nowhere/at/all`)
  await page.getByRole('heading', { name: 'This page does not exist' }).waitFor()
  await page.getByText('There is nothing at /nowhere/at/all').waitFor()
  await page.getByRole('link', { name: 'Files', exact: true }).waitFor()
})

test('the first steps tick themselves, and are closed for good', async () => {
  const steps = page.getByTestId('getting-started')
  const open = () => steps.getByRole('img', { name: 'To do' }).count()
  await page.goto(`${runnel.address}/flows`)
  await steps.getByText('0 %').waitFor()
  const flow = await runnel.client.call(createFlow, { body: await echoFlow('Echo') })
  await runnel.client.call(runFlow, { params: { flow_id_or_name: flow.id }, body: { input_value: 'Hello' } })
  await page.reload()
  await steps.getByText('50 %').waitFor()
  await expect.poll(open).toBe(2)
  expect(await seriousFindings(page)).toEqual([])
  await steps.getByRole('button', { name: 'Close for good' }).click()
  await steps.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByTestId('list-card').waitFor()
  expect(await steps.count()).toBe(0)
})

test('what cannot be read says why and is asked for again, beside what can be', async () => {
  const broken = await newPage()
  const refuse = (pattern: RegExp) =>
    broken.route(pattern, (route) =>
      route.fulfill({ status: 400, json: { detail: 'The store is away' }, headers: { 'x-request-id': 'q-17' } }),
    )
  await runnel.client.call(createFlow, { body: await echoFlow('Beside it') })
  await refuse(/\/monitor\/runs\/by_flow/)
  await broken.goto(`${runnel.address}/flows`)
  await broken.getByText('Beside it').waitFor()
  const part = broken.getByRole('alert').filter({ hasText: 'The last runs could not be read. The store is away' })
  await part.waitFor()
  await broken.unrouteAll()
  await part.getByRole('button', { name: 'Retry' }).click()
  await part.waitFor({ state: 'detached' })

  await refuse(/\/api\/v1\/projects\//)
  await broken.reload()
  const block = broken.getByRole('main').getByRole('alert')
  await block.getByText('The store is away').waitFor()
  await block.getByText('q-17').waitFor()
  await broken.getByRole('navigation').getByText('The projects could not be read.').waitFor()
  expect(await seriousFindings(broken)).toEqual([])
  await broken.unrouteAll()
  await block.getByRole('button', { name: 'Retry' }).click()
  await broken.getByText('Beside it').waitFor()
  await broken.context().close()
})

test('a flow is looked at under an address of its own, and stays as it is', async () => {
  const { id } = await runnel.client.call(createFlow, { body: await echoFlow('Shown') })
  const before = await runnel.client.call(readFlow, { params: { flow_id: id } })
  await page.goto(`${runnel.address}/flow/${id}/view`)
  await page.getByTestId('flow-view').waitFor()
  await expect.poll(() => page.getByTestId('div-generic-node').count()).toBe(2)
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.getByTestId('lock-flow').count()).toBe(0)
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  expect(await page.getByTestId('div-generic-node').count()).toBe(2)
  await page.getByTestId('open-in-editor').click()
  await page.getByTestId('run-flow').waitFor()
  expect(await runnel.client.call(readFlow, { params: { flow_id: id } })).toEqual(before)
})

test('flows, pages and parts of the settings are gone to by their names, from every page', async () => {
  const { id } = await runnel.client.call(createFlow, { body: await echoFlow('Quarterly answers') })
  await page.goto(`${runnel.address}/files`)
  await page.getByTestId('open-palette').waitFor()
  await page.evaluate(() =>
    new MutationObserver(() => {
      if (document.querySelector('[cmdk-empty]')) document.body.dataset.wasEmpty = ''
    }).observe(document.body, { childList: true, subtree: true }),
  )
  await page.keyboard.press('Control+k')
  const search = page.getByPlaceholder('Name of a flow, project or page…')
  await page.getByRole('option', { name: 'Files', exact: true }).waitFor()
  expect(await page.locator('[data-was-empty]').count()).toBe(0)
  await search.fill('providers')
  await page.getByRole('option', { name: 'Settings › Model providers' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/settings\/model-providers$/)
  await page.getByTestId('open-palette').click()
  await search.fill('quarterly')
  await page.getByRole('option', { name: 'Quarterly answers' }).click()
  await page.waitForURL((url) => url.pathname === `/flow/${id}`)
  await page.locator('.react-flow__node').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('What do you want to do?').fill('knowledge')
  await page.getByRole('option', { name: 'Knowledge', exact: true }).last().click()
  await page.waitForURL(/\/knowledge$/)
})

test('a flow that cannot be shown offers what this browser has kept of it', async () => {
  const { id } = await runnel.client.call(createFlow, { body: await echoFlow('Nearly lost') })
  // Whatever would save it.
  const ofFlow = new RegExp(`/flows/${id}`)
  await page.route(ofFlow, (route) => (route.request().method() === 'GET' ? route.continue() : route.abort()))
  await page.goto(`${runnel.address}/flow/${id}`)
  await page.locator('.react-flow__node').first().click()
  await page.keyboard.press('Delete')
  await page.locator('[data-testid="save-state"][data-state="offline"]').waitFor()
  // Before the other, which still keeps the flow from being saved.
  await page.route(`**/api/v1/flows/${id}`, (route) => route.fulfill({ status: 500, json: { detail: 'Broken' } }))
  await page.reload()
  await page.getByRole('alert').getByText('Broken').waitFor()
  const save = page.getByRole('button', { name: 'Download the last local copy' })
  const [saved] = await Promise.all([page.waitForEvent('download'), save.click()])
  const copy = JSON.parse(await readFile(await saved.path(), 'utf8'))
  expect(copy).toMatchObject({ id, data: { nodes: [{}] } })
  await page.unrouteAll()
})

test('a page that cannot be drawn says so, gives a report of it, and is drawn once it is asked for anew', async () => {
  page = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  const { id } = await runnel.client.call(createFlow, { body: await echoFlow('Undrawable') })
  let isBroken = true
  await page.route(`**/api/v1/flows/${id}`, async (route) => {
    if (!isBroken || route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), name: { not: 'a text' } } })
  })
  await page.goto(`${runnel.address}/flow/${id}`)
  const alert = page.getByRole('alert')
  await alert.getByRole('heading', { name: 'Something went wrong on this page' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await alert.getByRole('button', { name: 'Copy report' }).click()
  await alert.getByRole('button', { name: 'Copied' }).waitFor()
  const report = await page.evaluate(() => navigator.clipboard.readText())
  expect(report).toMatch(/^TypeError: /)
  expect(report).toContain(page.url())
  await alert.getByRole('button', { name: 'Reload' }).click()
  await alert.getByRole('heading', { name: 'Something went wrong on this page' }).waitFor()
  isBroken = false
  await alert.getByRole('button', { name: 'Retry' }).click()
  await page.locator('.react-flow__node').first().waitFor()
  await page.unrouteAll()
})

test('what the settings hide is not offered, and has no address', async () => {
  const config = await (await fetch(`${runnel.address}/api/v1/config`)).json()
  const hidden = Object.keys(config).filter((name) => name.startsWith('hide_'))
  const answer = { ...config, ...Object.fromEntries(hidden.map((name) => [name, true])) }
  await page.route('**/api/v1/config', (route) => route.fulfill({ json: answer }))
  await page.goto(`${runnel.address}/templates`)
  await page.getByTestId('upload-flow-btn').first().waitFor()
  await expect.poll(() => new URL(page.url()).pathname).not.toBe('/templates')
  for (const name of ['new-project-btn', 'add-project-button', 'upload-project-button', 'getting-started']) {
    expect(await page.getByTestId(name).count()).toBe(0)
  }
  expect(await page.getByRole('link', { name: 'Templates', exact: true }).count()).toBe(0)
  await page.unroute('**/api/v1/config')
})

test('an answer that takes longer than the settings allow is given up, and the page says so', async () => {
  const config = await (await fetch(`${runnel.address}/api/v1/config`)).json()
  await page.route('**/api/v1/config', (route) => route.fulfill({ json: { ...config, frontend_timeout: 5 } }))
  await page.route('**/api/v2/files', () => {})
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('user-profile-settings').waitFor()
  await page.getByRole('link', { name: 'Files', exact: true }).click()
  await page.getByText('The server did not answer in time').waitFor()
})

test('the page says that the server is away after as many failed checks as the settings allow', async () => {
  const config = await (await fetch(`${runnel.address}/api/v1/config`)).json()
  let checks = 0
  await page.route('**/api/v1/config', (route) => route.fulfill({ json: { ...config, health_check_max_retries: 3 } }))
  await page.route('**/health', (route) => {
    checks++
    return route.abort()
  })
  await page.goto(`${runnel.address}/flows`)
  await page.getByText('Cannot reach the server').waitFor()
  expect(checks).toBeGreaterThanOrEqual(3)
})

test('what tests hold on to has no word of the language in it', async () => {
  const { id } = await runnel.client.call(createFlow, { body: await echoFlow('In Chinese') })
  const reader = await newPage({ locale: 'zh-CN' })
  for (const [path, last] of [
    [`/flow/${id}`, 'disclosure-bundles-youtube'],
    ['/settings/model-providers', 'provider-item-openai'],
    ['/api', 'api-key-button-store'],
  ] as const) {
    await reader.goto(runnel.address + path)
    await reader.getByTestId(last).first().waitFor()
    const testIds = await reader
      .locator('[data-testid]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-testid') ?? ''))
    expect(testIds.filter((testId) => /\p{Script=Han}/u.test(testId))).toEqual([])
  }
  await reader.context().close()
})

test('times on the canvas are those of the zone the user chose, wherever the browser is', async () => {
  const { id } = await runnel.client.call(createFlow, { body: await echoFlow('Far away') })
  await runnel.client.call(runFlow, { params: { flow_id_or_name: id }, body: { input_value: 'Hello' } })
  const timeShown = async (timezoneId: string, chosen?: string): Promise<string | null> => {
    const reader = await newPage({ timezoneId })
    await reader.addInitScript((zone) => zone && localStorage.setItem('runnel.timeZone', zone), chosen)
    await reader.goto(`${runnel.address}/flow/${id}`)
    const time = await reader.getByTestId('div-generic-node').first().locator('footer').textContent()
    await reader.context().close()
    return time
  }
  const there = await timeShown('Asia/Kolkata')
  expect(await timeShown('UTC', 'Asia/Kolkata')).toBe(there)
  expect(await timeShown('UTC')).not.toBe(there)
})

test('the tab of the browser says which page it shows', async () => {
  for (const [path, title] of [
    ['/files', 'My files – Runnel'],
    ['/api', 'API management – Runnel'],
    ['/settings/api-keys', 'API keys – Settings – Runnel'],
    ['/nowhere', 'This page does not exist – Runnel'],
  ]) {
    await page.goto(runnel.address + path)
    await expect.poll(() => page.title()).toBe(title)
  }
})

test('a dialog gives the focus back to what opened it, a menu that was chosen from included', async () => {
  const hasFocus = (testId: string) =>
    page
      .getByTestId(testId)
      .first()
      .evaluate((one) => one === document.activeElement)
  await page.goto(`${runnel.address}/settings/global-variables`)
  await page.getByTestId('api-key-button-store').first().press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus('api-key-button-store')).toBe(true)
  await page.getByTestId('open-palette').press('Enter')
  await page.getByRole('option', { name: 'Files', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus('open-palette')).toBe(true)
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('home-dropdown-menu').first().press('Enter')
  await page.getByTestId('btn-edit-flow').press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus('home-dropdown-menu')).toBe(true)
})
