import { sameTypes } from '../model/compatibility.ts'
import { type ComponentNode, isField, type NodeOutput, type TemplateField } from '../model/flow-document.ts'

/** One way in which a node is other than its component is today. */
export interface ComponentChange {
  readonly part: 'field' | 'output'
  readonly what: 'new' | 'gone' | 'changed'
  /** Its name as it is shown. */
  readonly label: string
}

/**
 * What an update of a node would change of its form: fields and outputs that come, go or take other types. Texts, values
 * and the order do not count, nor what a value of the node has made of it.
 */
export function componentChanges(node: ComponentNode, next: ComponentNode): readonly ComponentChange[] {
  const outputs = node.tool_mode === true ? [] : outputChanges(node.outputs ?? [], next.outputs ?? [])
  return [...fieldChanges(node.template ?? {}, next.template ?? {}), ...outputs]
}

function fieldChanges(node: ComponentNode['template'], next: ComponentNode['template']): readonly ComponentChange[] {
  const names = new Set([...Object.keys(next), ...Object.keys(node)])
  return [...names].flatMap((name): readonly ComponentChange[] => {
    if (name === 'code' || name.startsWith('_')) return []
    const [before, after]: readonly unknown[] = [node[name], next[name]]
    if (!isField(after)) return isField(before) ? [{ part: 'field', what: 'gone', label: labelOf(name, before) }] : []
    if (!isField(before)) return [{ part: 'field', what: 'new', label: labelOf(name, after) }]
    // Some files leave out what a field is.
    const types = before.input_types === undefined ? after.input_types : before.input_types
    const isSame = (before.type ?? after.type) === after.type && sameTypes(types ?? [], after.input_types ?? [])
    return isSame ? [] : [{ part: 'field', what: 'changed', label: labelOf(name, after) }]
  })
}

function outputChanges(node: readonly NodeOutput[], next: readonly NodeOutput[]): readonly ComponentChange[] {
  const before = new Map(node.map((output) => [output.name, output]))
  const after = new Map(next.map((output) => [output.name, output]))
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name): readonly ComponentChange[] => {
    const [was, is] = [before.get(name), after.get(name)]
    const label = labelOf(name, is ?? was ?? {})
    if (!is) return [{ part: 'output', what: 'gone', label }]
    if (!was) return [{ part: 'output', what: 'new', label }]
    return sameTypes(was.types ?? [], is.types ?? []) ? [] : [{ part: 'output', what: 'changed', label }]
  })
}

const labelOf = (name: string, { display_name }: Pick<TemplateField, 'display_name'>): string => display_name || name
