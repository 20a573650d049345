import { listVariables } from '@runnel/protocol/variables'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** Names the server keeps settings of the user under; nobody needs to see them. */
const isInternal = (name: string): boolean => name.startsWith('__') && name.endsWith('__')

/** The user's global variables. */
export const variablesQuery = queryOptions({
  queryKey: ['variables'],
  queryFn: ({ signal }) => client.call(listVariables, { signal }),
  select: (variables) => variables.filter(({ name }) => !isInternal(name)),
})

/** A key was given or taken away: providers and models depend on it too. */
export const variablesChanged = async (): Promise<void> => {
  await Promise.all(['variables', 'models'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}
