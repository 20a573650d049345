import { createFlow } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { startRunnel } from './start-runnel.ts'

let page: Page
let flowId: string
const admin = { name: 'grace', password: 'correct horse battery staple' }
const guest = { name: 'linus', password: 'another long pass phrase' }
const { runnel, newPage } = startJourney({
  LANGFLOW_AUTO_LOGIN: 'false',
  LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'false',
  LANGFLOW_ENABLE_SIGNUP: 'true',
  LANGFLOW_SUPERUSER: admin.name,
  LANGFLOW_SUPERUSER_PASSWORD: admin.password,
})

beforeAll(async () => {
  page = await newPage()
})

async function logIn({ name, password }: typeof admin): Promise<void> {
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}
async function logOut(): Promise<void> {
  await page.getByTestId('user-profile-settings').click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByRole('heading', { name: 'Log in to Runnel' }).waitFor()
}

/** How many flows the browser keeps changes of that are not saved. */
const keptDrafts = (): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('keyval-store')
        opening.onsuccess = () => {
          const { result: store } = opening
          const reading = store.transaction('keyval').objectStore('keyval').getAllKeys()
          reading.onsuccess = () => {
            store.close()
            resolve(reading.result.filter((key) => String(key).startsWith('runnel.draft.')).length)
          }
        }
      }),
  )

test('a visitor signs up and waits to be let in', async () => {
  await page.goto(runnel.address)
  await page.waitForURL(/\/login/)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Username').fill(guest.name)
  await page.getByLabel('Password', { exact: true }).fill(guest.password)
  await page.getByLabel('Password, again').fill('something else')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByText('The two passwords differ.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByLabel('Password, again').fill(guest.password)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByText('Your account awaits activation by an administrator.').waitFor()
  await logIn(guest)
  await page.getByRole('alert').getByText('Waiting for approval').waitFor()
})

test('a superuser lets the visitor in, from the page that was asked for', async () => {
  await page.goto(`${runnel.address}/admin`)
  await page.waitForURL(/\/login\?next=%2Fadmin/)
  await logIn({ ...admin, password: 'wrong' })
  await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
  await logIn(admin)
  await page.waitForURL(/\/admin$/)
  await page.getByRole('checkbox', { name: 'linus is active' }).click()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByRole('checkbox', { name: 'linus is active', checked: true }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const made = await page.request.post(`${runnel.address}${createFlow.path}`, { data: await echoFlow("Grace's flow") })
  flowId = (await made.json()).id
  await page.route('**/api/v1/flows/*', (route) =>
    ['PATCH', 'PUT'].includes(route.request().method()) ? route.abort() : route.fallback(),
  )
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page.locator('.react-flow__node').first().click()
  await page.keyboard.press('Delete')
  await expect.poll(keptDrafts).toBe(1)
  await page.goto(`${runnel.address}/flows`)
  await page.getByText("Grace's flow").waitFor()
  await page.unroute('**/api/v1/flows/*')
  await page.goto(`${runnel.address}/login`)
  await page.waitForURL(/\/(flows|projects)/)
  await logOut()
})

test('the next user sees nothing of the one before, and is no superuser', async () => {
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page.waitForURL(/\/login/)
  await logIn(guest)
  // Nothing of what the browser could not save of it for Grace is offered, either.
  await page.getByText('This flow does not exist, or is not yours.').first().waitFor()
  await page.getByText('Welcome to Runnel').waitFor()
  expect(await page.content()).not.toContain("Grace's flow")
  await page.goto(`${runnel.address}/admin`)
  await page.waitForURL(/\/(flows|projects)/)
  await page.getByTestId('user-profile-settings').click()
  await page.getByRole('menuitem', { name: guest.name }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Admin' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.goto(`${runnel.address}/monitor/logs`)
  await page.getByText('Only superusers may see this').waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('changing the password ends every login', async () => {
  await page.goto(`${runnel.address}/settings/general`)
  await page
    .getByRole('button', { name: /^Choose / })
    .first()
    .click()
  await page.getByTestId('user-profile-settings').getByRole('presentation').waitFor()
  await page.getByLabel('Current password').fill(guest.password)
  await page.getByLabel(/^New password \*/).fill('a third long pass phrase')
  await page.getByLabel('New password, again').fill('a third long pass phrase')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.waitForURL(/\/login/)
  await logIn({ ...guest, password: 'a third long pass phrase' })
  await page.getByText('Welcome to Runnel').waitFor()
})

test('an account is deleted once its name and password are typed', async () => {
  await page.goto(`${runnel.address}/settings/general`)
  await page.getByRole('link', { name: 'Delete account…' }).click()
  const confirm = page.getByRole('button', { name: 'Delete account', exact: true })
  await expect.poll(() => confirm.isDisabled()).toBe(true)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByLabel('Type your name, linus').fill(guest.name)
  await page.getByLabel('Current password').fill('a guess')
  await confirm.click()
  await page.getByText('Current password is incorrect').waitFor()
  await page.getByLabel('Current password').fill('a third long pass phrase')
  await confirm.click()
  await page.getByRole('heading', { name: 'Log in to Runnel' }).waitFor()
  await logIn({ ...guest, password: 'a third long pass phrase' })
  await page.getByRole('alert').getByText('Incorrect username or password').waitFor()
})

test('where nobody may sign up, the login leads to no form for it', async () => {
  const closed = await startRunnel({ LANGFLOW_AUTO_LOGIN: 'false', LANGFLOW_ENABLE_SIGNUP: 'false' })
  try {
    await page.goto(`${closed.address}/signup`)
    await page.waitForURL(/\/login$/)
    await page.getByRole('heading', { name: 'Log in to Runnel' }).waitFor()
    expect(await page.getByRole('link', { name: 'Sign up' }).count()).toBe(0)
    expect(await seriousFindings(page)).toEqual([])
  } finally {
    await closed.stop()
  }
})
