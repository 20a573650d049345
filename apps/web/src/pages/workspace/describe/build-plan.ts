import { buildFlow } from '../../../editor/commands/build-flow.ts'
import { tidyNodes } from '../../../editor/commands/tidy-nodes.ts'
import type { Workspace } from '../../../editor/editor-context.tsx'
import { type FlowDocument, type FlowNode, readDocument } from '../../../editor/model/flow-document.ts'
import { inWorker } from '../../../editor/tidy/tidy-flow.ts'
import { tidyInput } from '../../../editor/tidy/tidy-input.ts'

type Canvas = Pick<Workspace, 'editor' | 'sizes'>

/** A planned flow with its nodes in order, as far as their sizes can be told before any of them is drawn. */
export async function arrangedPlan(data: unknown, { sizes }: Pick<Canvas, 'sizes'>): Promise<FlowDocument> {
  const planned = readDocument(data)
  const places = await inWorker(tidyInput(planned, sizes))
  return tidyNodes.apply(planned, { places })
}

/**
 * Puts a flow on the canvas in one step. Its nodes are put in order again once they are drawn and their sizes known, in
 * the same step, unless something else was done by then.
 */
export async function buildArranged(flow: FlowDocument, { editor, sizes }: Canvas): Promise<void> {
  const drawn = allMeasured(flow.nodes, sizes)
  editor.apply(buildFlow, { flow })
  const built = editor.getDocument()
  await drawn
  const places = await inWorker(tidyInput(built, sizes))
  if (editor.getDocument() === built) editor.apply(tidyNodes, { places }, { continues: true })
}

/** Resolves when the canvas has drawn all of some nodes; never where there is no canvas. */
function allMeasured(nodes: readonly FlowNode[], sizes: Canvas['sizes']): Promise<void> {
  const guesses = nodes.map((node) => [node, sizes.of(node)] as const)
  return new Promise((resolve) => {
    const stop = sizes.watch(() => {
      if (guesses.some(([node, guess]) => sizes.of(node) === guess)) return
      stop()
      resolve()
    })
  })
}
