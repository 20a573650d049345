import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPage, startBrowser } from './start-browser.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'

let runnel: Runnel
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[runnel, browser] = await Promise.all([startRunnel(), startBrowser()])
  page = await newPage(browser)
})
afterAll(async () => {
  await browser.close()
  await runnel.stop()
})

test('opens on the projects without asking who is there', async () => {
  await page.goto(runnel.address)
  await page.getByTestId('mainpage_title').waitFor()
  expect(new URL(page.url()).pathname).toBe('/flows')
  expect(await page.getByTestId('mainpage_title').textContent()).toBe('My Projects')
})

test('switches to Chinese and back without a reload', async () => {
  const choose = async (language: string, item: string): Promise<void> => {
    await page.getByTestId('user-profile-settings').click()
    await page.getByRole('menuitem', { name: item }).press('ArrowRight')
    await page.getByRole('menuitemcheckbox', { name: language }).press('Enter')
  }
  await choose('简体中文', 'Language')
  await page.getByRole('link', { name: '项目', exact: true }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  await choose('English', '语言')
  await page.getByRole('link', { name: 'Projects', exact: true }).waitFor()
})

test('says that an address leads nowhere', async () => {
  await page.goto(`${runnel.address}/nowhere/at/all`)
  await page.getByRole('heading', { name: 'This page does not exist' }).waitFor()
})
