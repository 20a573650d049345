import { type FlowDocument, isNote } from '../editor/model/flow-document.ts'

/** What of a flow a chat needs. */
export interface ChatEnds {
  readonly hasInput: boolean
  readonly hasOutput: boolean
  /** Whether there is anything to run at all. */
  readonly hasNodes: boolean
}

/** What files the Chat Input of a flow is defined to take. */
export function chatFileTypes({ nodes }: FlowDocument): readonly string[] | undefined {
  const input = nodes.find(({ data }) => data.type === 'ChatInput')
  const types: unknown = input?.data.node.template?.files?.fileTypes
  return Array.isArray(types) && types.every((type) => typeof type === 'string') ? types : undefined
}

/** Whether a flow can be talked to. */
export const chatEnds = ({ nodes }: FlowDocument): ChatEnds => ({
  hasInput: nodes.some(({ data }) => data.type === 'ChatInput'),
  hasOutput: nodes.some(({ data }) => data.type === 'ChatOutput'),
  hasNodes: nodes.some((node) => !isNote(node)),
})
