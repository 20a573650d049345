import { type AlertRepository, createAlertRepository } from './alert-repository.ts'
import { type ApiKeyRepository, createApiKeyRepository } from './api-key-repository.ts'
import { type AuditRepository, createAuditRepository } from './audit-repository.ts'
import { createBatchWriter } from './batch-writer.ts'
import type { Dialect, Engine, StorageHealth } from './dialect/engine.ts'
import { openSqlite } from './dialect/node-sqlite.ts'
import { createFileRepository, type FileRepository } from './file-repository.ts'
import { createFlowRepository, type FlowRepository } from './flow-repository.ts'
import { createFlowTestRepository, type FlowTestRepository } from './flow-test-repository.ts'
import { createFlowVersionRepository, type FlowVersionRepository } from './flow-version-repository.ts'
import { createGraphTextRepository, type GraphTextRepository } from './graph-text-repository.ts'
import { createIdempotencyRepository, type IdempotencyRepository } from './idempotency-repository.ts'
import { createJobRepository, type JobRepository } from './job-repository.ts'
import { createLeaseRepository, type LeaseRepository } from './lease-repository.ts'
import { createMcpGrantRepository, type McpGrantRepository } from './mcp-grant-repository.ts'
import { createMcpServerRepository, type McpServerRepository } from './mcp-server-repository.ts'
import { createMessageRepository, type MessageRepository } from './message-repository.ts'
import { type MigrationReport, migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { createModelUsageRepository, type ModelUsageRepository } from './model-usage-repository.ts'
import { createProjectMemberRepository, type ProjectMemberRepository } from './project-member-repository.ts'
import { createProjectRepository, type ProjectRepository } from './project-repository.ts'
import { createPruner, type Pruner } from './prune.ts'
import { createPublicationRepository, type PublicationRepository } from './publication-repository.ts'
import { createRefreshTokenRepository, type RefreshTokenRepository } from './refresh-token-repository.ts'
import { createRunFigures, type RunFiguresReader } from './run-figures.ts'
import { createRunGraphRepository, type RunGraphRepository } from './run-graph-repository.ts'
import { createRunRepository, type RunRepository } from './run-repository.ts'
import { createRunSumRepository, type RunSumRepository } from './run-sum-repository.ts'
import { createRunSummaryRepository, type RunSummaryRepository } from './run-summary-repository.ts'
import { currentSchema } from './schema.ts'
import { createSettingRepository, type SettingRepository } from './setting-repository.ts'
import { createUsageRepository, type UsageRepository } from './usage-repository.ts'
import { createUserRepository, type UserRepository } from './user-repository.ts'
import { createVariableRepository, type VariableRepository } from './variable-repository.ts'

export interface StorageOptions {
  /** `postgresql://…`, `postgres://…`, `sqlite:///path`, a path, or `:memory:`. Wins over `sqlitePath`. */
  readonly databaseUrl?: string
  /** The file of the SQLite database; it and its folder are made when missing. */
  readonly sqlitePath?: string
  /** Connections to Postgres; 10 unless said. */
  readonly poolSize?: number
  /**
   * Opens an SQLite database that another process holds all the same, for a few short writes: a command beside a
   * running server. Nothing is migrated then.
   */
  readonly besideServer?: boolean
}

export interface Storage {
  readonly dialect: Dialect
  /** The migrations that opening it has applied; every one for a new database. */
  readonly migrated: MigrationReport
  readonly flows: FlowRepository
  readonly projects: ProjectRepository
  readonly projectMembers: ProjectMemberRepository
  readonly users: UserRepository
  readonly apiKeys: ApiKeyRepository
  readonly variables: VariableRepository
  readonly files: FileRepository
  readonly flowVersions: FlowVersionRepository
  readonly flowTests: FlowTestRepository
  readonly graphTexts: GraphTextRepository
  readonly mcpServers: McpServerRepository
  readonly mcpGrants: McpGrantRepository
  readonly publications: PublicationRepository
  readonly usage: UsageRepository
  readonly modelUsage: ModelUsageRepository
  readonly audit: AuditRepository
  readonly messages: MessageRepository
  readonly runs: RunRepository
  readonly runFigures: RunFiguresReader
  readonly runSums: RunSumRepository
  readonly runSummaries: RunSummaryRepository
  readonly runGraphs: RunGraphRepository
  readonly alerts: AlertRepository
  readonly leases: LeaseRepository
  readonly jobs: JobRepository
  readonly idempotency: IdempotencyRepository
  readonly refreshTokens: RefreshTokenRepository
  readonly settings: SettingRepository
  /** Removes what is over the bounds, in slices between which others write. */
  readonly prune: Pruner
  /** Writes and reads a row. @throws AppError `overloaded` when the store cannot be written or reached. */
  ping(): Promise<StorageHealth>
  /** Writes what is still in memory and closes the database. To be called once, after the last use. */
  close(): Promise<void>
}

/**
 * Opens the store and brings it to the current schema.
 *
 * @throws CannotOpenStorage with a sentence that names the file or address: it is locked by another process, damaged,
 * not writable, not reachable, or written by a newer release.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const engine = await openEngine(options)
  let migrated: MigrationReport
  try {
    migrated = await migrate(engine, { migrations, current: currentSchema })
  } catch (error) {
    await engine.close()
    throw error
  }
  const writer = createBatchWriter(engine.commit)
  return {
    dialect: engine.dialect,
    migrated,
    flows: createFlowRepository(engine),
    projects: createProjectRepository(engine),
    projectMembers: createProjectMemberRepository(engine),
    users: createUserRepository(engine),
    apiKeys: createApiKeyRepository(engine, writer),
    variables: createVariableRepository(engine),
    files: createFileRepository(engine),
    flowVersions: createFlowVersionRepository(engine),
    flowTests: createFlowTestRepository(engine),
    graphTexts: createGraphTextRepository(engine),
    mcpServers: createMcpServerRepository(engine),
    mcpGrants: createMcpGrantRepository(engine),
    publications: createPublicationRepository(engine),
    usage: createUsageRepository(engine, writer),
    modelUsage: createModelUsageRepository(engine),
    audit: createAuditRepository(engine),
    messages: createMessageRepository(engine, writer),
    runs: createRunRepository(engine, writer),
    runFigures: createRunFigures(engine),
    runSums: createRunSumRepository(engine),
    runSummaries: createRunSummaryRepository(engine),
    runGraphs: createRunGraphRepository(engine),
    alerts: createAlertRepository(engine),
    leases: createLeaseRepository(engine),
    jobs: createJobRepository(engine),
    idempotency: createIdempotencyRepository(engine),
    refreshTokens: createRefreshTokenRepository(engine),
    settings: createSettingRepository(engine),
    prune: createPruner(engine),
    ping: engine.ping,
    async close() {
      await writer.flush()
      await engine.close()
    },
  }
}

async function openEngine({
  databaseUrl,
  sqlitePath,
  poolSize,
  besideServer = false,
}: StorageOptions): Promise<Engine> {
  const address = databaseUrl || sqlitePath || ':memory:'
  if (/^postgres(ql)?(\+\w+)?:\/\//.test(address)) {
    // Loaded only when used: most installations never do.
    const { openPostgres } = await import('./dialect/postgres.ts')
    return openPostgres({ url: address, ...(poolSize === undefined ? {} : { poolSize }) })
  }
  return openSqlite(sqliteFile(address), { besideServer })
}

/** `sqlite:///data/x.db` and `sqlite:////data/x.db` as SQLAlchemy reads them: three slashes and then the path. */
function sqliteFile(address: string): string {
  if (!address.startsWith('sqlite:')) return address
  return address.replace(/^sqlite:(\/\/\/?)?/, '') || ':memory:'
}
