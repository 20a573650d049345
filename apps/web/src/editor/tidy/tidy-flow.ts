import { prefersStill } from '../canvas/motion.ts'
import { tidyNodes } from '../commands/tidy-nodes.ts'
import type { Workspace } from '../editor-context.tsx'
import type { Tidied } from './tidied.ts'
import { tidyInput } from './tidy-input.ts'

/** Puts all or the selected nodes in order, in one step; the canvas shows their way there. */
export async function tidyFlow({ editor, sizes, ui }: Workspace): Promise<void> {
  const { document, selection } = editor.store.getState()
  const chosen = selection.nodes.size > 1 ? selection.nodes : undefined
  const places = await inWorker(tidyInput(document, sizes, chosen))
  const before = new Map(editor.getDocument().nodes.map(({ id, position }) => [id, position]))
  if (editor.apply(tidyNodes, { places }) && !prefersStill()) ui.setState({ gliding: before })
}

/** Computed beside the page, which goes on meanwhile. @throws when the worker fails */
export function inWorker(input: ReturnType<typeof tidyInput>): Promise<Tidied> {
  const worker = new Worker(new URL('./tidy.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Tidied>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Tidied>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(input)
  }).finally(() => worker.terminate())
}
