import { componentText } from '../../i18n/component-text.ts'
import type { Catalogue } from '../catalogue.ts'
import { takesEdges } from './compatibility.ts'
import {
  type ComponentNode,
  type FlowDocument,
  type FlowNode,
  fieldsOf,
  isNote,
  type TemplateField,
} from './flow-document.ts'
import { canvasHandles, handleName } from './handles.ts'
import { involvedNodes, type RunPart, upstreamOf } from './topology.ts'

/** Why a flow cannot run yet; `key` is one of the editor's words `problems`. */
export interface Problem {
  readonly key:
    | 'empty'
    | 'unknown'
    | 'missing'
    | 'noVariable'
    | 'duplicateKeys'
    | 'emptyKey'
    | 'incompleteLoop'
    | 'noModel'
    | 'noEmbeddings'
    | 'modelLacking'
    | 'embeddingsLacking'
  readonly values: Readonly<Record<string, string>>
  readonly nodeId: string | undefined
  /** The field it is about. */
  readonly field?: string
}

/** One problem and no other. */
export const problemId = ({ key, nodeId = '', field = '' }: Problem): string => [nodeId, key, field].join(' ')

const byNode = new WeakMap<readonly Problem[], ReadonlyMap<string, readonly Problem[]>>()

/** The problems of each node; worked out once for each list. */
export function problemsByNode(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const found = byNode.get(problems)
  if (found) return found
  const made = Map.groupBy(problems, ({ nodeId }) => nodeId ?? '')
  byNode.set(problems, made)
  return made
}

export interface ProblemOptions extends RunPart {
  /** What the server can run. */
  readonly catalogue: Pick<Catalogue, 'has'>
  /** The secrets of the flow are not shown to who looks at it, so that none of them seems to be missing. */
  readonly hidesSecrets?: boolean
}

/** What would stop a run before it begins, in what of the flow it involves. */
export function problemsOf(
  document: FlowDocument,
  { catalogue, hidesSecrets = false, ...part }: ProblemOptions,
): readonly Problem[] {
  const involved = involvedNodes(document, part)
  const nodes = document.nodes.filter((node) => !isNote(node) && !isBypassed(node) && (involved?.has(node.id) ?? true))
  if (!document.nodes.some((node) => !isNote(node))) return [{ key: 'empty', values: {}, nodeId: undefined }]
  const filled = new Set(document.edges.map((edge) => `${edge.target} ${handleName(canvasHandles(edge).target ?? '')}`))
  return [
    ...nodes.filter((node) => !catalogue.has(node)).map(unknownProblem),
    ...nodes
      .flatMap((node) => fieldProblems(node, (name) => filled.has(`${node.id} ${name}`)))
      .filter(({ key, nodeId, field }) => !(hidesSecrets && key === 'missing' && isSecret(nodes, nodeId, field))),
    ...loopProblems(document, nodes),
  ]
}

const isSecret = (nodes: readonly FlowNode[], nodeId: string | undefined, field = ''): boolean =>
  nodes.find(({ id }) => id === nodeId)?.data.node.template[field]?.password === true

/** Switched off or pinned, so that it does not run here. */
export const isBypassed = ({ data: { node } }: FlowNode): boolean =>
  node.disabled !== undefined || node.pinned_outputs !== undefined

const unknownProblem = ({ id, data }: FlowNode): Problem => ({
  key: 'unknown',
  values: { component: componentText(data.node.display_name), type: data.type },
  nodeId: id,
})

function fieldProblems(node: FlowNode, isConnected: (field: string) => boolean): readonly Problem[] {
  const component = node.data.node
  return fieldsOf(component).flatMap(([name, field]): readonly Problem[] => {
    const values = {
      component: componentText(component.display_name),
      field: field.display_name ? componentText(field.display_name) : name,
    }
    if (isMissing(field) && !isConnected(name) && !(field.tool_mode && component.tool_mode)) {
      return [{ key: 'missing', values, nodeId: node.id, field: name }]
    }
    if (field.type !== 'dict' || !Array.isArray(field.value)) return []
    const keys = field.value.flatMap((row: unknown) =>
      typeof row === 'object' && row !== null ? Object.keys(row) : [],
    )
    if (field.required && keys.some((key) => key === ''))
      return [{ key: 'emptyKey', values, nodeId: node.id, field: name }]
    return new Set(keys).size < keys.length ? [{ key: 'duplicateKeys', values, nodeId: node.id, field: name }] : []
  })
}

/** How many required fields of a node have neither a value nor an edge. */
export const missingCount = (component: ComponentNode, isConnected: (field: string) => boolean): number =>
  fieldsOf(component).filter(
    ([name, field]) => isMissing(field) && !isConnected(name) && !(field.tool_mode && component.tool_mode),
  ).length

/** A required field that is shown and has nothing: an empty list counts as a value, except where only edges bring one. */
function isMissing(field: TemplateField): boolean {
  // The source of a component is nothing anybody has to write here.
  if (!field.required || field.show === false || field.type === 'code') return false
  // Without a model of its own a node uses the default one.
  if (field.type === 'model') return false
  if (field.type === 'other') return takesEdges(field)
  return field.value === undefined || field.value === null || field.value === ''
}

/** An edge into a loop must come from something the loop itself feeds. */
function loopProblems(document: FlowDocument, nodes: readonly FlowNode[]): readonly Problem[] {
  // Found once: to look through all edges for each node is felt in every key typed into a large flow.
  const back = Map.groupBy(
    document.edges.filter((edge) => canvasHandles(edge).target?.startsWith('loop:')),
    ({ target }) => target,
  )
  return nodes
    .filter(({ id }) => back.get(id)?.some(({ source }) => !upstreamOf(document, source).has(id)))
    .map(({ id, data }) => ({
      key: 'incompleteLoop',
      values: { component: componentText(data.node.display_name) },
      nodeId: id,
    }))
}
