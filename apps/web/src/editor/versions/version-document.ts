import { listFlowVersions, readFlowVersion } from '@runnel/protocol/flow-versions'
import { readFlow } from '@runnel/protocol/flows'
import { readPublishedVersion } from '@runnel/protocol/publications'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { type FlowDocument, readDocument } from '../model/flow-document.ts'

/** The flow as it is saved now, among its versions. */
export const DRAFT = 'draft'

const PUBLISHED = /^published-(\d+)$/

/** How a published version is named among the kept ones. */
export const publishedRef = (version: number): string => `published-${version}`

/** The versions of a flow that are kept, newest first. */
export const flowVersionsQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['flow-versions', flowId],
    queryFn: ({ signal }) => client.call(listFlowVersions, { params: { flow_id: flowId }, signal }),
  })

/** A version of a flow: a kept one by its id, a published one, or the draft. */
export const versionDocumentQuery = (flowId: string, ref: string) =>
  queryOptions({
    queryKey: ['flow-versions', flowId, 'document', ref],
    // The draft goes on changing.
    staleTime: ref === DRAFT ? 0 : Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<FlowDocument> => {
      const flow = { flow_id: flowId }
      const number = PUBLISHED.exec(ref)?.[1]
      if (ref === DRAFT) return readDocument((await client.call(readFlow, { params: flow, signal })).data)
      const { data } =
        number === undefined
          ? await client.call(readFlowVersion, { params: { ...flow, version_id: ref }, signal })
          : await client.call(readPublishedVersion, { params: { ...flow, version: Number(number) }, signal })
      return readDocument(data)
    },
  })
