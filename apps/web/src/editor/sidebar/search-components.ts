import { componentText, searchWordsOf } from '../../i18n/component-text.ts'
import type { CatalogueEntry } from '../catalogue.ts'
import type { HandleOf } from '../model/compatibility.ts'
import { handlesFit, sourceOf, takesEdges, targetOf } from '../model/compatibility.ts'
import {
  type ComponentNode,
  type FlowDocument,
  type FlowNode,
  fieldsOf,
  type NodeOutput,
  nodeOf,
  type TargetHandle,
} from '../model/flow-document.ts'
import {
  fieldHandle,
  fieldHandleId,
  type HandleId,
  outputHandleId,
  sourceHandle,
  typesGiven,
} from '../model/handles.ts'

/** So many letters begin the name of a type; fewer would find nearly everything. */
const LEAST_OF_TYPE = 3

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** How well a component answers a search: higher is better, 0 not at all. */
export function scoreOf(entry: CatalogueEntry, search: string): number {
  const wanted = plain(search.trim())
  if (wanted === '') return 1
  const score = scoreOfText(entry, wanted)
  const words = wanted.split(/\s+/)
  if (score > 0 || words.length < 2) return score
  // In another order, or about different things: behind whatever is called like that.
  return Math.min(...words.map((word) => scoreOfText(entry, word))) / 2
}

function scoreOfText({ type, category, component }: CatalogueEntry, wanted: string): number {
  const keywords = [...keywordsOf(component), ...searchWordsOf(type)].map(plain)
  // Words are given to few, so one that is meant leads there before the many whose names have it in them.
  if (keywords.includes(wanted)) return 101
  const name = plain(component.display_name)
  const names = [name, plain(componentText(component.display_name))]
  if (names.some((one) => one.startsWith(wanted))) return 100 - name.length / 100
  if (names.some((one) => one.includes(wanted))) return 80
  if (plain(type).includes(wanted) || plain(category.replaceAll('_', ' ')).includes(wanted)) return 60
  if (keywords.some((word) => word.startsWith(wanted))) return 50
  const types = [
    ...(component.outputs ?? []).flatMap(({ types }) => types ?? []),
    ...fieldsOf(component).flatMap(([, field]) => field.input_types ?? []),
  ]
  if (types.some((one) => plain(one) === wanted)) return 40
  if (wanted.length >= LEAST_OF_TYPE && types.some((one) => plain(one).startsWith(wanted))) return 20
  const says = component.description ?? ''
  if ([says, componentText(says)].some((text) => plain(text).includes(wanted))) return 30
  return isScattered(name, wanted) ? 10 : 0
}

/** Other words for what a component does. */
function keywordsOf({ metadata }: ComponentNode): readonly string[] {
  const { keywords }: { readonly keywords?: unknown } =
    typeof metadata === 'object' && metadata !== null ? metadata : {}
  return Array.isArray(keywords) ? keywords.filter((word): word is string => typeof word === 'string') : []
}

/** Whether the letters occur in order and close together, as when somebody types `chip` for Chat Input. */
function isScattered(text: string, letters: string): boolean {
  if (letters.length < 3) return false
  const within = 2 * letters.length
  return [...text].some((_, start) => {
    let at = 0
    for (const letter of text.slice(start, start + within)) if (letter === letters[at]) at++
    return at === letters.length
  })
}

/** The handle of a component an edge from or to a given handle would use; undefined when none fits. */
export const partnerHandle = (
  document: FlowDocument,
  { nodeId, handle }: HandleOf,
  component: ComponentNode,
  type: string,
): HandleId | undefined => partnerOf(nodeOf(document, nodeId), handle, component, type)

/** The same of a handle of a node that is at hand. */
export function partnerOf(
  node: FlowNode | undefined,
  handle: HandleId,
  component: ComponentNode,
  type: string,
): HandleId | undefined {
  // Only its handles are asked for, which name no place.
  const other: FlowNode = {
    id: '',
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: { id: '', type, node: component },
  }
  const source = sourceOf(node, handle)
  if (source) {
    const found = fieldsOf(component).find(
      ([name, field]) =>
        field.show !== false &&
        !field.advanced &&
        takesEdges(field) &&
        handlesFit(source, fieldHandle(other, name, field)),
    )
    return found && fieldHandleId(found[0])
  }
  const target = targetOf(node, handle)
  const output = target && component.outputs?.find((one) => typeFor(other, one, target) !== undefined)
  return output && outputHandleId(output.name)
}

/** The type of an output that may enter a handle: the chosen one where it does, else another it can be set to. */
export function typeFor(node: FlowNode, output: NodeOutput, target: TargetHandle): string | undefined {
  const [first, ...others] = typesGiven(output)
  if (first !== undefined && handlesFit(sourceHandle(node, output), target)) return output.selected ?? first
  const choices = output.selected ? (output.types ?? []) : others
  return choices.find((type) => handlesFit(sourceHandle(node, { ...output, selected: type }), target))
}
