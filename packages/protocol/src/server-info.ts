import { z } from 'zod'
import { exampleComponent } from './component-examples.ts'
import { defineEndpoint } from './endpoint.ts'

const common = { method: 'GET', tag: 'Server', access: 'none' } as const

export const readHealth = defineEndpoint({
  ...common,
  path: '/health',
  summary: 'The process can answer',
  response: z.object({ status: z.literal('ok') }),
  examples: { response: { status: 'ok' } },
})

export const readHealthCheck = defineEndpoint({
  ...common,
  path: '/health_check',
  summary: 'The process can answer and its store can be written',
  response: z.object({ status: z.string(), chat: z.string(), db: z.string() }),
  examples: { response: { status: 'ok', chat: 'ok', db: 'ok' } },
  errors: { 503: 'The store does not answer, or the server is shutting down' },
})

export const readVersion = defineEndpoint({
  ...common,
  path: '/api/v1/version',
  summary: 'The Langflow version this server speaks, and its own',
  response: z.object({
    version: z.string(),
    main_version: z.string(),
    package: z.string(),
    product: z.string(),
    product_version: z.string(),
  }),
  examples: {
    response: {
      version: '1.6.4',
      main_version: '1.6.4',
      package: 'Langflow',
      product: 'Runnel',
      product_version: '0.1.0',
    },
  },
})

export const readConfig = defineEndpoint({
  ...common,
  path: '/api/v1/config',
  summary: 'Settings a client needs',
  response: z.looseObject({
    feature_flags: z.looseObject({}),
    serialization_max_items_length: z.number().int(),
    serialization_max_text_length: z.number().int(),
    frontend_timeout: z.number(),
    auto_saving: z.boolean(),
    auto_saving_interval: z.number().int(),
    health_check_max_retries: z.number().int(),
    max_file_size_upload: z.number().int(),
    webhook_polling_interval: z.number().int(),
    public_flow_cleanup_interval: z.number().int(),
    public_flow_expiration: z.number().int(),
    event_delivery: z.string(),
    webhook_auth_enable: z.boolean(),
    voice_mode_available: z.boolean(),
    default_folder_name: z.string(),
    hide_getting_started_progress: z.boolean(),
    hide_logout_button: z.boolean(),
    hide_new_project_button: z.boolean(),
    hide_new_flow_button: z.boolean(),
    hide_starter_projects: z.boolean(),
    /** Whether visitors may make an account. */
    enable_signup: z.boolean(),
    type: z.literal('full'),
  }),
  examples: {
    response: {
      feature_flags: {
        mvp_components: false,
        wxo_deployments: false,
        instance_migration: false,
        data_subject_requests: false,
      },
      serialization_max_items_length: 1000,
      serialization_max_text_length: 6000,
      frontend_timeout: 0,
      auto_saving: true,
      auto_saving_interval: 1000,
      health_check_max_retries: 5,
      max_file_size_upload: 1024,
      webhook_polling_interval: 5000,
      public_flow_cleanup_interval: 3600,
      public_flow_expiration: 86400,
      event_delivery: 'streaming',
      webhook_auth_enable: false,
      voice_mode_available: false,
      default_folder_name: 'My Projects',
      hide_getting_started_progress: false,
      hide_logout_button: false,
      hide_new_project_button: false,
      hide_new_flow_button: false,
      hide_starter_projects: false,
      enable_signup: true,
      allow_custom_components: false,
      type: 'full',
    },
  },
})

export const readCatalogue = defineEndpoint({
  ...common,
  access: 'user',
  path: '/api/v1/all',
  summary: 'Every component, by category and type',
  response: z.record(z.string(), z.record(z.string(), z.looseObject({}))),
  examples: { response: { utilities: { CalculatorComponent: exampleComponent } } },
})

const Translations = z.object({
  texts: z.record(z.string(), z.string()).describe('What stands for an English text'),
  search_words: z
    .record(z.string(), z.array(z.string()).readonly())
    .describe('What else a component is searched by, by its type'),
})
export type Translations = z.infer<typeof Translations>

/** Flows keep the English words of their nodes; whoever shows them looks the words up here. */
export const readTranslations = defineEndpoint({
  ...common,
  path: '/api/v1/translations/:language',
  summary: 'The words of components in another language, by the English ones',
  params: z.object({ language: z.string().describe('A BCP 47 tag: `zh-CN`') }),
  response: Translations,
  examples: {
    response: { texts: { 'Chat Input': '聊天输入' }, search_words: { ConditionalRouter: ['如果', '分支'] } },
  },
  errors: { 404: 'There are no words in that language' },
})

/** Langflow 1.13 can move the stores of knowledge bases; its web app asks every half minute how far that is. */
export const readKnowledgeStorage = defineEndpoint({
  ...common,
  access: 'user',
  path: '/api/v1/knowledge-base-storage/status',
  summary: 'How far a move of the stores of knowledge bases is; there is none',
  response: z.object({
    stores: z.array(z.unknown()),
    revision: z.string(),
    running: z.boolean(),
    inventory: z.object({ complete: z.boolean(), issues: z.number().int() }),
    is_admin: z.boolean(),
  }),
  examples: {
    response: { stores: [], revision: '', running: false, inventory: { complete: true, issues: 0 }, is_admin: false },
  },
})

export const readOpenApi = defineEndpoint({
  ...common,
  path: '/openapi.json',
  summary: 'This description',
  response: z.looseObject({ openapi: z.string() }),
  examples: {
    response: { openapi: '3.1.0', info: { title: 'Langflow', version: '1.6.4' }, paths: {}, components: {} },
  },
})
