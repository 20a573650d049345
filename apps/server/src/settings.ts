import { z } from 'zod'
import { isHostEntry } from './egress/address-rules.ts'
import {
  choice,
  flag,
  list,
  optionalFlag,
  optionalText,
  optionalWhole,
  prices,
  type Setting,
  splitList,
  text,
  whole,
} from './setting-kinds.ts'

/** At most this many bytes of key are asked for; fewer can be guessed. */
const SECRET_BYTES = 32

/** Every environment variable the server reads, grouped as in the documentation. */
export const settings = {
  host: text('LANGFLOW_HOST', 'localhost', 'The address to listen on.'),
  port: whole(
    'LANGFLOW_PORT',
    7860,
    'The port to listen on; when it is not set and 7860 is taken, the next free one.',
    {
      max: 65_535,
    },
  ),
  dataDir: optionalText(
    'LANGFLOW_CONFIG_DIR',
    'The folder of the database, the files and the secret; `.runnel` in the home folder unless set.',
  ),
  databaseUrl: optionalText(
    'LANGFLOW_DATABASE_URL',
    'A Postgres address, `postgresql://…`; the SQLite file `runnel.db` in the data folder unless set.',
    true,
  ),
  logLevel: choice(
    'LANGFLOW_LOG_LEVEL',
    ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
    'ERROR',
    'The least serious lines that are logged.',
  ),
  enableLogRetrieval: flag(
    'LANGFLOW_ENABLE_LOG_RETRIEVAL',
    false,
    'Keep the newest lines of the log for superusers, who read them at /logs and /logs-stream.',
  ),
  logBufferSize: optionalWhole(
    'LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE',
    'Lines kept; a number above 0 switches log retrieval on, any other off. 10000 when it is switched on without one.',
  ),
  backendOnly: flag('LANGFLOW_BACKEND_ONLY', false, 'Serve the API without the browser app.'),
  frontendPath: optionalText('LANGFLOW_FRONTEND_PATH', 'The folder of a browser app to serve instead of our own.'),
  corsOrigins: list('LANGFLOW_CORS_ORIGINS', [], 'Origins whose pages may call the API, compared exactly.'),
  corsAllowCredentials: flag(
    'LANGFLOW_CORS_ALLOW_CREDENTIALS',
    false,
    'Let pages of the listed origins send credentials.',
  ),
  trustedProxies: list(
    'RUNNEL_TRUSTED_PROXIES',
    [],
    'Addresses or networks of reverse proxies whose X-Forwarded headers are believed.',
  ),

  ssrfAllowedHosts: {
    variable: 'LANGFLOW_SSRF_ALLOWED_HOSTS',
    about:
      'Private hosts, addresses and networks that flows may call all the same: `db.internal`, `*.internal`, `10.0.0.7`, `10.1.0.0/16`.',
    schema: z
      .string()
      .optional()
      .transform((value) => splitList(value ?? ''))
      .refine((entries) => entries.every(isHostEntry)),
    allowed: 'host names, addresses and networks separated by commas',
    fallback: '',
  } satisfies Setting<readonly string[]>,

  autoLogin: flag('LANGFLOW_AUTO_LOGIN', true, 'Serve requests of this machine without a login.'),
  skipAuthAutoLogin: optionalFlag(
    'LANGFLOW_SKIP_AUTH_AUTO_LOGIN',
    'With auto login: whether calls without a key are served; unless set, only while listening on this machine alone.',
  ),
  allowInsecureAutoLogin: flag(
    'RUNNEL_ALLOW_INSECURE_AUTO_LOGIN',
    false,
    'Allow auto login while listening on an address that others can reach: anyone who reaches it owns the server.',
  ),
  superuser: text('LANGFLOW_SUPERUSER', 'langflow', 'The name of the first user.'),
  superuserPassword: optionalText(
    'LANGFLOW_SUPERUSER_PASSWORD',
    'The password of the first user; without auto login one is made up and printed once unless set.',
    true,
  ),
  secretKey: {
    variable: 'LANGFLOW_SECRET_KEY',
    about: 'Signs tokens and encrypts stored credentials; made at the first start and kept in the data folder.',
    schema: z
      .string()
      .refine((secret) => Buffer.byteLength(secret) >= SECRET_BYTES)
      .optional(),
    allowed: `at least ${SECRET_BYTES} bytes`,
    fallback: '',
    secret: true,
  } satisfies Setting<string | undefined>,
  enableSignup: flag('LANGFLOW_ENABLE_SIGNUP', true, 'Let visitors sign up while auto login is off.'),
  newUserIsActive: flag(
    'LANGFLOW_NEW_USER_IS_ACTIVE',
    false,
    'Users a superuser creates can log in at once; those who sign up themselves wait for approval always.',
  ),
  webhookAuthEnable: flag('LANGFLOW_WEBHOOK_AUTH_ENABLE', false, 'Ask webhooks for a key on this machine too.'),
  accessTokenSeconds: whole('LANGFLOW_ACCESS_TOKEN_EXPIRE_SECONDS', 3600, 'How long an access token is valid.', {
    min: 1,
    max: 3600,
  }),
  refreshTokenSeconds: whole('LANGFLOW_REFRESH_TOKEN_EXPIRE_SECONDS', 604_800, 'How long a refresh token is valid.', {
    min: 1,
  }),
  cookieDomain: optionalText('LANGFLOW_COOKIE_DOMAIN', 'The domain of the login cookies; this host alone unless set.'),
  apiKeyInQuery: flag('RUNNEL_API_KEY_IN_QUERY', true, 'Accept the key as `?x-api-key=` too.'),
  disableKeyTracking: optionalFlag('LANGFLOW_DISABLE_TRACK_APIKEY_USAGE', 'Do not count the uses of API keys.'),

  maxFileSizeUpload: whole('LANGFLOW_MAX_FILE_SIZE_UPLOAD', 1024, 'The largest upload, in megabytes.', { min: 1 }),
  maxTextLength: whole('LANGFLOW_MAX_TEXT_LENGTH', 6000, 'Characters of a text kept in build data.', { min: 1 }),
  maxItemsLength: whole('LANGFLOW_MAX_ITEMS_LENGTH', 1000, 'Items of a list kept in build data.', { min: 1 }),
  maxTransactionsToKeep: whole(
    'LANGFLOW_MAX_TRANSACTIONS_TO_KEEP',
    3000,
    'Newest steps of runs that are kept, over all flows: each is a transaction and a build of a node.',
  ),
  maxVertexBuildsToKeep: whole(
    'LANGFLOW_MAX_VERTEX_BUILDS_TO_KEEP',
    3000,
    'The same, by its other name; the larger of the two counts.',
  ),
  maxRunsToKeep: whole('RUNNEL_MAX_RUNS_TO_KEEP', 1_000_000, 'Newest runs that are kept, without their messages.', {
    min: 1000,
  }),
  runHistoryDays: whole('RUNNEL_RUN_HISTORY_DAYS', 30, 'Days runs and their steps are kept; messages stay.', {
    min: 1,
    max: 36_500,
  }),

  modelPrices: prices(
    'RUNNEL_MODEL_PRICES',
    'Prices of models in US dollars for a million tokens, besides and instead of the list prices Runnel knows: `OpenAI:gpt-5=1.25/10,Ollama:*=0.01/0.02`.',
  ),

  deactivateTracing: flag(
    'LANGFLOW_DEACTIVATE_TRACING',
    false,
    'Send no traces of runs to other tools, whatever else is set.',
  ),
  traceContent: flag(
    'RUNNEL_TRACE_CONTENT',
    true,
    'Send with traces what was given to flows, models and tools and what they answered, not only figures.',
  ),

  maxQueuedRuns: whole('RUNNEL_MAX_QUEUED_RUNS', 10_000, 'Background runs taken in; one flow or user fills half.', {
    min: 2,
  }),
  maxQueuedMegabytes: whole('RUNNEL_MAX_QUEUED_MEGABYTES', 256, 'The same for the bodies they begin with.', { min: 1 }),
  runsAtOnce: whole(
    'RUNNEL_RUNS_AT_ONCE',
    0,
    'Background runs worked on at the same time; 0: two for each processor, at least 4.',
    { max: 1000 },
  ),

  smtpHost: optionalText('RUNNEL_SMTP_HOST', 'The mail server alerts are sent by; no e-mail is sent unless set.'),
  smtpPort: whole(
    'RUNNEL_SMTP_PORT',
    587,
    'Its port; at 465 TLS begins at once, elsewhere when the server offers it.',
    {
      min: 1,
      max: 65_535,
    },
  ),
  smtpUser: optionalText('RUNNEL_SMTP_USER', 'The name to sign in there with, over TLS only; no sign-in unless set.'),
  smtpPassword: optionalText('RUNNEL_SMTP_PASSWORD', 'The password of that name.', true),
  smtpFrom: optionalText('RUNNEL_SMTP_FROM', 'The sender of those e-mails: `Runnel <runnel@example.com>`.'),

  flowaiRateLimit: whole('FLOWAI_RATE_LIMIT', 20, 'Calls of published flows a second for each API key; 0: no limit.'),
  workflowTimeoutSeconds: whole(
    'RUNNEL_WORKFLOW_TIMEOUT_SECONDS',
    300,
    'How long a call of a published flow may take.',
    { min: 1, max: 86_400 },
  ),
  maxWorkflowCalls: whole(
    'RUNNEL_MAX_WORKFLOW_CALLS',
    500,
    'Calls of published flows that run at the same time; more are told to come again.',
    { min: 1 },
  ),

  autoSaving: flag('LANGFLOW_AUTO_SAVING', true, 'The editor saves by itself.'),
  autoSavingInterval: whole('LANGFLOW_AUTO_SAVING_INTERVAL', 1000, 'Milliseconds after a change until it is saved.'),
  frontendTimeout: whole('LANGFLOW_FRONTEND_TIMEOUT', 0, 'Seconds the browser app waits for an answer; 0: no limit.'),
  healthCheckMaxRetries: whole('LANGFLOW_HEALTH_CHECK_MAX_RETRIES', 5, 'Failed checks until the app says so.'),
  webhookPollingInterval: whole('LANGFLOW_WEBHOOK_POLLING_INTERVAL', 5000, 'Milliseconds between looks at webhooks.'),
  publicFlowCleanupInterval: whole(
    'LANGFLOW_PUBLIC_FLOW_CLEANUP_INTERVAL',
    3600,
    'Seconds between removals of messages of visitors.',
    { min: 600 },
  ),
  publicFlowExpiration: whole('LANGFLOW_PUBLIC_FLOW_EXPIRATION', 86_400, 'Seconds messages of visitors are kept.', {
    min: 600,
  }),
  eventDelivery: choice(
    'LANGFLOW_EVENT_DELIVERY',
    ['streaming', 'polling', 'direct'],
    'streaming',
    'How the editor follows a build.',
  ),
  storeEnvironmentVariables: flag(
    'LANGFLOW_STORE_ENVIRONMENT_VARIABLES',
    true,
    'At login of the first user, keep well-known environment variables as credentials.',
  ),
  variablesFromEnvironment: list(
    'LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT',
    ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GOOGLE_API_KEY', 'GROQ_API_KEY', 'MISTRAL_API_KEY', 'COHERE_API_KEY'],
    'Names of the environment variables to keep as credentials.',
  ),
  fallbackToEnvironment: flag(
    'LANGFLOW_FALLBACK_TO_ENV_VAR',
    true,
    'A field whose variable is not stored reads the environment variable of that name.',
  ),
  removeApiKeys: flag(
    'LANGFLOW_REMOVE_API_KEYS',
    false,
    'Flows are saved without the secrets in their fields; names of variables stay.',
  ),
  maxFlowVersions: whole(
    'LANGFLOW_MAX_FLOW_VERSION_ENTRIES_PER_FLOW',
    50,
    'Versions kept of each flow; the oldest go.',
    { min: 1, max: 1000 },
  ),
  allowCustomComponents: flag(
    'LANGFLOW_ALLOW_CUSTOM_COMPONENTS',
    true,
    'Run the TypeScript users write in their flows, in a sandbox.',
  ),
  customComponentAdminOnly: flag('LANGFLOW_CUSTOM_COMPONENT_ADMIN_ONLY', false, 'Run only that of superusers.'),
  allowPublicCustomComponents: flag(
    'LANGFLOW_ALLOW_PUBLIC_CUSTOM_COMPONENTS',
    false,
    'Run it for visitors of public flows, too.',
  ),
  userCodeSeconds: whole('RUNNEL_USER_CODE_SECONDS', 10, 'Seconds such code may compute each time it is called.', {
    min: 1,
    max: 300,
  }),
  userCodeMegabytes: whole('RUNNEL_USER_CODE_MEGABYTES', 256, 'Megabytes of memory it may fill.', {
    min: 32,
    max: 2048,
  }),
  userCodeProcesses: whole(
    'RUNNEL_USER_CODE_PROCESSES',
    8,
    'Processes it runs in, one call at a time each, those that wait for a server too; started when needed.',
    { min: 1, max: 64 },
  ),
  buildGrace: whole(
    'RUNNEL_BUILD_GRACE',
    15,
    'Seconds a build goes on after its last reader has left: a page that is reloaded, or lost its network, comes back in that time.',
    { min: 0, max: 3600 },
  ),
  sqlWrites: flag(
    'RUNNEL_SQL_WRITES',
    false,
    'Statements of SQL components may change data; otherwise databases are only read.',
  ),
  mcpCommands: list(
    'RUNNEL_MCP_COMMANDS',
    [],
    'Command lines, exactly as they are run, that superusers may enter as MCP servers. They run with all rights of the server.',
  ),
  mcpEnvironment: list('RUNNEL_MCP_ENVIRONMENT', [], 'Names of environment variables those commands may be given.'),
  mcpServerEnabled: flag(
    'LANGFLOW_MCP_SERVER_ENABLED',
    true,
    'Flows are offered as tools to MCP clients, at the addresses under /api/v1/mcp.',
  ),
  mcpServerTimeout: whole(
    'LANGFLOW_MCP_SERVER_TIMEOUT',
    60,
    'Seconds an MCP server may take to begin a session and to name its tools.',
    { min: 1, max: 600 },
  ),
  mcpToolTimeout: whole(
    'LANGFLOW_MCP_TOOL_EXECUTION_TIMEOUT',
    180,
    'Seconds a tool of an MCP server may take, unless the component says otherwise.',
    { min: 1, max: 3600 },
  ),
  updateAddress: optionalText(
    'RUNNEL_UPDATE_ADDRESS',
    'Asked once a day for the newest release: JSON with its `version`, as package registries answer. Nobody is asked unless it is set.',
  ),
  doNotTrack: flag(
    'LANGFLOW_DO_NOT_TRACK',
    false,
    'Do not even ask there. Runnel reports nothing to anybody, whatever this says.',
  ),
  doNotTrackHere: flag('DO_NOT_TRACK', false, 'The same, as other programs are told.'),
  mvpComponents: flag('LANGFLOW_FEATURE_MVP_COMPONENTS', false, 'A feature flag shown to clients.'),
  defaultFolderName: text('DEFAULT_FOLDER_NAME', 'My Projects', 'The name of the project every user starts with.'),
  hideGettingStarted: flag('HIDE_GETTING_STARTED_PROGRESS', false, 'Hide the first steps in the editor.'),
  hideLogoutButton: flag(
    'LANGFLOW_HIDE_LOGOUT_BUTTON',
    false,
    'Hide the way out in the editor, where something else signs users in and out.',
  ),
  hideNewProjectButton: flag(
    'LANGFLOW_HIDE_NEW_PROJECT_BUTTON',
    false,
    'Hide the buttons of the editor that make and import projects.',
  ),
  hideNewFlowButton: flag('LANGFLOW_HIDE_NEW_FLOW_BUTTON', false, 'Hide the buttons of the editor for a new flow.'),
  hideStarterProjects: flag('LANGFLOW_HIDE_STARTER_PROJECTS', false, 'Hide the templates in the editor.'),
} as const

type Settings = typeof settings
/** The name a setting has in the code. */
export type SettingName = keyof Settings
/** What the settings hold, by those names. */
export type SettingValues = {
  readonly [Name in keyof Settings]: Settings[Name] extends { readonly schema: z.ZodType<infer Value> } ? Value : never
}
