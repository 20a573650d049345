import type { FlowCreate, FlowRead } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'

/** Ids this page has given to flows that are stored nowhere yet. */
const begun = new Set<string>()

/** Where a new flow opens. It is stored with its first change, so leaving it leaves nothing behind. */
export function newFlowPlace(projectId: string | undefined) {
  const flowId = newId()
  begun.add(flowId)
  return { to: '/flow/$flowId', params: { flowId }, search: { new: projectId ?? 'flow' } } as const
}

/** Whether the server cannot know the flow: it was begun here and not stored since. */
export const isBegunHere = (flowId: string): boolean => begun.has(flowId)

/** To be called once the server has the flow. */
export const noLongerNew = (flowId: string): void => void begun.delete(flowId)

/** A flow the server does not have: empty, without a version. */
export const unstoredFlow = (id: string, name: string, projectId: string): FlowRead => ({
  id,
  name,
  folder_id: projectId === 'flow' ? null : projectId,
  project_id: projectId === 'flow' ? null : projectId,
  version_token: '',
  data: { nodes: [], edges: [] },
  is_component: false,
  endpoint_name: null,
  description: null,
  access_type: 'PRIVATE',
  tags: null,
  mcp_enabled: false,
  action_name: null,
  action_description: null,
  flow_type: 'workflow',
  a2a_enabled: false,
  icon: null,
  icon_bg_color: null,
  gradient: null,
  updated_at: '',
  webhook: false,
  locked: false,
  user_id: null,
})

/** Whether the server has the flow. */
export const isStored = ({ version_token }: Pick<FlowRead, 'version_token'>): boolean => version_token !== ''

/** A flow made from a template: it can be called at once, also as a tool of its project. */
export const flowOfTemplate = (template: FlowRead, projectId: string | undefined): FlowCreate => ({
  name: template.name,
  description: template.description,
  icon: template.icon,
  icon_bg_color: template.icon_bg_color,
  gradient: template.gradient,
  tags: template.tags,
  mcp_enabled: true,
  // Of the server's own making.
  data: template.data as FlowCreate['data'],
  ...(projectId !== undefined && { folder_id: projectId }),
})
