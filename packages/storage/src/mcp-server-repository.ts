import type { Engine } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { McpServerRecord } from './records.ts'
import { mcpServerCodec } from './row-codecs.ts'

const clashes = { mcp_server_name: 'name_not_unique' } as const

/** MCP servers of users, by name. Another user's server is simply not found. */
export function createMcpServerRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** @throws AppError `name_not_unique` */
    async add(server: McpServerRecord): Promise<McpServerRecord> {
      await withUnique(clashes, () => db.insertInto('mcp_server').values(mcpServerCodec.encode(server)).execute())
      return server
    },

    async find(userId: string, name: string): Promise<McpServerRecord | undefined> {
      const own = db.selectFrom('mcp_server').selectAll().where('user_id', '=', userId)
      const row = await own.where('name', '=', name).executeTakeFirst()
      return row && mcpServerCodec.decode(row)
    },

    /** Oldest first. */
    async list(userId: string): Promise<readonly McpServerRecord[]> {
      const own = db.selectFrom('mcp_server').selectAll().where('user_id', '=', userId)
      const rows = await own.orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => mcpServerCodec.decode(row))
    },

    /** Answers whether there was one. */
    async update(
      userId: string,
      name: string,
      change: Pick<McpServerRecord, 'config' | 'updatedAt'>,
    ): Promise<boolean> {
      const changed = await db
        .updateTable('mcp_server')
        .set(mcpServerCodec.encodePart(change))
        .where('user_id', '=', userId)
        .where('name', '=', name)
        .returning('id')
        .execute()
      return changed.length > 0
    },

    /** Answers whether there was one. */
    async remove(userId: string, name: string): Promise<boolean> {
      const gone = await db
        .deleteFrom('mcp_server')
        .where('user_id', '=', userId)
        .where('name', '=', name)
        .returning('id')
        .execute()
      return gone.length > 0
    },
  }
}

export type McpServerRepository = ReturnType<typeof createMcpServerRepository>
