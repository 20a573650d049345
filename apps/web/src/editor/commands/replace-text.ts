import { promptVariables } from '@runnel/protocol/prompt-template'
import { isMustache } from '../editors/mustache.ts'
import {
  type ComponentNode,
  type FlowDocument,
  type FlowNode,
  isNote,
  type TemplateField,
} from '../model/flow-document.ts'
import { literal } from '../model/literal.ts'
import type { Command } from './command.ts'

export interface Replacement {
  /** Found in any case. */
  readonly search: string
  readonly by: string
}

/** Replaces a text wherever a person has written it: in text fields and lists of them, prompts and notes. */
export const replaceText: Command<Replacement> = {
  id: 'replace-text',
  apply(document, replacement) {
    const swap = swapOf(replacement)
    const nodes = document.nodes.map((node) => replaced(node, swap).node)
    return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes }
  },
}

/** How many texts of how many nodes would change. */
export function replaceable(document: FlowDocument, replacement: Replacement) {
  const counts = document.nodes.map((node) => replaced(node, swapOf(replacement)).texts)
  return { texts: counts.reduce((sum, one) => sum + one, 0), nodes: counts.filter(Boolean).length }
}

type Swap = (text: string) => string

function swapOf({ search, by }: Replacement): Swap {
  if (search === '') return (text) => text
  const pattern = new RegExp(literal(search), 'gi')
  return (text) => text.replace(pattern, () => by)
}

function replaced(node: FlowNode, swap: Swap): { readonly node: FlowNode; readonly texts: number } {
  const { node: component } = node.data
  const withComponent = (change: Partial<ComponentNode>): FlowNode => ({
    ...node,
    data: { ...node.data, node: { ...component, ...change } },
  })
  if (isNote(node)) {
    const description = swap(component.description)
    return description === component.description
      ? { node, texts: 0 }
      : { node: withComponent({ description }), texts: 1 }
  }
  const changed = Object.entries(component.template ?? {}).flatMap(([name, field]) => {
    const value = swappedValue(component, field, swap)
    return value === undefined ? [] : [[name, { ...field, value }] as const]
  })
  if (changed.length === 0) return { node, texts: 0 }
  return {
    node: withComponent({ template: { ...component.template, ...Object.fromEntries(changed) } }),
    texts: changed.length,
  }
}

/**
 * What a field of words would hold then; undefined for one that stays: secrets, sources, names of variables, what is
 * chosen from a list, and prompts that would get other variables, which are fields of the node.
 */
function swappedValue(
  component: ComponentNode,
  field: TemplateField | undefined,
  swap: Swap,
): string | readonly unknown[] | undefined {
  if (!field || field.password || field.load_from_db === true || field.options) return undefined
  const { type, value } = field
  if (type === 'str' && Array.isArray(value)) {
    const after: readonly unknown[] = value.map((one: unknown) => (typeof one === 'string' ? swap(one) : one))
    return after.some((one, index) => one !== value[index]) ? after : undefined
  }
  if (typeof value !== 'string' || (type !== 'str' && type !== 'prompt' && type !== 'mustache')) return undefined
  const after = swap(value)
  if (after === value) return undefined
  if (type === 'str') return after
  const variables = (text: string): string =>
    promptVariables(text, { doubled: isMustache(field, component) }).join('\n')
  return variables(value) === variables(after) ? after : undefined
}
