// Writes a component, its test and golden template, and fits it into the catalogue and the reference.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { describeComponent } from '@runnel/sdk'
import { writeCatalog } from './catalog.ts'
import { componentsFolder, loadComponents, repository } from './component-files.ts'
import { writeDocs } from './docs.ts'

export interface NewComponent {
  /** The name flows are saved with, `MyThing`; it can never change. */
  readonly type: string
  /** Of the sidebar, `processing`. */
  readonly category: string
  /** The title in the sidebar, `My thing`. */
  readonly label: string
}

/**
 * Writes a component that gives its text back, ready to be changed, and everything that has to know of it.
 * Returns the paths written, relative to `root`.
 * @throws when a name cannot be used or the component exists.
 */
export async function createComponent(options: NewComponent, root: string = repository): Promise<readonly string[]> {
  const { type, category, label } = options
  if (!/^[A-Z][A-Za-z0-9]+$/.test(type)) throw new Error(`--type ${type} is no name such as MyThing.`)
  if (!/^[a-z][a-z0-9_]*$/.test(category)) throw new Error(`--category ${category} is no name such as processing.`)
  if (!/\S/.test(label) || /['\\\n]/.test(label)) throw new Error(`--label ${label} is no title such as "My thing".`)
  const known = (await loadComponents(root)).map(({ component }) => component)
  if (known.some((one) => one.type === type || one.aliases?.includes(type))) {
    throw new Error(`There is a component ${type} already.`)
  }
  const name = kebab(type.replace(/Component$/, '') || type)
  const folder = join(componentsFolder(root), category.replaceAll('_', '-'))
  const [file, test] = [join(folder, `${name}.ts`), join(folder, `${name}.test.ts`)]
  for (const path of [file, test]) if (existsSync(path)) throw new Error(`${relative(root, path)} exists already.`)
  await mkdir(folder, { recursive: true })
  await writeFile(file, componentSource(options, camel(name)))
  await writeFile(test, testSource(camel(name), name))
  const golden = await fitIn(type, root)
  return [file, test, golden].map((path) => relative(root, path))
}

async function fitIn(type: string, root: string): Promise<string> {
  const files = await loadComponents(root)
  await writeCatalog(root, files)
  await writeDocs(root)
  const made = files.find(({ component }) => component.type === type)
  if (!made) throw new Error(`The new file does not export the component ${type}.`)
  const golden = join(componentsFolder(root), '__golden__', `${type}.json`)
  await mkdir(dirname(golden), { recursive: true })
  await writeFile(golden, `${JSON.stringify(describeComponent(made.component), null, 2)}\n`)
  return golden
}

/** `MyHTTPThing2` is `my-http-thing2`. */
export function kebab(type: string): string {
  return type
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

const componentSource = ({ type, category, label }: NewComponent, name: string): string => `\
import { defineComponent, field, message } from '@runnel/sdk'

export const ${name} = defineComponent({
  type: '${type}',
  displayName: '${label}',
  description: 'Gives its text back.',
  icon: 'box',
  category: '${category}',
  inputs: {
    input_value: field.multiline({ label: 'Text', info: 'The text that is given back.' }),
  },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'build_text',
      run: ({ inputs }) => message(inputs.input_value),
    },
  },
})
`

const testSource = (name: string, file: string): string => `\
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { ${name} } from './${file}.ts'

test('gives its text back', async () => {
  const { text } = await runComponent(${name}, { input_value: 'hello' })
  expect(text).toMatchObject({ text: 'hello' })
})
`

if (import.meta.main) {
  const text = { type: 'string', default: '' } as const
  const { values } = parseArgs({ options: { type: text, category: text, label: text } })
  try {
    const written = await createComponent({ ...values, label: values.label || values.type })
    console.log(`Wrote ${written.join(', ')}, and refreshed the catalogue and the reference.`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error('Usage: npm run new-component -- --type MyThing --category processing --label "My thing"')
    process.exitCode = 1
  }
}
