import { listAlerts } from '@runnel/protocol/alerts'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** The server looks at alerts once a minute. */
const EVERY_MS = 30_000

export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  refetchInterval: EVERY_MS,
  queryFn: ({ signal }) => client.call(listAlerts, { signal }),
})

export const alertsChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['alerts'] })
