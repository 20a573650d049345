import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { passedBy } from '../canvas/neighbours.ts'
import { useEditorState, useRunState } from '../editor-context.tsx'
import type { FlowDocument, FlowNode } from '../model/flow-document.ts'
import { missingCount } from '../model/problems.ts'
import { readingOrder } from '../model/topology.ts'
import { idleNode, type NodeRun } from '../run/node-run.ts'
import type { Connected } from './use-connected.ts'

/** Where a node stands among the others. */
export interface NodePlace {
  readonly at: number
  readonly count: number
}

/** The place of a node in the order flows are read. */
export function placeOf(document: FlowDocument, id: string): NodePlace {
  const isPassed = passedBy(document, new Set([id]))
  const order = readingOrder(document).filter((one) => !isPassed(one))
  return { at: order.indexOf(id) + 1, count: order.length }
}

/** A node as it is spoken of: "Prompt Template, node 3 of 8, built in 0.2 s, 1 input missing" (D-14). */
export function spokenName(
  t: TFunction<'fields'>,
  language: string,
  { data }: Pick<FlowNode, 'data'>,
  {
    name,
    run,
    place,
    isConnected,
  }: {
    readonly name: string
    readonly run: Pick<NodeRun, 'status' | 'duration'>
    readonly place: NodePlace | undefined
    readonly isConnected: (field: string) => boolean
  },
): string {
  const missing = missingCount(data.node, isConnected)
  const parts = [
    name,
    place && t('spoken.place', { at: place.at, count: place.count }),
    run.status === 'done' && run.duration ? t('spoken.built', { duration: run.duration }) : undefined,
    run.status === 'idle' || run.status === 'done' ? undefined : t(`spoken.${run.status}`),
    missing > 0 ? t('spoken.missing', { count: missing }) : undefined,
  ]
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(
    parts.filter((part) => part !== undefined),
  )
}

/** The same for a node that is drawn; its place is told when it alone is selected, for it takes a look at all of them. */
export function useSpokenName(node: Pick<FlowNode, 'id' | 'data'>, connected: Connected, isSelected: boolean): string {
  const { t, i18n } = useTranslation('fields')
  const { status, duration } = useRunState((state) => state.nodes.get(node.id)) ?? idleNode
  const document = useEditorState(({ document: now, selection }) =>
    isSelected && selection.nodes.size === 1 ? now : undefined,
  )
  return spokenName(t, i18n.language, node, {
    name: componentText(node.data.node.display_name),
    run: { status, duration },
    place: document && placeOf(document, node.id),
    isConnected: (field) => connected.fields.has(field),
  })
}
