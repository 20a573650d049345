import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FlowCreate } from '@runnel/protocol/flows'
import type { FlowRecord } from '@runnel/storage/records'
import { z } from 'zod'
import { hasWebhook } from './flow-graph.ts'
import { translateStarter, type Words } from './starter-translation.ts'

/** A starter flow: a flow of nobody. */
export interface StarterFlow extends Omit<FlowRecord, 'userId'> {
  readonly userId: null
  /** Its English name as one word, `basic_prompting`: the same in every language. */
  readonly nameKey: string
}

/**
 * The flows of the JSON files in `folder`, by their English name; in another language where the folder has its words,
 * `translations/zh-CN.json`.
 * @throws Error that names a file which is no flow
 */
export async function readStarterFlows(folder: string, language = 'en'): Promise<readonly StarterFlow[]> {
  const flows: StarterFlow[] = []
  for await (const file of glob('*.json', { cwd: folder })) {
    const parsed = FlowCreate.safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')))
    if (!parsed.success) throw new Error(`${join(folder, file)} is no flow file`, { cause: parsed.error })
    flows.push(toStarter(parsed.data))
  }
  flows.sort((a, b) => a.name.localeCompare(b.name))
  const words = await readWords(join(folder, 'translations', `${language}.json`))
  return words ? flows.map((flow) => translateStarter(flow, words)) : flows
}

async function readWords(file: string): Promise<Words | undefined> {
  if (!existsSync(file)) return undefined
  return z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, 'utf8')))
}

function toStarter(flow: FlowCreate): StarterFlow {
  return {
    id: idOf(flow.name),
    userId: null,
    projectId: null,
    name: flow.name,
    nameKey: flow.name.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
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
    savedBy: null,
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
