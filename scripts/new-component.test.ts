import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isCatalogCurrent } from './catalog.ts'
import { repository } from './component-files.ts'
import { stalePages } from './docs.ts'
import { createComponent, kebab } from './new-component.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'new-component-'))
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'))
  const library = 'packages/components/src'
  for (const path of [
    'input-output/webhook.ts',
    'input-output/webhook.test.ts',
    '__golden__/Webhook.json',
    'catalog.test.ts',
  ]) {
    await cp(join(repository, library, path), join(root, library, path))
  }
  await writeFile(join(root, 'package.json'), '{ "type": "module" }')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const thing = { type: 'MyThing', category: 'flow_controls', label: 'My thing' }

test('writes a component and its test, which pass as they are, and refreshes what lists components', async () => {
  expect(await createComponent(thing, root)).toEqual([
    'packages/components/src/flow-controls/my-thing.ts',
    'packages/components/src/flow-controls/my-thing.test.ts',
    'packages/components/src/__golden__/MyThing.json',
  ])
  expect(await isCatalogCurrent(root)).toBe(true)
  expect(await stalePages(root)).toEqual([])
  const page = await readFile(join(root, 'docs/reference/components/MyThing.md'), 'utf8')
  expect(page).toContain('# My thing')
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  const report = join(root, 'report.json')
  const run = promisify(execFile)
  await run(process.execPath, [vitest, 'run', '--root', root, '--reporter=json', `--outputFile=${report}`], {
    cwd: root,
  })
  const { success, testResults } = JSON.parse(await readFile(report, 'utf8'))
  expect(success).toBe(true)
  const files = testResults.map(({ name }: { name: string }) => basename(name))
  expect(files.toSorted()).toEqual(['catalog.test.ts', 'my-thing.test.ts', 'webhook.test.ts'])
})

test('refuses a name that is taken and names that cannot be used', async () => {
  await expect(createComponent({ ...thing, type: 'Webhook' }, root)).rejects.toThrow('already')
  await expect(createComponent({ ...thing, type: 'WebhookComponent' }, root)).rejects.toThrow('already')
  await expect(createComponent({ ...thing, type: 'my thing' }, root)).rejects.toThrow('--type')
  await expect(createComponent({ ...thing, category: '../x' }, root)).rejects.toThrow('--category')
  await expect(createComponent({ ...thing, label: "it's" }, root)).rejects.toThrow('--label')
})

test('names files in lower case with dashes', () => {
  expect(['MyThing', 'HTTPRequest', 'OpenAIModel', 'Top10'].map(kebab)).toEqual([
    'my-thing',
    'http-request',
    'open-ai-model',
    'top10',
  ])
})
