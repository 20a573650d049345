/** What somebody can decide, as a field holds it. */
export const actionsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : []).filter((one): one is string => typeof one === 'string' && one.trim() !== '')

/** What tells one decision from another: outputs and callers go by it. */
export const actionId = (action: string): string => action.trim().toLowerCase().replaceAll(/\s+/g, '_')

const BRANCH = 'branch_'
/** Taken when nobody decides; no decision of anybody's. */
const FALLBACK = 'branch_fallback'

/** The output a decision leaves by. */
export const branchOf = (action: string): string => `${BRANCH}${actionId(action)}`

export const isBranch = (output: string): boolean => output.startsWith(BRANCH) && output !== FALLBACK
