import { readFile } from 'node:fs/promises'
import { listUserFiles } from '@runnel/protocol/files'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'

const { runnel, newPage } = startJourney({ LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' })
let page: Page

beforeAll(async () => {
  page = await newPage()
  await page.goto(`${runnel.address}/files`)
})

const upload = async (...files: readonly { readonly name: string; readonly size: number }[]): Promise<void> => {
  const chosen = page.waitForEvent('filechooser')
  await page.getByTestId('upload-file-btn').first().click()
  const payload = files.map(({ name, size }) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'x') }))
  await (await chosen).setFiles(payload)
}
const stored = async () => (await runnel.client.call(listUserFiles, {})).map(({ name }) => name).sort()

test('several files are uploaded at once, one that is too large is refused before it is sent', async () => {
  await page.getByText('No files', { exact: true }).waitFor()
  await upload({ name: 'notes.md', size: 10 }, { name: '数据.csv', size: 2000 }, { name: 'huge.bin', size: 1_200_000 })
  await page.getByText('2 files uploaded').first().waitFor()
  await page.getByText('Larger than a file may be (1 MB)').waitFor()
  await page.getByRole('button', { name: 'Remove from the list' }).click()
  await expect.poll(stored).toEqual(['notes', '数据'])
})

test('an upload that failed is tried again', async () => {
  await page.route('**/api/v2/files', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  )
  await upload({ name: 'later.txt', size: 5 })
  const again = page.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  await page.unroute('**/api/v2/files')
  await again.click()
  await page.getByTestId('file-item-later').waitFor()
})

test('a file is renamed where it stands, found by its extension, and downloaded', async () => {
  await page.getByTestId('context-menu-button-notes').click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByTestId('rename-input-notes').fill('letters')
  await page.getByTestId('rename-input-notes').press('Enter')
  await page.getByTestId('file-item-letters').waitFor()
  await page.getByTestId('search-files-input').fill('.md')
  await page.waitForURL(/q=.md/)
  await page.getByTestId('file-item-later').waitFor({ state: 'detached' })
  await page.getByTestId('context-menu-button-letters').click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Download' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('letters.md')
  expect(await readFile(await file.path(), 'utf8')).toBe('x'.repeat(10))
})

test('selected files are downloaded as a zip and deleted together', async () => {
  await page.goto(`${runnel.address}/files`)
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByText('3 selected').waitFor()
  const [zip] = await Promise.all([page.waitForEvent('download'), page.getByTestId('bulk-download-btn').click()])
  expect((await readFile(await zip.path())).subarray(0, 2).toString()).toBe('PK')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('bulk-delete-btn').click()
  await page.getByRole('button', { name: 'Delete 3 files' }).click()
  await page.getByText('No files', { exact: true }).waitFor()
  await expect.poll(stored).toEqual([])
})
