import { readFlowInputs } from '../../api-access/flow-inputs.ts'
import { curlSnippets } from '../../api-access/snippets/curl.ts'
import { type FlowDocument, nodeOf } from '../model/flow-document.ts'

export interface NodeSnippetOptions {
  readonly origin: string
  readonly flowId: string
  readonly document: FlowDocument
  readonly nodeId: string
}

/** A call of the flow, as a command, that sets the fields which stand on one node; secrets are named, never written. */
export function nodeSnippet({ origin, flowId, document, nodeId }: NodeSnippetOptions): string {
  const template = nodeOf(document, nodeId)?.data.node.template ?? {}
  const inputs = readFlowInputs(document)
  const nodes = inputs.nodes.map((node) => ({
    ...node,
    fields: node.fields.map((field) => ({
      ...field,
      isExposed: node.id === nodeId && (field.isExposed || template[field.name]?.advanced !== true),
    })),
  }))
  const call = {
    origin,
    flowId,
    target: flowId,
    inputs: { ...inputs, nodes },
    needsKey: true,
    webhookNeedsKey: true,
    key: undefined,
  }
  return curlSnippets(call, 'run')
    .map(({ code }) => code)
    .join('\n')
}
