// npm run starters             writes starters/*.json from starter-specs.ts and the catalogue
// npm run starters -- --check  fails when a file is stale
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@runnel/components/catalog'
import { printHandle } from '@runnel/engine/handle-codec'
import { type ComponentDescription, describeComponent, templateField } from '@runnel/sdk'
import { TOOLS_FIELD, toolOutput, toolsField } from '@runnel/server/editing/tool-mode'
import { starters } from './starter-specs.ts'
import type { NodeSpec, StarterSpec } from './starters/starter-spec.ts'

const FOLDER = join(import.meta.dirname, '../starters')
const COLUMN = 420
const ROW = 440

interface Placed {
  readonly id: string
  readonly type: string
  readonly described: ComponentDescription
  readonly json: Readonly<Record<string, unknown>>
}

/** Five letters that stay the same for the same node. */
const suffix = (text: string) => createHash('sha256').update(text).digest('base64url').replace(/[-_]/g, 'x').slice(0, 5)

function place(flow: string, key: string, spec: NodeSpec, edges: readonly string[]): Placed {
  const component = catalog.find(({ type }) => type === spec.type)
  if (!component) throw new Error(`${flow}: no component ${spec.type}`)
  const { type } = component
  const plain = describeComponent(component)
  const id = `${type}-${suffix(`${flow} ${key}`)}`
  const values = {
    ...Object.fromEntries(
      Object.entries(plain.template).map(([name, entry]) => [name, Reflect.get(Object(entry), 'value')]),
    ),
    ...spec.set,
  }
  const described = {
    ...describeComponent(component, values),
    ...(spec.asTools && { outputs: [toolOutput], tool_mode: true }),
  }
  const added = component.dynamicInputs?.(values) ?? {}
  const template = {
    ...described.template,
    ...Object.fromEntries(Object.entries(added).map(([name, declared]) => [name, templateField(name, declared)])),
    ...(spec.asTools && { [TOOLS_FIELD]: toolsField(component) }),
  }
  for (const name of Object.keys(spec.set ?? {})) {
    if (!(name in template)) throw new Error(`${flow}: ${spec.type} has no field ${name}`)
  }
  const filled = Object.fromEntries(
    Object.entries(template).map(([name, entry]) => [
      name,
      spec.set && name in spec.set
        ? { ...Object(entry), value: spec.set[name], show: true }
        : edges.some((edge) => edge.endsWith(` ${key}.${name}`))
          ? { ...Object(entry), show: true }
          : entry,
    ]),
  )
  const [column, row] = spec.at
  const node = { ...described, display_name: spec.title ?? described.display_name, template: filled }
  const json = {
    id,
    type: 'genericNode',
    position: { x: column * COLUMN, y: row * ROW },
    data: { id, type, node: { ...node, custom_fields: promptFields(described, added) }, showNode: true },
  }
  return { id, type, described: { ...described, template }, json }
}

const promptFields = ({ custom_fields }: ComponentDescription, added: object) =>
  Object.fromEntries(Object.keys(custom_fields).map((field) => [field, Object.keys(added)]))

function connect(flow: string, edge: string, nodes: ReadonlyMap<string, Placed>) {
  const [, from = '', output = '', arrow, to = '', field = ''] = /^(\w+)\.(\w+) (>>?) (\w+)\.(\w+)$/.exec(edge) ?? []
  const source = nodes.get(from)
  const target = nodes.get(to)
  const typesOf = (name: string, of: Placed | undefined) => of?.described.outputs.find((entry) => entry.name === name)
  const given = typesOf(output, source)
  if (!source || !target || !given) throw new Error(`${flow}: cannot draw ${edge}`)
  const entry = Object(target.described.template[field])
  const fed = typesOf(field, target)
  const sourceHandle = { dataType: source.type, id: source.id, name: output, output_types: given.types }
  const targetHandle =
    arrow === '>>'
      ? { dataType: target.type, id: target.id, name: field, output_types: fed?.loop_types ?? fed?.types }
      : { fieldName: field, id: target.id, inputTypes: entry.input_types ?? null, type: entry.type }
  const [sourceText, targetText] = [printHandle(sourceHandle), printHandle(targetHandle)]
  return {
    id: `xy-edge__${source.id}${sourceText}-${target.id}${targetText}`,
    source: source.id,
    target: target.id,
    sourceHandle: sourceText,
    targetHandle: targetText,
    data: { sourceHandle, targetHandle },
    animated: false,
    selected: false,
  }
}

function build(spec: StarterSpec): string {
  const nodes = new Map(Object.entries(spec.nodes).map(([key, node]) => [key, place(spec.name, key, node, spec.edges)]))
  const id = `note-${suffix(`${spec.name} note`)}`
  const note = {
    id,
    type: 'noteNode',
    position: { x: -COLUMN, y: ROW },
    width: 340,
    height: 300,
    data: {
      id,
      type: 'note',
      node: { description: spec.note, display_name: '', documentation: '', template: { backgroundColor: 'amber' } },
    },
  }
  const flow = {
    name: spec.name,
    description: spec.description,
    icon: spec.icon,
    tags: spec.tags,
    is_component: false,
    endpoint_name: null,
    data: {
      nodes: [...[...nodes.values()].map(({ json }) => json), note],
      edges: spec.edges.map((edge) => connect(spec.name, edge, nodes)),
      viewport: { x: 0, y: 0, zoom: 0.6 },
    },
  }
  return `${JSON.stringify(flow, null, 2)}\n`
}

const files = new Map(starters.map((spec) => [`${spec.name}.json`, build(spec)]))
const isStale = (file: string) =>
  !existsSync(join(FOLDER, file)) || readFileSync(join(FOLDER, file), 'utf8') !== files.get(file)

if (process.argv.includes('--check')) {
  const stale = [...files.keys()].filter(isStale)
  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run: npm run starters`)
    process.exit(1)
  }
} else {
  mkdirSync(FOLDER, { recursive: true })
  for (const file of readdirSync(FOLDER)) if (file.endsWith('.json') && !files.has(file)) rmSync(join(FOLDER, file))
  for (const [file, text] of files) writeFileSync(join(FOLDER, file), text)
  console.log(`Wrote ${files.size} starters.`)
}
