import { type Component, type ErasedOutput, type Field, outputTypes, shownOutputs } from '@runnel/sdk'
import { loadComponents } from '../component-files.ts'
import type { ReferencePart } from '../docs.ts'

/** A page per component, and an index of them by category. */
export const componentPages: ReferencePart = {
  path: 'reference/components',
  async pages(root) {
    const components = (await loadComponents(root)).map(({ component }) => component)
    return new Map([
      ['reference/components/index.md', indexPage(components)],
      ...components.map((component) => [pathOf(component), componentPage(component)] as const),
    ])
  },
}

const pathOf = ({ type }: Component): string => `reference/components/${type}.md`
const NOTE = '<!-- Written by `npm run docs` from the declarations in packages/components. -->'

function indexPage(components: readonly Component[]): string {
  const categories = Object.entries(Object.groupBy(components, ({ category }) => category)).sort()
  const sections = categories.flatMap(([category, found = []]) => [
    `## ${titleOf(category)}`,
    table(
      ['Component', 'Type', 'What it does'],
      found
        .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
        .map((one) => [
          `[${one.displayName}](./${encodeURIComponent(one.type)}.md)${markOf(one)}`,
          code(one.type),
          one.description,
        ]),
    ),
  ])
  return page([NOTE, '# Components', ...sections])
}

export function componentPage(component: Component): string {
  const { displayName, type, aliases = [], category, description, inputs, replacement } = component
  const facts = [
    `Type ${code(type)}, in ${titleOf(category)}.`,
    aliases.length > 0 && `Flow files also call it ${aliases.map(code).join(', ')}.`,
    component.beta && 'Beta.',
    component.legacy && 'Legacy: it runs, and the sidebar does not offer it.',
    replacement && replacement.length > 0 && `Use ${replacement.map(code).join(' or ')} in new flows.`,
  ]
  const fields = Object.entries(inputs)
  return page([
    NOTE,
    `# ${displayName}`,
    description,
    facts.filter(Boolean).join(' '),
    '## Inputs',
    fields.length > 0 ? inputTable(fields) : 'None.',
    component.dynamicInputs && 'Further inputs appear as values are filled in.',
    '## Outputs',
    table(['Output', 'Title', 'Type', 'Tool name'], Object.entries(shownOutputs(component)).map(outputRow)),
  ])
}

function inputTable(fields: readonly (readonly [string, Field])[]): string {
  return table(
    ['Field', 'Title', 'Kind', 'Default', 'Advanced', 'What it is for'],
    fields.map(([name, { inputType, attributes }]) => [
      code(name),
      String(attributes.display_name) + (attributes.required === true ? ' (required)' : ''),
      inputType.replace(/Input$/, '') + (attributes.list === true ? ', several' : ''),
      defaultOf(attributes.value),
      attributes.advanced === true ? 'yes' : '',
      [attributes.info, choicesOf(attributes.options), attributes.show === false && 'Hidden at first.']
        .filter(Boolean)
        .join(' '),
    ]),
  )
}

const MAX_DEFAULT = 80

function defaultOf(value: unknown): string {
  if (value === undefined || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0))
    return ''
  const text = JSON.stringify(value)
  return code(text.length > MAX_DEFAULT ? `${text.slice(0, MAX_DEFAULT)}…` : text)
}

function choicesOf(options: unknown): string {
  if (!Array.isArray(options) || options.length === 0) return ''
  return `One of ${options.map((option) => code(String(option))).join(', ')}.`
}

function outputRow([name, output]: readonly [string, ErasedOutput]): readonly string[] {
  const tool = output.tool === false || output.type === 'Tool' ? '' : code(output.toolNames?.[0] ?? output.method)
  const title = output.hidden ? `${output.label} (of older flows)` : output.label
  return [code(name), title, outputTypes(output).join(' or '), tool]
}

const markOf = ({ beta, legacy }: Component): string => (legacy ? ' (legacy)' : beta ? ' (beta)' : '')

/** `input_output` is "Input output". */
function titleOf(category: string): string {
  const words = category.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(headers), `|${' --- |'.repeat(headers.length)}`, ...rows.map(line)].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)
const page = (parts: readonly unknown[]): string => `${parts.filter(Boolean).join('\n\n')}\n`
