import type { ModelType } from '@runnel/protocol/models'
import { componentText } from '../../i18n/component-text.ts'
import { emptyModelFields } from '../fields/model-value.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { isBypassed, type Problem } from '../model/problems.ts'
import { MODEL_TYPES } from './fill-models.ts'

/** One problem for each field without a model of a kind nobody has set up, so that there is no default one either. */
export function modelProblems(document: FlowDocument, lacked: readonly ModelType[]): readonly Problem[] {
  if (lacked.length === 0) return []
  const nodes = new Map(document.nodes.filter((node) => !isBypassed(node)).map((node) => [node.id, node]))
  const asking = { nodes: [...nodes.values()], edges: document.edges }
  return MODEL_TYPES.filter(({ asked }) => lacked.includes(asked)).flatMap(({ field: kind, asked }) =>
    emptyModelFields(asking, kind).map(({ nodeId, field }) => ({
      key: asked === 'language' ? ('modelLacking' as const) : ('embeddingsLacking' as const),
      values: { component: componentText(nodes.get(nodeId)?.data.node.display_name ?? '') },
      nodeId,
      field,
    })),
  )
}
