import { toPage } from '@runnel/protocol/query'
import type { FlowHeader, FlowRecord } from '@runnel/storage/records'
import { isoSeconds } from '../http/dates.ts'
import type { SharedAs } from './shown-flow.ts'
import { versionToken } from './version-token.ts'

/** Langflow 1.13 tells workflows from agents that talk to others; here every flow is the former. */
const KIND = { flow_type: 'workflow', a2a_enabled: false, a2a_card_overrides: null } as const

/** A flow of a user, or of nobody. */
type AnyFlow = Omit<FlowRecord, 'userId' | 'projectId'> &
  Partial<SharedAs> & {
    readonly userId: string | null
    readonly projectId: string | null
    /** Of a starter. */
    readonly nameKey?: string
  }

/**
 * A flow as clients see it, as JSON text. The graph is stored as text and goes out as it is: a list of flows is never
 * parsed and printed again.
 */
export function flowJson(flow: AnyFlow): string {
  const head = {
    name: flow.name,
    description: flow.description,
    icon: flow.icon,
    icon_bg_color: flow.iconBgColor,
    gradient: flow.gradient,
  }
  const tail = {
    is_component: flow.isComponent,
    updated_at: isoSeconds(flow.updatedAt),
    webhook: flow.webhook,
    endpoint_name: flow.endpointName,
    tags: flow.tags,
    locked: flow.locked,
    mcp_enabled: flow.mcpEnabled,
    action_name: flow.actionName,
    action_description: flow.actionDescription,
    access_type: flow.accessType,
    id: flow.id,
    user_id: flow.userId,
    folder_id: flow.projectId,
    project_id: flow.projectId,
    fs_path: flow.fsPath,
    ...KIND,
    workspace_id: null,
    name_key: flow.nameKey ?? null,
    version_token: flow.token ?? versionToken(flow),
    ...sharedAs(flow),
  }
  return `${JSON.stringify(head).slice(0, -1)},"data":${flow.data ?? 'null'},${JSON.stringify(tail).slice(1)}`
}

/** The flow without its graph; saved components keep theirs, `data` being JSON text or null. */
export function flowHeaderJson(flow: FlowHeader & Partial<SharedAs>, data: string | null): string {
  const head = {
    id: flow.id,
    name: flow.name,
    folder_id: flow.projectId,
    project_id: flow.projectId,
    is_component: flow.isComponent,
    endpoint_name: flow.endpointName,
    description: flow.description,
  }
  const tail = {
    access_type: flow.accessType,
    tags: flow.tags,
    mcp_enabled: flow.mcpEnabled,
    action_name: flow.actionName,
    action_description: flow.actionDescription,
    updated_at: isoSeconds(flow.updatedAt),
    icon: flow.icon,
    icon_bg_color: flow.iconBgColor,
    gradient: flow.gradient,
    webhook: flow.webhook,
    locked: flow.locked,
    ...KIND,
    ...sharedAs(flow),
  }
  return `${JSON.stringify(head).slice(0, -1)},"data":${data ?? 'null'},${JSON.stringify(tail).slice(1)}`
}

const sharedAs = ({ ownerName, role }: Partial<SharedAs>) =>
  ownerName !== undefined && { owner_username: ownerName, role }

/** Several flows as the JSON text of a list; stored graphs go into it as they are. */
export const flowListJson = (flows: readonly AnyFlow[]): string => `[${flows.map(flowJson).join(',')}]`

interface Paging {
  readonly total: number
  readonly page: number
  readonly size: number
}

/** One page of flows, as JSON text. */
export const flowPageJson = (flows: readonly AnyFlow[], paging: Paging): string => pageJson(flowListJson(flows), paging)

/** A page of what is a JSON list already. */
export function pageJson(items: string, paging: Paging): string {
  const { items: _, ...counts } = toPage([], paging)
  return `{"items":${items},${JSON.stringify(counts).slice(1)}`
}
