import type { QueryClient } from '@tanstack/react-query'
import { variablesQuery } from '../../api/variables.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import type { Problem } from '../model/problems.ts'
import type { RunPart } from '../model/topology.ts'
import { variableProblems } from '../model/variable-problems.ts'

/** What runs, and the variables it is given for that once. */
export interface AskedRun extends RunPart {
  readonly variables?: Readonly<Record<string, string>> | undefined
}

/** The fields of what runs whose variables there are not; those the page knows of are not asked for again. */
export async function lackedVariables(
  document: FlowDocument,
  queryClient: QueryClient,
  { variables = {}, ...part }: AskedRun = {},
): Promise<readonly Problem[]> {
  // The server looks what a run is given up without regard to case.
  const given = new Set(Object.keys(variables).map((name) => name.toUpperCase()))
  const lackedOf = (known: readonly { readonly name: string }[]): readonly Problem[] => {
    const names = new Set(known.map(({ name }) => name))
    return variableProblems(document, (name) => names.has(name) || given.has(name.toUpperCase()), part)
  }
  if (lackedOf(queryClient.getQueryData(variablesQuery.queryKey) ?? []).length === 0) return []
  return lackedOf(await queryClient.fetchQuery({ ...variablesQuery, staleTime: 0 }))
}
