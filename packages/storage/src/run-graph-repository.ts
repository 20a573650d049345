import type { Engine } from './dialect/engine.ts'

/** Graphs kept of one flow: those its runs used last. */
const KEPT = 50

/** The graphs that runs ran, each once, by a name made from its content. */
export function createRunGraphRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** Keeps a graph, or remembers that it was used again; of a flow, those used longest ago make room. */
    async keep({
      id,
      flowId,
      usedAt,
      data,
    }: {
      readonly id: string
      readonly flowId: string
      /** Epoch milliseconds. */
      readonly usedAt: number
      /** JSON text, without secrets. */
      readonly data: string
    }): Promise<void> {
      await db
        .insertInto('run_graph')
        .values({ id, flow_id: flowId, used_at: usedAt, data })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ used_at: usedAt }))
        .execute()
      const kept = db
        .selectFrom('run_graph')
        .select('id')
        .where('flow_id', '=', flowId)
        .orderBy('used_at', 'desc')
        .orderBy('id')
        .limit(KEPT)
      await db.deleteFrom('run_graph').where('flow_id', '=', flowId).where('id', 'not in', kept).execute()
    },

    /** The graph as JSON text; undefined when it is not kept any more. */
    async find(flowId: string, id: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('run_graph')
        .select('data')
        .where('flow_id', '=', flowId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.data
    },
  }
}

export type RunGraphRepository = ReturnType<typeof createRunGraphRepository>
