import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Component, describeComponent } from '@runnel/sdk'
import { describe, expect, test } from 'vitest'
import { catalog } from './catalog.ts'

// What keeps all components alike. A new one needs no line here: `npm run new-component` fits it in.

const folder = import.meta.dirname
const isComponent = (value: unknown): value is Component =>
  typeof value === 'object' && value !== null && ['type', 'inputs', 'outputs'].every((key) => key in value)

const paths = globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts', 'catalog.ts'] }).sort()
const files = await Promise.all(
  paths.map(async (path) => {
    const loaded: Readonly<Record<string, unknown>> = await import(join(folder, path))
    return { path, components: Object.values(loaded).filter(isComponent) }
  }),
)
const declared = files.flatMap(({ path, components }) => components.map((component) => ({ path, component })))

test('is generated from the files there are: npm run catalog', () => {
  expect(catalog.map(({ type }) => type)).toEqual(declared.map(({ component }) => component.type))
  expect(new Set(catalog)).toEqual(new Set(declared.map(({ component }) => component)))
})

test('gives every type and alias to one component alone', () => {
  const names = catalog.flatMap(({ type, aliases = [] }) => [type, ...aliases])
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test('keeps no golden template of a component that is gone', () => {
  const kept = globSync('*.json', { cwd: join(folder, '__golden__') }).map((file) => basename(file, '.json'))
  expect(kept.filter((type) => !catalog.some((component) => component.type === type))).toEqual([])
})

/** Names without case, dashes and blanks, so that `openai-model.ts` fits `OpenAIModel`. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

describe.each(declared)('$component.type', ({ path, component }) => {
  test('stands in a file of its type or title', () => {
    const { type, displayName } = component
    expect([type, type.replace(/Component$/, ''), displayName].map(bare)).toContain(bare(basename(path, '.ts')))
    expect(basename(path)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/)
  })

  test('has its test beside it', () => {
    expect(existsSync(join(folder, path.replace(/\.ts$/, '.test.ts')))).toBe(true)
  })

  test('labels every field and output, and says what it does in a sentence', () => {
    const values = Object.fromEntries(
      Object.entries(component.inputs).map(([name, { attributes }]) => [name, attributes.value]),
    )
    const fields = { ...component.inputs, ...component.dynamicInputs?.(values) }
    const labels = [
      ...Object.values(fields).map(({ attributes }) => attributes.display_name),
      ...Object.values(component.outputs).map(({ label }) => label),
    ]
    expect(labels.filter((label) => typeof label !== 'string' || label.trim() === '')).toEqual([])
    expect(component.description).toMatch(/^[A-Z].*\.$/s)
    expect(component.icon).not.toBe('')
  })

  test('derives the template that flows are saved with', async () => {
    const template = `${JSON.stringify(describeComponent(component), null, 2)}\n`
    await expect(template).toMatchFileSnapshot(join(folder, '__golden__', `${component.type}.json`))
  })
})
