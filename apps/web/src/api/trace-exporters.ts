import { listTraceExporters } from '@runnel/protocol/trace-exporters'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

const EVERY_MS = 10_000

/** Tools that take traces, and how sending goes. */
export const traceExportersQuery = queryOptions({
  queryKey: ['trace-exporters'],
  refetchInterval: EVERY_MS,
  queryFn: ({ signal }) => client.call(listTraceExporters, { signal }),
})
