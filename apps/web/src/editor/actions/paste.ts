import { readFlow } from '@runnel/protocol/flows'
import { client } from '../../api/client.ts'
import { flowIdIn } from '../../flows/address-flows.ts'
import { componentText } from '../../i18n/component-text.ts'
import { listed } from '../../i18n/listed.ts'
import { parseFragment } from '../clipboard.ts'
import { addNode } from '../commands/add-node.ts'
import { copyOf, type Fragment, insertFragment } from '../commands/duplicate.ts'
import { newNote } from '../commands/new-node.ts'
import { setField } from '../commands/set-field.ts'
import { withoutSurplus } from '../commands/single-nodes.ts'
import { isNote, type Point } from '../model/flow-document.ts'
import { lostEdgesOf } from '../model/lost-edges.ts'
import { addComponent } from '../sidebar/add-component.ts'
import type { ActionContext } from './actions.ts'

interface Place {
  readonly screen: Point
  readonly flow: Point
}

/** Puts what was copied at a point: nodes, or a whole flow file. @returns whether the text was either */
export function pasteText(context: ActionContext, text: string, at: Point = context.view.pointer()): boolean {
  const fragment = parseFragment(text)
  if (!fragment) return false
  const left = Math.min(...fragment.nodes.map(({ position }) => position.x))
  const top = Math.min(...fragment.nodes.map(({ position }) => position.y))
  // Of what was given, for a copy has left out the edges whose ends are not there.
  if (insertCopy(context, fragment, { x: Math.round(at.x - left), y: Math.round(at.y - top) })) {
    tellWhatLacks(context, fragment)
  }
  return true
}

/**
 * Adds a copy of a fragment, moved, and selects it. Says what is left out, as the flow takes one of it.
 * @returns what was added
 */
export function insertCopy(
  { workspace: { editor }, say }: ActionContext,
  fragment: Fragment,
  move: Point,
): Fragment | undefined {
  const { fits, surplus } = withoutSurplus(editor.getDocument(), fragment)
  const names = new Set(surplus.map(({ data }) => componentText(data.node.display_name)))
  for (const name of names) say('notice', 'sidebar.taken', { name })
  const copied = copyOf(fits, move)
  if (!editor.apply(insertFragment, { fragment: copied })) return undefined
  editor.select({ nodes: new Set(copied.nodes.map(({ id }) => id)), edges: new Set() })
  return copied
}

/** Says what of a fragment does not run here, or is not shown. */
function tellWhatLacks({ workspace: { catalogue }, say }: ActionContext, { nodes, edges }: Fragment): void {
  const strange = nodes.filter((node) => !isNote(node) && !catalogue.has(node))
  const names = [...new Set(strange.map(({ data }) => componentText(data.node.display_name)))]
  if (names.length > 0) say('notice', 'workspace:paste.unknown', { count: names.length, names: listed(names) })
  const lost = lostEdgesOf({ nodes, edges })
  if (lost.length > 0) say('notice', 'workspace:lostEdges', { count: lost.length })
}

/**
 * Puts a text on the canvas: nodes that were copied, a flow file, the flow an address leads to; of any other text the
 * user is asked what it is to become.
 * @returns whether there was anything to put there
 */
export function takeText(context: ActionContext, text: string, place: Place): boolean {
  if (text.trim() === '') return false
  if (pasteText(context, text, place.flow)) return true
  const flowId = flowIdIn(text, location.origin)
  if (flowId === undefined) context.workspace.ui.setState({ menu: { of: 'text', text, ...place } })
  else void pasteFlow(context, flowId, place.flow)
  return true
}

async function pasteFlow(context: ActionContext, flowId: string, at: Point): Promise<void> {
  try {
    const { data } = await client.call(readFlow, { params: { flow_id: flowId } })
    if (!pasteText(context, JSON.stringify({ data }), at)) context.say('notice', 'workspace:paste.empty')
  } catch {
    context.say('error', 'workspace:paste.noFlow')
  }
}

/** The clipboard, at a point. */
export async function pasteAt(context: ActionContext, place: Place): Promise<void> {
  // A page that came without encryption has no clipboard to read; the key pastes there too.
  const clipboard = navigator.clipboard as Clipboard | undefined
  const text = await clipboard?.readText().catch(() => undefined)
  if (text === undefined) context.say('error', 'workspace:paste.notAllowed')
  else if (!takeText(context, text, place)) context.say('notice', 'workspace:paste.nothing')
}

/** A note that says a text. */
export function addNote({ workspace: { editor } }: ActionContext, text: string, at: Point): void {
  const note = newNote({ x: Math.round(at.x), y: Math.round(at.y) })
  const node = { ...note, data: { ...note.data, node: { ...note.data.node, description: text.slice(0, 2500) } } }
  if (editor.apply(addNode, { node })) editor.select({ nodes: new Set([node.id]), edges: new Set() })
}

/** A Text Input that gives a text. */
export function addText({ workspace }: ActionContext, text: string, at: Point): void {
  const entry = workspace.catalogue.find('TextInput')
  const nodeId = entry && addComponent(workspace, entry, at)
  if (nodeId === undefined) return
  workspace.editor.apply(setField, { nodeId, field: 'input_value', change: { value: text } }, { continues: true })
}
