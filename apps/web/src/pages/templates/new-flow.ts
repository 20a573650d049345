import type { FlowCreate, FlowRead } from '@runnel/protocol/flows'

/** A flow made from a template. */
export const flowOfTemplate = (template: FlowRead, projectId: string | undefined): FlowCreate => ({
  name: template.name,
  description: template.description,
  icon: template.icon,
  icon_bg_color: template.icon_bg_color,
  gradient: template.gradient,
  tags: template.tags,
  data: template.data as FlowCreate['data'],
  ...(projectId !== undefined && { folder_id: projectId }),
})

/** An empty flow. */
export const blankFlow = (name: string, projectId: string | undefined): FlowCreate => ({
  name,
  data: { nodes: [], edges: [] },
  ...(projectId !== undefined && { folder_id: projectId }),
})
