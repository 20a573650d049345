import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Workspace } from '../../editor/editor-context.tsx'
import type { Batch } from './batch.ts'
import type { InputTable } from './input-table.ts'
import type { Mapping } from './row-document.ts'

/** What is known of the batch of an open flow. */
export interface BatchSetup {
  readonly table: InputTable | undefined
  readonly mapping: Mapping
  readonly parallel: number
  /** Given once it was begun. */
  readonly batch: Batch | undefined
}

const setups = new WeakMap<Workspace, StoreApi<BatchSetup>>()
const PARALLEL = 3

/** The batch of an open flow: it goes on, and is there again, whoever closes its dialog. */
export function batchOf(workspace: Workspace): StoreApi<BatchSetup> {
  const known = setups.get(workspace)
  if (known) return known
  const made = createStore<BatchSetup>(() => ({
    table: undefined,
    mapping: {},
    parallel: PARALLEL,
    batch: undefined,
  }))
  setups.set(workspace, made)
  return made
}
