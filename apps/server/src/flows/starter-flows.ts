import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FlowCreate } from '@runnel/protocol/flows'
import type { FlowRecord } from '@runnel/storage/records'
import { hasWebhook } from './flow-graph.ts'

/** A starter flow: a flow of nobody. */
export interface StarterFlow extends Omit<FlowRecord, 'userId'> {
  readonly userId: null
}

/** The flows of the JSON files in `folder`, by name. @throws Error that names a file which is no flow */
export async function readStarterFlows(folder: string): Promise<readonly StarterFlow[]> {
  const flows: StarterFlow[] = []
  for await (const file of glob('*.json', { cwd: folder })) {
    const parsed = FlowCreate.safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')))
    if (!parsed.success) throw new Error(`${join(folder, file)} is no flow file`, { cause: parsed.error })
    flows.push(toStarter(parsed.data))
  }
  return flows.toSorted((a, b) => a.name.localeCompare(b.name))
}

function toStarter(flow: FlowCreate): StarterFlow {
  return {
    id: idOf(flow.name),
    userId: null,
    projectId: null,
    name: flow.name,
    description: flow.description ?? null,
    endpointName: null,
    icon: flow.icon ?? null,
    iconBgColor: flow.icon_bg_color ?? null,
    gradient: flow.gradient ?? null,
    isComponent: flow.is_component ?? false,
    webhook: hasWebhook(flow.data),
    tags: flow.tags ?? null,
    locked: false,
    mcpEnabled: false,
    actionName: null,
    actionDescription: null,
    accessType: 'PRIVATE',
    fsPath: null,
    version: 1,
    createdAt: 0,
    updatedAt: 0,
    data: flow.data ? JSON.stringify(flow.data) : null,
  }
}

/** The same flow has the same id on every server and after every start. */
function idOf(name: string): string {
  const hash = createHash('sha256').update(`starter flow ${name}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
