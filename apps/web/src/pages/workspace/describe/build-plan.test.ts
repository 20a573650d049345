import { afterEach, expect, test, vi } from 'vitest'
import { createNodeSizes } from '../../../editor/canvas/node-sizes.ts'
import { moveNodes } from '../../../editor/commands/move-nodes.ts'
import { newNode } from '../../../editor/commands/new-node.ts'
import { createEditor } from '../../../editor/editor.ts'
import { emptyDocument } from '../../../editor/model/flow-document.ts'
import { tidied } from '../../../editor/tidy/tidied.ts'
import type { TidyInput } from '../../../editor/tidy/tidy-input.ts'
import { arrangedPlan, buildArranged } from './build-plan.ts'

/** The worker's own work, without a thread of its own. */
class SameThread {
  onmessage: ((event: { readonly data: unknown }) => void) | undefined
  postMessage(input: TidyInput): void {
    queueMicrotask(() => this.onmessage?.({ data: tidied(input) }))
  }
  terminate(): void {
    this.onmessage = undefined
  }
}
vi.stubGlobal('Worker', SameThread)
afterEach(() => vi.restoreAllMocks())

const step = { display_name: 'Step', description: '', template: {} }
const plan = { nodes: ['a', 'b'].map((type) => newNode(type, step, { x: 0, y: 0 })), edges: [] }

async function planned() {
  const [editor, sizes] = [createEditor({ document: emptyDocument }), createNodeSizes()]
  const flow = await arrangedPlan(plan, { sizes })
  const [upper, lower] = flow.nodes
  if (!upper || !lower) throw new Error('Two nodes were planned.')
  return { editor, sizes, flow, upper, lower }
}
const gap = (editor: ReturnType<typeof createEditor>): number => {
  const [one, two] = editor
    .getDocument()
    .nodes.map(({ position }) => position.y)
    .sort((a, b) => a - b)
  return (two ?? 0) - (one ?? 0)
}

test('nodes that turn out larger make way for each other, in the step that brought them', async () => {
  const { editor, sizes, flow, upper, lower } = await planned()
  const done = buildArranged(flow, { editor, sizes })
  const before = gap(editor)
  sizes.measured(upper.id, { width: 320, height: 2 * before })
  expect(gap(editor)).toBe(before)
  sizes.measured(lower.id, { width: 320, height: 2 * before })
  await done
  expect(gap(editor)).toBeGreaterThan(2 * before)
  editor.undo()
  expect(editor.getDocument()).toEqual(emptyDocument)
})

test('what somebody has moved by then stays where it is', async () => {
  const { editor, sizes, flow, upper, lower } = await planned()
  const done = buildArranged(flow, { editor, sizes })
  editor.apply(moveNodes, { positions: new Map([[upper.id, { x: -5000, y: 0 }]]) })
  for (const { id } of [upper, lower]) sizes.measured(id, { width: 320, height: 900 })
  await done
  expect(editor.getDocument().nodes[0]?.position).toEqual({ x: -5000, y: 0 })
  expect(editor.store.getState().history.past.map(({ id }) => id)).toEqual(['build-flow', 'move-nodes'])
})
