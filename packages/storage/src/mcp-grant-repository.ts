import type { Engine } from './dialect/engine.ts'
import type { McpGrantRecord } from './records.ts'
import { mcpGrantCodec } from './row-codecs.ts'

/** What clients of MCP servers of projects were granted by a sign-in. */
export function createMcpGrantRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** Answers false when there is a grant of that id already: what makes one is good for one only. */
    async add(grant: McpGrantRecord): Promise<boolean> {
      const added = await db
        .insertInto('mcp_grant')
        .values(mcpGrantCodec.encode(grant))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .execute()
      return added.length > 0
    },

    async find(projectId: string, id: string): Promise<McpGrantRecord | undefined> {
      const row = await db
        .selectFrom('mcp_grant')
        .selectAll()
        .where('id', '=', id)
        .where('project_id', '=', projectId)
        .executeTakeFirst()
      return row && mcpGrantCodec.decode(row)
    },

    /** Puts the next refresh token in the place of one. Answers true to one caller only, however many show it. */
    async renew(id: string, from: string, next: Pick<McpGrantRecord, 'refreshId' | 'expiresAt'>): Promise<boolean> {
      const renewed = await db
        .updateTable('mcp_grant')
        .set(mcpGrantCodec.encodePart(next))
        .where('id', '=', id)
        .where('refresh_id', '=', from)
        .returning('id')
        .execute()
      return renewed.length > 0
    },

    async remove(id: string): Promise<void> {
      await db.deleteFrom('mcp_grant').where('id', '=', id).execute()
    },

    async removeOfProject(projectId: string): Promise<void> {
      await db.deleteFrom('mcp_grant').where('project_id', '=', projectId).execute()
    },

    async removeExpired(now: number): Promise<void> {
      await db.deleteFrom('mcp_grant').where('expires_at', '<', now).execute()
    },
  }
}

export type McpGrantRepository = ReturnType<typeof createMcpGrantRepository>
