import type { Contract } from '@runnel/protocol/contract'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { JsonObject } from '@runnel/protocol/json'
import type { Storage } from '@runnel/storage/open-storage'
import type { CallableFlow } from '@runnel/storage/publication-repository'
import { type CheckedInput, createInputCheck } from '../publications/contract-check.ts'
import { contractIn } from '../publications/publication-service.ts'
import type { FlowLoader, LoadedFlow } from '../runs/flow-loader.ts'

/** A published version, ready to be called. */
export interface LoadedWorkflow {
  readonly flow: LoadedFlow
  readonly version: number
  readonly contract: Contract
  /** @throws AppError `workflow_input_invalid` */
  readonly check: (input: JsonObject) => CheckedInput
}

/** A flow that is published now. */
export interface CallableWorkflow extends CallableFlow {
  readonly publication: NonNullable<CallableFlow['publication']>
}

/** Compiled versions kept in memory. They never change. */
const KEPT = 300

export interface WorkflowLoaderOptions {
  readonly storage: Pick<Storage, 'publications'>
  readonly loader: Pick<FlowLoader, 'compile'>
}

export type WorkflowLoader = ReturnType<typeof createWorkflowLoader>

/** Finds published flows for a caller: its own by id or endpoint name, anybody's that is public by id. */
export function createWorkflowLoader({ storage, loader }: WorkflowLoaderOptions) {
  const compiled = new Map<string, LoadedWorkflow>()

  async function compile({ id, ownerId }: CallableFlow, number: number): Promise<LoadedWorkflow> {
    const stored = await storage.publications.version(id, number)
    if (!stored) throw new AppError('published_version_not_found')
    const flow = await loader.compile(ownerId, id, JSON.parse(stored.data))
    const contract = contractIn(stored)
    return { flow: { ...flow, published: number }, version: number, contract, check: createInputCheck(contract) }
  }

  return {
    /** @throws AppError `workflow_not_found`, `workflow_not_published` */
    async find(userId: string, idOrName: string): Promise<CallableWorkflow> {
      const parsed = parseUuid(idOrName)
      const found = await storage.publications.callable(userId, 'id' in parsed ? parsed.id : idOrName)
      const named = idOrName.slice(0, 100)
      if (!found || (found.ownerId !== userId && found.accessType !== 'PUBLIC')) {
        throw new AppError('workflow_not_found', [named])
      }
      const { publication } = found
      if (!publication?.isLive) throw new AppError('workflow_not_published', [named])
      return { ...found, publication }
    },

    /** One version of it; the newest unless a number is given. @throws AppError `published_version_not_found` */
    async load(workflow: CallableWorkflow, number = workflow.publication.version): Promise<LoadedWorkflow> {
      const key = `${workflow.id}@${number}`
      const known = compiled.get(key)
      if (known) return known
      const made = await compile(workflow, number)
      compiled.set(key, made)
      const oldest = compiled.size > KEPT ? compiled.keys().next().value : undefined
      if (oldest !== undefined) compiled.delete(oldest)
      return made
    },
  }
}
