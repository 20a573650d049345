import type { Dialect } from './dialect/engine.ts'
import { initial } from './migrations/0001-initial.ts'
import { files } from './migrations/0002-files.ts'
import { runJobs } from './migrations/0003-run-jobs.ts'
import { flowVersions } from './migrations/0004-flow-versions.ts'
import { mcpServers } from './migrations/0005-mcp-servers.ts'
import { publications } from './migrations/0006-publications.ts'
import { messagesByTime } from './migrations/0007-messages-by-time.ts'
import { runWords } from './migrations/0008-run-words.ts'
import { runCosts } from './migrations/0009-run-costs.ts'
import { projectAccess } from './migrations/0010-project-access.ts'
import { alerts } from './migrations/0011-alerts.ts'
import { runSums } from './migrations/0012-run-sums.ts'
import { messagePlaces } from './migrations/0013-message-places.ts'
import { projectMembers } from './migrations/0014-project-members.ts'
import { usageCosts } from './migrations/0015-usage-costs.ts'
import { flowTests } from './migrations/0016-flow-tests.ts'
import { authors } from './migrations/0017-authors.ts'
import { runStarters } from './migrations/0018-run-starters.ts'

/** The statements of one step from a version of the schema to the next. */
export type Migration = (dialect: Dialect) => readonly string[]

/** Every migration, in order. Forward only; never edited once released (docs/guides/add-a-migration.md). */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-files': files,
  '0003-run-jobs': runJobs,
  '0004-flow-versions': flowVersions,
  '0005-mcp-servers': mcpServers,
  '0006-publications': publications,
  '0007-messages-by-time': messagesByTime,
  '0008-run-words': runWords,
  '0009-run-costs': runCosts,
  '0010-project-access': projectAccess,
  '0011-alerts': alerts,
  '0012-run-sums': runSums,
  '0013-message-places': messagePlaces,
  '0014-project-members': projectMembers,
  '0015-usage-costs': usageCosts,
  '0016-flow-tests': flowTests,
  '0017-authors': authors,
  '0018-run-starters': runStarters,
}
