import type { ChosenColumn } from '../../ui/columns.ts'

/** A column of the list of runs. */
export interface RunColumn extends ChosenColumn {
  readonly name:
    | 'status'
    | 'flow'
    | 'kind'
    | 'input'
    | 'output'
    | 'started'
    | 'duration'
    | 'tokens'
    | 'cost'
    | 'session'
    | 'version'
    | 'key'
    | 'error'
  /** A class: the least it takes. What is left is shared. */
  readonly width: string
}

/** The column that leads to the run itself. */
export const FLOW_COLUMN = 'flow'

export const RUN_COLUMNS: readonly RunColumn[] = [
  { name: 'status', width: 'w-24' },
  { name: 'flow', width: 'w-40' },
  { name: 'input', width: 'w-40' },
  { name: 'output', width: 'w-40' },
  { name: 'kind', width: 'w-28' },
  { name: 'started', width: 'w-32' },
  { name: 'duration', width: 'w-24' },
  { name: 'tokens', width: 'w-20' },
  { name: 'cost', width: 'w-30' },
  { name: 'session', width: 'w-32', isExtra: true },
  { name: 'version', width: 'w-24', isExtra: true },
  { name: 'key', width: 'w-32', isExtra: true },
  { name: 'error', width: 'w-56', isExtra: true },
]
