import type { FlowDocument } from '../model/flow-document.ts'
import { isNote, nodeOf } from '../model/flow-document.ts'
import { framesOf, frameTitle, heldBy } from '../model/frames.ts'
import { canvasHandles, handleName } from '../model/handles.ts'
import { readingOrder } from '../model/topology.ts'

/** What has a name of its own beside that of its kind, in the words of its component. */
interface Named {
  readonly name: string
  readonly display_name?: string
}

export interface OutlineRow {
  readonly id: string
  readonly icon: string | undefined
  readonly title: string
  /** The title of the frame around it. */
  readonly frame: string | undefined
  readonly leaving: readonly {
    readonly id: string
    readonly output: Named
    readonly to: string
    readonly field: Named
  }[]
}

/** The nodes of a flow in the order it runs, each with where its edges lead; their words as the flow has them. */
export function outlineRows(document: FlowDocument): readonly OutlineRow[] {
  const frames = framesOf(document)
    .map((frame) => ({ title: frameTitle(frame), held: heldBy(document, frame) }))
    .sort((one, other) => one.held.size - other.held.size)
  const leaving = Map.groupBy(document.edges, ({ source }) => source)
  return readingOrder(document).flatMap((id): readonly OutlineRow[] => {
    const node = nodeOf(document, id)
    if (!node || isNote(node)) return []
    const { icon, display_name, outputs } = node.data.node
    return [
      {
        id,
        icon,
        title: display_name,
        frame: frames.find(({ held }) => held.has(id))?.title,
        leaving: (leaving.get(id) ?? []).map((edge) => {
          const { source, target } = canvasHandles(edge)
          const [output, field] = [handleName(source ?? ''), handleName(target ?? '')]
          const to = nodeOf(document, edge.target)?.data.node
          return {
            id: edge.id,
            output: named(
              output,
              outputs?.find(({ name }) => name === output),
            ),
            to: to?.display_name ?? '',
            field: named(field, to?.template[field]),
          }
        }),
      },
    ]
  })
}

const named = (name: string, { display_name }: Partial<Named> = {}): Named => ({
  name,
  ...(display_name !== undefined && { display_name }),
})
