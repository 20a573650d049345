interface Entry {
  readonly status: number
  readonly message: (...args: string[]) => string
}

/** Every expected failure: its HTTP status and its sentence. The code travels in the `x-error-code` header and the log. */
export const errorCatalogue = {
  // Requests
  bad_request: { status: 400, message: (why) => why },
  invalid_json_file: { status: 400, message: () => 'Invalid JSON file' },
  not_found: { status: 404, message: () => 'Not Found' },
  method_not_allowed: { status: 405, message: () => 'Method Not Allowed' },
  not_acceptable: { status: 406, message: (type) => `Not Acceptable: Client must accept ${type}` },
  content_too_large: {
    status: 413,
    message: (limit, got) => `Content size limit exceeded. Maximum allowed is ${limit}MB and got ${got}MB.`,
  },
  file_too_large: {
    status: 413,
    message: (limit) => `File size is larger than the maximum file size ${limit}MB.`,
  },
  unsupported_encoding: {
    status: 415,
    message: (encoding) => `Content-Encoding ${encoding} is not supported. Send the body unencoded.`,
  },
  uri_too_long: { status: 414, message: (limit) => `The address is longer than ${limit} characters. Shorten it.` },
  unsupported_media_type: {
    status: 415,
    message: (type, wanted) => `Content-Type ${type} is not supported here. Send ${wanted}.`,
  },
  request_invalid: { status: 422, message: () => 'The request does not fit what this endpoint takes' },
  invalid_field: { status: 422, message: (why) => why },
  overloaded: { status: 503, message: (why) => why },
  internal: { status: 500, message: () => 'Internal Server Error' },

  // Who is asking
  key_required: { status: 403, message: () => 'An API key must be passed as query or header' },
  key_invalid: { status: 403, message: () => 'Invalid or missing API key' },
  key_address_refused: { status: 403, message: () => 'This API key may not be used from this address' },
  key_scope: { status: 403, message: (why) => `This API key may not do that: ${why}` },
  keys_differ: {
    status: 403,
    message: () => 'Two different API keys were sent. Send one, in the x-api-key header or in the query.',
  },
  auto_login_key_required: {
    status: 403,
    message: () =>
      'Since v1.5, LANGFLOW_AUTO_LOGIN requires a valid API key. Set LANGFLOW_SKIP_AUTH_AUTO_LOGIN=true to skip this check. Please update your authentication method.',
  },
  not_superuser: { status: 403, message: () => "The user doesn't have enough privileges" },
  credentials_invalid: { status: 401, message: () => 'Could not validate credentials' },
  token_expired: { status: 401, message: () => 'Token has expired.' },
  token_details_invalid: { status: 401, message: () => 'Invalid token details.' },
  user_inactive: { status: 401, message: () => 'User not found or is inactive.' },
  login_failed: { status: 401, message: () => 'Incorrect username or password' },
  refresh_invalid: { status: 401, message: () => 'Invalid refresh token' },
  account_inactive: { status: 401, message: () => 'Inactive user' },
  waiting_for_approval: { status: 400, message: () => 'Waiting for approval' },
  auto_login_disabled: { status: 400, message: () => 'Auto login is disabled. Please enable it in the settings' },
  cross_site: {
    status: 403,
    message: () => 'This request came from another site. Call the server from its own pages, or send an API key.',
  },
  permission_denied: { status: 403, message: () => 'Permission denied' },
  signup_disabled: { status: 403, message: () => 'Public user registration is disabled.' },
  signup_rate_limited: { status: 429, message: () => 'Too many new accounts from this address. Try again later.' },
  username_unavailable: { status: 400, message: () => 'This username is unavailable.' },
  user_not_found: { status: 404, message: () => 'User not found' },
  last_superuser: { status: 400, message: () => 'The last superuser cannot be deleted, demoted or deactivated' },
  password_not_yours: { status: 400, message: () => "You can't change your password here" },
  password_wrong: { status: 400, message: () => 'Current password is incorrect' },
  password_same: { status: 400, message: () => "You can't use your current password" },
  password_length: {
    status: 400,
    message: (min, max) => `A password has ${min} to ${max} characters; choose another one`,
  },
  password_common: { status: 400, message: () => 'This password is known to everyone; choose another one' },
  login_rate_limited: { status: 429, message: () => 'Too many failed logins. Wait a minute and try again.' },

  // Flows
  flow_not_found: { status: 404, message: (flow) => `Flow identifier ${flow} not found` },
  flow_id_not_found: { status: 404, message: () => 'Flow not found' },
  flow_has_no_data: { status: 500, message: (flow) => `Flow ${flow} has no data` },
  name_not_unique: { status: 400, message: () => 'Name must be unique' },
  endpoint_name_not_unique: { status: 400, message: () => 'Endpoint name must be unique' },
  endpoint_name_invalid: {
    status: 422,
    message: () => 'Endpoint name must contain only letters, numbers, hyphens, and underscores',
  },
  role_too_small: {
    status: 403,
    message: (needed, role) => `This needs the role ${needed} in the project, and yours is ${role}`,
  },
  owners_differ: {
    status: 400,
    message: () => 'What you have chosen belongs to several people. Take that of one at a time.',
  },
  member_unknown: { status: 404, message: (name) => `There is no user named ${name} on this server` },
  member_exists: { status: 409, message: (name) => `${name} is a member of this project already` },
  member_not_found: { status: 404, message: () => 'This user is no member of the project' },
  creator_stays: { status: 400, message: () => 'Who made a project always owns it' },
  project_not_found: { status: 404, message: () => 'Project not found' },
  foreign_flow_closed: {
    status: 400,
    message: (host) =>
      `${host} does not hand out this flow without an API key. Give one of an account there that owns it.`,
  },
  foreign_server_refused: {
    status: 400,
    message: (host) =>
      `This server may not call ${host}. Its operator can allow that with LANGFLOW_SSRF_ALLOWED_HOSTS.`,
  },
  no_flow_at_address: {
    status: 400,
    message: (address) =>
      `There is no flow at ${address}. Give the address of a flow in its editor, or of a flow file.`,
  },
  flow_not_public: { status: 403, message: () => 'Flow is not public' },
  flow_locked: { status: 423, message: () => 'Flow is locked. Unlock it before making changes.' },
  tool_refused: {
    status: 400,
    message: (tool, why) => `The user has not allowed ${tool} to be called. ${why}`.trim(),
  },
  approval_impossible: {
    status: 400,
    message: (tool) =>
      `${tool} is only called when somebody allows it, and nobody can be asked here. Run the flow on its canvas or in its playground.`,
  },
  flow_asks_people: {
    status: 400,
    message: () =>
      'This flow uses Human-in-the-Loop (one of its tools asks before it is called), and nobody can be asked here. Run it on its canvas or in its playground.',
  },
  approval_closed: { status: 409, message: () => 'Nobody waits for this decision any more' },
  approval_not_offered: { status: 422, message: (action) => `This call cannot be decided by '${action}'` },
  flow_version_conflict: {
    status: 409,
    message: () => 'The flow was changed by someone else in the meantime. Read it again, then repeat your change.',
  },
  graph_patch_mismatch: { status: 422, message: (why) => `The patch does not fit the graph: ${why}` },
  put_conflict: { status: 409, message: (why) => why },
  version_token_invalid: { status: 400, message: () => 'Invalid If-Match header: expected a version token' },
  version_token_missing: {
    status: 428,
    message: () => 'Send the version token of the flow you have read in an If-Match header.',
  },
  version_not_found: { status: 404, message: () => 'Version entry not found' },
  folder_not_found: { status: 400, message: () => 'Folder not found' },
  no_flows_found: { status: 404, message: () => 'No flows found.' },
  file_not_found: { status: 404, message: () => 'File not found' },
  no_files_found: { status: 404, message: () => 'No files found' },
  file_name_invalid: {
    status: 400,
    message: () => "Invalid file name. Use a simple file name without directory paths or '..'.",
  },
  user_code_failed: { status: 400, message: (why) => why },
  custom_code_off: {
    status: 403,
    message: (who) =>
      who === 'superusers'
        ? 'On this server, only superusers may use custom components. Use a component from the sidebar instead.'
        : who === 'visitors'
          ? 'Visitors of a public flow may not run custom components on this server.'
          : 'Custom components are switched off on this server. Use a component from the sidebar instead.',
  },
  variable_not_found: { status: 404, message: () => 'Variable not found' },
  variable_empty: { status: 400, message: () => 'Variable name and value cannot be empty' },
  variable_name_empty: { status: 400, message: () => 'Variable name cannot be empty' },
  variable_value_empty: { status: 400, message: () => 'Variable value cannot be empty' },
  variable_name_taken: { status: 400, message: () => 'Variable name already exists' },
  variable_value_missing: { status: 400, message: () => 'Send a value when a credential becomes generic' },
  no_language_model: {
    status: 400,
    message: () => 'No language model is set up. Give the key or the address of a provider first.',
  },
  flow_plan_unusable: {
    status: 502,
    message: (model) =>
      `${model} did not answer with a flow that can be built. Describe it in other words, or choose another default model.`,
  },
  model_provider_not_found: { status: 404, message: () => 'Model provider not found' },
  mcp_server_exists: { status: 409, message: () => 'Server already exists.' },
  mcp_server_not_found: { status: 404, message: () => 'Server not found.' },
  mcp_server_invalid: { status: 422, message: (why) => why },
  mcp_command_refused: {
    status: 403,
    message: () =>
      'The operator of this server has not allowed this command for an MCP server: RUNNEL_MCP_COMMANDS has to hold it whole.',
  },
  mcp_variable_refused: {
    status: 403,
    message: (name) =>
      `The operator of this server has not allowed the variable ${name} for an MCP server: RUNNEL_MCP_ENVIRONMENT has to name it.`,
  },
  mcp_project_key_required: {
    status: 401,
    message: () => 'API key required for this project. Provide x-api-key header or query parameter.',
  },
  mcp_project_key_invalid: { status: 401, message: () => 'Invalid API key' },
  mcp_project_sign_in_required: {
    status: 401,
    message: () => 'Sign in to use this project: its MCP server asks for OAuth, or an API key of its owner.',
  },
  mcp_sign_in_invalid: { status: 400, message: (why) => why },
  mcp_session_missing: { status: 400, message: () => 'session_id is required' },
  mcp_session_invalid: { status: 400, message: () => 'Invalid session ID' },
  mcp_session_not_found: { status: 404, message: () => 'Could not find session' },
  mcp_client_out_of_reach: {
    status: 403,
    message: () => 'MCP configuration can only be installed from a local connection',
  },
  mcp_client_missing: {
    status: 400,
    message: (client) => `${client} is not installed on this system. Please install ${client} first.`,
  },
  mcp_client_unreadable: {
    status: 400,
    message: (client, file) => `The settings of ${client} in ${file} are not JSON. Mend them, then try again.`,
  },
  knowledge_base_not_found: { status: 404, message: (name) => `Knowledge base '${name}' not found` },
  knowledge_base_private: {
    status: 403,
    message: (name) => `Knowledge base '${name}' is not open to visitors of a public flow.`,
  },
  not_for_visitors: {
    status: 403,
    message: (what) => `${what} of a user are not open to visitors of a public flow.`,
  },
  knowledge_base_exists: { status: 409, message: (name) => `Knowledge base '${name}' already exists` },
  knowledge_base_busy: {
    status: 409,
    message: (name) => `Files are being added to '${name}' already. Wait, or cancel it.`,
  },
  knowledge_base_idle: { status: 409, message: (name) => `Nothing is being added to '${name}'.` },
  knowledge_files_too_large: { status: 413, message: (limit) => `The files are larger than ${limit}MB.` },
  memory_base_not_found: { status: 404, message: () => 'Memory base not found' },
  memory_base_exists: { status: 409, message: (name) => `Memory base '${name}' already exists` },
  knowledge_bases_not_found: { status: 404, message: (names) => `Knowledge bases not found: ${names}` },
  api_key_not_found: { status: 400, message: () => 'API Key not found' },
  message_not_found: { status: 404, message: () => 'Message not found' },
  session_not_found: { status: 404, message: () => 'No messages found with the given session ID' },
  run_graph_not_kept: { status: 404, message: () => 'The graph of this run is not kept' },
  flow_test_not_found: { status: 404, message: () => 'Test not found' },
  flow_test_run_not_found: { status: 404, message: () => 'Run of tests not found' },
  flow_tests_running: {
    status: 409,
    message: () => 'The tests of this flow are running already. Wait for their end, or cancel them.',
  },
  flow_tests_idle: { status: 409, message: () => 'This run of tests has ended already' },
  alert_not_found: { status: 404, message: () => 'Alert not found' },
  run_not_found: { status: 404, message: () => 'Run not found' },
  task_not_found: { status: 404, message: () => 'Task not found' },
  task_not_background: {
    status: 409,
    message: () => 'This run is none in the background; whoever asked for it ends it',
  },
  logs_disabled: { status: 501, message: () => 'Log retrieval is disabled' },
  endpoint_deprecated: {
    status: 400,
    message: (path) =>
      `The ${path} endpoint is deprecated and will be removed in a future version. Please use /run instead.`,
  },

  // Runs by the second API
  job_id_missing: { status: 400, message: () => 'The query needs a job_id' },
  job_not_found: { status: 404, message: (id) => `No job of yours has the id ${id}` },
  job_failed: { status: 500, message: (why) => why },
  job_not_cancellable: {
    status: 409,
    message: () => 'This run is none in the background; drop the connection of its request to end it',
  },
  outputs_unknown: { status: 422, message: (ids) => `No outputs of this flow have these ids: ${ids}` },
  run_timed_out: { status: 408, message: (why) => why },

  // Publications
  publication_not_found: { status: 404, message: () => 'The flow was never published' },
  published_version_not_found: { status: 404, message: () => 'No such published version' },
  published_version_live: {
    status: 409,
    message: () => 'This version is the newest. Publish another one before you delete it.',
  },
  flow_not_publishable: { status: 400, message: () => 'The flow cannot be published as it is.' },
  publication_breaks_callers: {
    status: 409,
    message: () => 'Callers of the version before would break. Send accept_breaking to publish it all the same.',
  },

  // Workflows
  workflow_key_invalid: { status: 401, message: () => 'Invalid or missing API key' },
  workflow_not_found: { status: 404, message: (id) => `Workflow ${id} not found` },
  workflow_not_published: { status: 404, message: (id) => `Workflow ${id} is not published` },
  workflow_input_invalid: { status: 400, message: (why) => why },
  rate_limited: { status: 429, message: (who) => `Too many calls ${who}. Try again later.` },
  workflows_busy: { status: 503, message: () => 'Too many calls are running. Try again later.' },

  // Builds
  flow_to_build_not_found: { status: 404, message: (id) => `Flow with id ${id} not found` },
  build_component_not_found: { status: 400, message: (id) => `Component ${id} not found in flow` },
  output_not_kept: { status: 404, message: () => 'The value is no longer kept. Run the node again to see it.' },
  build_job_not_found: { status: 404, message: (id) => `Job not found: Job queue not found for job_id: ${id}` },
  client_id_missing: { status: 400, message: () => 'No client_id cookie found' },
  public_build_rate_limited: { status: 429, message: () => 'Too many requests. Please try again later.' },
  endpoint_gone: { status: 410, message: (instead) => `This endpoint is gone. ${instead}` },

  // Runs
  tweak_conflicts_chat: {
    status: 400,
    message: () => 'If you pass an input_value to the chat input, you cannot pass a tweak with the same name.',
  },
  tweak_conflicts_text: {
    status: 400,
    message: () => 'If you pass an input_value to the text input, you cannot pass a tweak with the same name.',
  },
  tweak_ambiguous: {
    status: 400,
    message: (name, candidates) => `The tweak ${name} may mean any of these: ${candidates}. Name one by its id.`,
  },
  tweak_refused: {
    status: 403,
    message: (field, node) =>
      `The field ${field} of ${node} belongs to the owner of this flow and cannot be set by a tweak.`,
  },
  tools_not_supported: { status: 400, message: () => 'Tools are not supported yet' },
  flow_not_for_chat: {
    status: 400,
    message: (type) => `Flow must have a ${type} component to be compatible with OpenAI Responses API`,
  },
  response_input_invalid: {
    status: 400,
    message: (what) => `The input holds ${what}, which a flow cannot be given. Send text.`,
  },
  webhook_body_empty: {
    status: 400,
    message: () => 'Request body is empty. You should provide a JSON payload containing the flow ID.',
  },
  webhook_key_required: { status: 403, message: () => 'API key required when webhook authentication is enabled' },
  webhook_key_invalid: { status: 403, message: () => 'Invalid API key' },
  idempotency_key_reused: {
    status: 409,
    message: () => 'This Idempotency-Key was used before with another body. Take a new key for another request.',
  },
  idempotent_run_in_progress: {
    status: 409,
    message: () => 'The run of this Idempotency-Key is in progress. Ask again with the same key and body.',
  },
  flow_invalid: { status: 500, message: (why) => why },
  component_failed: { status: 500, message: (name, why) => `Error building Component ${name}: \n\n${why}` },
  address_refused: {
    status: 500,
    message: (address) =>
      `The address ${address} may not be called from a flow. ` +
      'If it is a private one, the operator of the server can allow it with LANGFLOW_SSRF_ALLOWED_HOSTS.',
  },
  model_error: { status: 500, message: (why) => why },
  model_rate_limited: { status: 500, message: (why) => why },
  model_timeout: { status: 500, message: (why) => why },
  interrupted: { status: 500, message: (why) => why },
} satisfies Record<string, Entry>

export type ErrorCode = keyof typeof errorCatalogue

export interface AppErrorOptions extends ErrorOptions {
  /** Sent as the answer's `Retry-After` header, in seconds. */
  readonly retryAfterSeconds?: number
  /** The answer's `WWW-Authenticate` header, where another than `Bearer` is meant. */
  readonly authenticate?: string
  /** Stands in place of the catalogue's sentence: for a failure that is told together with where it happened. */
  readonly message?: string
  /** Replaces the sentence in `{"detail": …}` where Langflow sends an object or a list there. */
  readonly detail?: unknown
}

/** An expected failure, with a status and a sentence for the user. Anything else thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly status: number
  /** What the catalogue's sentence is about; undefined when another one stands in its place. */
  readonly args: readonly string[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly authenticate: string | undefined
  readonly detail: unknown

  constructor(code: ErrorCode, args: readonly string[] = [], options: AppErrorOptions = {}) {
    const { status, message }: Entry = errorCatalogue[code]
    super(options.message ?? message(...args), options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.status = status
    this.args = options.message === undefined && options.detail === undefined ? args : undefined
    this.retryAfterSeconds = options.retryAfterSeconds
    this.authenticate = options.authenticate
    this.detail = options.detail ?? this.message
  }
}

/** The causes a failed run reports in `code`. */
export const runFailureCodes = [
  'flow_invalid',
  'component_failed',
  'address_refused',
  'model_error',
  'model_rate_limited',
  'model_timeout',
  'interrupted',
] as const satisfies readonly ErrorCode[]
export type RunFailureCode = (typeof runFailureCodes)[number]

/** The cause of a failed run; undefined for failures of another kind. */
export function runFailureCode(error: unknown): RunFailureCode | undefined {
  return error instanceof AppError ? runFailureCodes.find((code) => code === error.code) : undefined
}

/** The sentence of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
