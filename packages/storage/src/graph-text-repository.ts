import type { Engine } from './dialect/engine.ts'

/** The graph of a flow or of an earlier version of one, as it is stored. */
export interface GraphText {
  /** Of the flow or the version. */
  readonly id: string
  readonly flowId: string
  /** JSON text; null for a flow without a graph. */
  readonly data: string | null
}

/** Where graphs are kept. */
export type GraphPlace = 'flow' | 'flow_version'

/** The stored graphs of everybody, for work on all of them. */
export function createGraphTextRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** The next `limit` with an id behind `after`, in the order of their ids; an empty text comes before all. */
    async list(
      place: GraphPlace,
      { after, limit }: { readonly after: string; readonly limit: number },
    ): Promise<readonly GraphText[]> {
      const rows =
        place === 'flow'
          ? await db
              .selectFrom('flow')
              .select(['id', 'id as flow_id', 'data'])
              .where('id', '>', after)
              .orderBy('id')
              .limit(limit)
              .execute()
          : await db
              .selectFrom('flow_version')
              .select(['id', 'flow_id', 'data'])
              .where('id', '>', after)
              .orderBy('id')
              .limit(limit)
              .execute()
      return rows.map(({ id, flow_id, data }) => ({ id, flowId: flow_id, data }))
    },

    /** Puts another text in place of this one, unless it was changed meanwhile. No version or time changes. */
    async replace(
      place: GraphPlace,
      { id, data }: { readonly id: string; readonly data: string },
      by: string,
    ): Promise<void> {
      await db.updateTable(place).set({ data: by }).where('id', '=', id).where('data', '=', data).execute()
    },
  }
}

export type GraphTextRepository = ReturnType<typeof createGraphTextRepository>
