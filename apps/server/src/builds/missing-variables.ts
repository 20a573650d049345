import { type NeededVariable, neededVariables } from '@runnel/engine/needed-variables'
import type { RunRequest } from '@runnel/engine/run-scope'
import type { LoadedFlow } from '../runs/flow-loader.ts'
import type { VariableService } from '../variables/variable-service.ts'

/** The variables a build needs that neither its owner has nor the build itself brings. Those are all it can have. */
export async function missingVariables(
  variables: Pick<VariableService, 'list'>,
  { graph, ownerId }: LoadedFlow,
  request: RunRequest,
): Promise<readonly NeededVariable[]> {
  const needed = neededVariables(graph, request).filter(
    ({ variable }) => !request.requestVariables.has(variable.toUpperCase()),
  )
  if (needed.length === 0) return []
  const known = new Set((await variables.list(ownerId)).map(({ name }) => name))
  return needed.filter(({ variable }) => !known.has(variable))
}

/** Says which component names which variable, one line each. */
export const sentenceOf = (missing: readonly NeededVariable[]): string =>
  missing
    .map(({ node, field, variable }) => {
      const label = field.template?.display_name ?? field.declared?.attributes.display_name ?? field.name
      return `${node.displayName}: ${variable} variable not found, which ${label} names. Add it, or choose another.`
    })
    .join('\n')
