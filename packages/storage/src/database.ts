import type { Generated } from 'kysely'
import type { FlowTestRecord, FlowTestRunRecord } from './flow-test-records.ts'
import type {
  AlertEventRecord,
  AlertRecord,
  ApiKeyRecord,
  AuditRecord,
  FileRecord,
  FlowRecord,
  FlowVersionRecord,
  McpGrantRecord,
  McpServerRecord,
  ProjectMemberRecord,
  ProjectRecord,
  PublicationRecord,
  PublishedVersionRecord,
  RefreshTokenRecord,
  UserRecord,
  VariableRecord,
} from './records.ts'
import type { Columns } from './row-codec.ts'
import type {
  IdempotentAnswer,
  IdempotentRequest,
  ModelUsageRecord,
  RunCheckpoint,
  RunJob,
  RunRecord,
  RunStepRecord,
  StoredMessage,
  UsageRecord,
} from './run-records.ts'
import type { SlotSum } from './run-sum.ts'

/** The tables, as the query builder sees them. */
export interface Database {
  user: Columns<UserRecord>
  project: Columns<ProjectRecord>
  project_member: Columns<ProjectMemberRecord>
  flow: Columns<FlowRecord>
  api_key: Columns<ApiKeyRecord>
  variable: Columns<VariableRecord>
  file: Columns<FileRecord>
  flow_version: Columns<FlowVersionRecord>
  mcp_server: Columns<McpServerRecord>
  mcp_grant: Columns<McpGrantRecord>
  refresh_token: Columns<RefreshTokenRecord>
  run: Columns<RunRecord>
  run_graph: { id: string; flow_id: string; used_at: number; data: string }
  message: Columns<StoredMessage>
  /** `seq` grows with time: paging, pruning and the order of a flow's builds go by it. */
  run_step: Columns<RunStepRecord> & { seq: Generated<number> }
  run_job: Columns<RunJob>
  run_checkpoint: Columns<RunCheckpoint>
  idempotent_request: Columns<IdempotentRequest>
  idempotent_answer: Columns<IdempotentAnswer>
  publication: Columns<PublicationRecord>
  published_version: Columns<PublishedVersionRecord>
  usage_day: Columns<UsageRecord>
  model_usage_day: Columns<ModelUsageRecord>
  run_sum: Columns<SlotSum>
  audit_record: Columns<AuditRecord>
  alert: Columns<AlertRecord>
  alert_event: Columns<AlertEventRecord>
  flow_test: Columns<FlowTestRecord>
  flow_test_run: Columns<FlowTestRunRecord>
  lease: { name: string; holder: string; until: number }
  setting: { key: string; value: string }
}
