import { createFlow } from '@runnel/protocol/flows'
import { login } from '@runnel/protocol/login'
import { createProject } from '@runnel/protocol/projects'
import { createUser } from '@runnel/protocol/users'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { messagesIn, say } from './chats.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { saved } from './on-canvas.ts'

const ada = { username: 'ada', password: 'correct horse battery staple' }
const eve = { username: 'eve', password: 'another long pass phrase' }
const { runnel, newPage } = startJourney({
  LANGFLOW_AUTO_LOGIN: 'false',
  LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'false',
  LANGFLOW_NEW_USER_IS_ACTIVE: 'true',
  LANGFLOW_SUPERUSER: ada.username,
  LANGFLOW_SUPERUSER_PASSWORD: ada.password,
})
let hers: Page
let eves: Page
let projectId: string
let flowId: string

/** Calls the API as whoever is signed in on the page. */
async function post(page: Page, { path }: { readonly path: string }, data: object): Promise<{ readonly id: string }> {
  const response = await page.request.post(runnel.address + path, { data })
  expect([response.status(), path]).toEqual([201, path])
  return response.json()
}

async function signedIn({ username, password }: typeof ada): Promise<Page> {
  const page = await newPage()
  const form = { username, password }
  const response = await page.request.post(runnel.address + login.path, { form })
  expect(response.status()).toBe(200)
  return page
}

beforeAll(async () => {
  hers = await signedIn(ada)
  await post(hers, createUser, eve)
  projectId = (await post(hers, createProject, { name: 'Help desk' })).id
  flowId = (await post(hers, createFlow, { ...(await echoFlow('Answer letters')), folder_id: projectId })).id
  eves = await signedIn(eve)
  await post(eves, createFlow, await echoFlow("Eve's own"))
})

/** Ada gives Eve another role, in the dialog that is open. */
async function giveRole(role: string): Promise<void> {
  await hers.getByRole('combobox', { name: 'Role of eve' }).click()
  await hers.getByRole('option', { name: role }).click()
  await hers.getByRole('combobox', { name: 'Role of eve' }).filter({ hasText: role }).waitFor()
}

/** Eve selects a node and presses the key that deletes it. */
async function deleteNode(): Promise<void> {
  await eves.locator('.react-flow__node [data-testid^="title-"]').first().click()
  await eves.locator('.react-flow__node.selected').waitFor()
  await eves.keyboard.press('Delete')
}

test('a project is shared by name, and whoever is not there cannot be added', async () => {
  await hers.goto(`${runnel.address}/projects/${projectId}`)
  await hers.getByTestId('open-members').click()
  await hers.getByText('Nobody else sees this project yet.').waitFor()
  await hers.getByTestId('member-name').fill('nobody')
  await hers.getByTestId('add-member').click()
  await hers.getByRole('dialog').getByRole('alert').getByText('There is no user named nobody').waitFor()
  await hers.getByTestId('member-name').fill('eve')
  await hers.keyboard.press('Enter')
  await hers.getByTestId('member-eve').getByText('Viewer').waitFor()
  expect(await hers.getByTestId('member-ada').getByRole('combobox').count()).toBe(0)
  expect(await seriousFindings(hers)).toEqual([])
})

test('a viewer finds the project marked as shared, and is offered nothing that changes it', async () => {
  await eves.goto(`${runnel.address}/projects/${projectId}`)
  await eves.getByText('Shared by ada. As a viewer you can look at its flows').waitFor()
  await eves.getByTestId('shared-mark').waitFor()
  const card = eves.getByTestId('list-card').filter({ hasText: 'Answer letters' })
  await card.getByTestId('owner-mark').waitFor()
  expect(await card.getAttribute('draggable')).toBe('false')
  expect(await eves.getByTestId('new-project-btn').count()).toBe(0)
  expect(await eves.getByTestId('upload-flow-btn').count()).toBe(0)
  await card.getByTestId('home-dropdown-menu').click()
  const offered = (): Promise<readonly string[]> => eves.getByRole('menuitem').allTextContents()
  await expect.poll(offered).toEqual(['Open in new tab', 'Export', 'Copy to my projects', 'Tests'])
  await eves.keyboard.press('Escape')
  await eves.getByTestId('sidebar-nav-Help desk').hover()
  await eves.getByTestId('more-options-button_help-desk').click()
  await eves.getByTestId('btn-project-members').waitFor()
  expect(await eves.getByTestId('btn-rename-project').count()).toBe(0)
  await eves.keyboard.press('Escape')
})

test('the flows of all projects are one list, to be narrowed to those of one owner', async () => {
  await eves.getByTestId('all-projects').click()
  await eves.getByRole('heading', { name: 'All projects' }).waitFor()
  await expect.poll(() => eves.getByTestId('list-card').count()).toBe(2)
  await eves.getByTestId('owner-filter').click()
  await eves.getByRole('option', { name: 'ada' }).click()
  await eves.waitForURL(/owner=ada/)
  await expect.poll(() => eves.getByTestId('flow-name-div').allTextContents()).toEqual(['Answer letters'])
  expect(await seriousFindings(eves)).toEqual([])
  await eves.reload()
  await expect.poll(() => eves.getByTestId('flow-name-div').allTextContents()).toEqual(['Answer letters'])
})

test('a viewer looks at a flow, and can neither change nor run it', async () => {
  await eves.goto(`${runnel.address}/flow/${flowId}?panel=playground`)
  await eves.getByTestId('role-bar').getByText('As a viewer you can look at it').waitFor()
  await eves.getByTestId('chat-refused').getByText('As a viewer').waitFor()
  await eves.getByRole('heading', { name: 'No messages yet' }).waitFor()
  expect(await eves.getByTestId('input-chat-playground').count()).toBe(0)
  expect(await eves.getByTestId('run-flow').count()).toBe(0)
  expect(await eves.locator('[data-testid^="button_run_"]').count()).toBe(0)
  expect(await eves.getByTestId('lock-flow').count()).toBe(0)
  expect(await eves.getByTestId('publish-api-button').count()).toBe(0)
  await deleteNode()
  expect(await eves.locator('.react-flow__node').count()).toBe(2)
  expect(await seriousFindings(eves)).toEqual([])
})

test('a runner chats with a flow, and cannot change it', async () => {
  await giveRole('Runner')
  await eves.reload()
  await eves.getByTestId('role-bar').getByText('As a runner you can run it').waitFor()
  expect(await eves.getByTestId('open-batch').count()).toBe(0)
  await say(eves, 'Hello from Eve')
  // What she says, and what the flow says to it.
  const said = messagesIn(eves).filter({ hasText: 'Hello from Eve' }).and(eves.locator('[data-state="complete"]'))
  await expect.poll(() => said.count()).toBe(2)
  await deleteNode()
  expect(await eves.locator('.react-flow__node').count()).toBe(2)
})

test('an editor changes a flow, and it is saved for its owner', async () => {
  await giveRole('Editor')
  await eves.reload()
  await eves.getByTestId('lock-flow').waitFor()
  expect(await eves.getByTestId('role-bar').count()).toBe(0)
  await deleteNode()
  await expect.poll(() => eves.locator('.react-flow__node').count()).toBe(1)
  await saved(eves)
  const read = await hers.request.get(`${runnel.address}/api/v1/flows/${flowId}`)
  expect((await read.json()).data.nodes).toHaveLength(1)
})

test('whom the project is no longer shared with is led from its flow to the list', async () => {
  await hers.getByRole('button', { name: 'Remove eve' }).click()
  await hers.getByText('Remove eve from “Help desk”?').waitFor()
  await hers.getByRole('button', { name: 'Remove member', exact: true }).click()
  await hers.getByText('Nobody else sees this project yet.').waitFor()
  await eves.getByText('This flow does not exist, or is not yours.').first().waitFor()
  await eves.waitForURL(/\/flows$/)
  await eves.getByRole('heading', { name: 'My Projects' }).waitFor()
  await expect.poll(() => eves.getByTestId('sidebar-nav-Help desk').count()).toBe(0)
  await eves.goto(`${runnel.address}/projects/${projectId}`)
  await eves.getByText('This project does not exist, or is not yours.').first().waitFor()
})

test('a member leaves a project by itself', async () => {
  await hers.getByTestId('member-name').fill('eve')
  await hers.getByRole('combobox', { name: 'Role', exact: true }).click()
  await hers.getByRole('option', { name: 'Editor' }).click()
  await hers.getByTestId('add-member').click()
  await hers.getByTestId('member-eve').waitFor()
  await eves.goto(`${runnel.address}/projects/${projectId}`)
  await eves.getByText('As an editor you can make').waitFor()
  await eves.getByTestId('open-members').click()
  await eves.getByTestId('leave-project').click()
  await eves.getByRole('button', { name: 'Leave project', exact: true }).last().click()
  await eves.getByText('You have left the project Help desk').first().waitFor()
  await eves.getByRole('heading', { name: 'My Projects' }).waitFor()
  await expect.poll(() => eves.getByTestId('sidebar-nav-Help desk').count()).toBe(0)
  expect(await eves.getByTestId('all-projects').count()).toBe(0)
})
