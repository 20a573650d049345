import { AppError } from '@runnel/protocol/errors'
import {
  readCatalogue,
  readConfig,
  readHealth,
  readHealthCheck,
  readKnowledgeStorage,
  readOpenApi,
  readTranslations,
  readVersion,
  type Translations,
} from '@runnel/protocol/server-info'
import type { FastifyInstance } from 'fastify'
import { implement, implementOpen } from '../http/implement.ts'
import { once } from '../http/once.ts'
import { isLoopbackAddress } from '../http/origin.ts'
import { RawJson } from '../http/raw-json.ts'
import type { Services } from '../services.ts'
import { LANGFLOW_VERSION, PRODUCT, PRODUCT_VERSION } from '../version.ts'

/** What Langflow 1.13 asks about and this server does not have; the web app hides what belongs to it. */
const NOT_HERE = {
  mcp_base_url: '',
  enable_extension_reload: false,
  authz_enabled: false,
  catalog_governance_enabled: false,
  substitute_outdated_component_code: false,
  agentic_experience: false,
  assistant_max_message_length: 2000,
  a2a_enabled: false,
  mcp_servers_locked: false,
  embedded_mode: false,
  local_vector_store_available: false,
  default_vector_store_backend: null,
  configured_vector_store_backends: [],
  blocked_component_types: [],
} as const

type Needed = Pick<Services, 'config' | 'storage' | 'catalogue' | 'lifecycle' | 'log'>

/** Health, version, settings for clients, the catalogue of components and the description of the API. */
export function serverInfoRoutes(app: FastifyInstance, services: Needed): void {
  const { config, storage, catalogue, lifecycle, log } = services

  implementOpen(app, readHealth, () => ({ status: 'ok' }))

  implementOpen(app, readHealthCheck, async () => {
    const isWritable = lifecycle.isDraining ? true : await canWrite()
    if (isWritable && !lifecycle.isDraining) return { status: 'ok', chat: 'ok', db: 'ok' }
    const detail = {
      status: 'nok',
      chat: lifecycle.isDraining ? 'shutting down' : 'ok',
      db: isWritable ? 'ok' : 'error check the server logs',
    }
    throw new AppError('overloaded', ['The server cannot take work now'], { detail, retryAfterSeconds: 5 })
  })

  implementOpen(app, readVersion, () => ({
    version: LANGFLOW_VERSION,
    main_version: LANGFLOW_VERSION,
    package: 'Langflow',
    product: PRODUCT,
    product_version: PRODUCT_VERSION,
  }))

  implementOpen(app, readConfig, () => ({
    feature_flags: {
      mvp_components: config.mvpComponents,
      wxo_deployments: false,
      instance_migration: false,
      data_subject_requests: false,
    },
    serialization_max_items_length: config.maxItemsLength,
    serialization_max_text_length: config.maxTextLength,
    frontend_timeout: config.frontendTimeout,
    auto_saving: config.autoSaving,
    auto_saving_interval: config.autoSavingInterval,
    health_check_max_retries: config.healthCheckMaxRetries,
    max_file_size_upload: config.maxFileSizeUpload,
    webhook_polling_interval: config.webhookPollingInterval,
    public_flow_cleanup_interval: config.publicFlowCleanupInterval,
    public_flow_expiration: config.publicFlowExpiration,
    event_delivery: config.eventDelivery,
    webhook_auth_enable: config.webhookAuthEnable || !isLoopbackAddress(config.host),
    voice_mode_available: false,
    default_folder_name: config.defaultFolderName,
    hide_getting_started_progress: config.hideGettingStarted,
    hide_logout_button: config.hideLogoutButton,
    hide_new_project_button: config.hideNewProjectButton,
    hide_new_flow_button: config.hideNewFlowButton,
    hide_starter_projects: config.hideStarterProjects,
    enable_signup: config.enableSignup && !config.autoLogin,
    insecure_auto_login: config.autoLogin && !isLoopbackAddress(config.host),
    allow_custom_components: config.allowCustomComponents,
    custom_component_admin_only: config.customComponentAdminOnly,
    ...NOT_HERE,
    type: 'full',
  }))

  implement(app, readCatalogue, async ({ request }, reply) => {
    const vary = reply.getHeader('vary')
    reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`)
    const etag = await catalogue.etag()
    reply.headers({ etag, 'cache-control': 'private, no-cache' })
    if (names(request.headers['if-none-match'], etag)) return reply.code(304).send()
    if (!acceptsGzip(request.headers['accept-encoding'])) return new RawJson(await catalogue.text())
    reply.headers({ 'content-type': 'application/json', 'content-encoding': 'gzip' })
    return reply.send(await catalogue.gzipped())
  })

  const translations = new Map([
    [
      'zh-CN',
      once(async () => {
        const [{ zhCN }, { searchWordsZhCN }] = await Promise.all([
          import('@runnel/components/translations/zh-cn'),
          import('@runnel/components/translations/search-words-zh-cn'),
        ])
        return new RawJson(JSON.stringify({ texts: zhCN, search_words: searchWordsZhCN } satisfies Translations))
      }),
    ],
  ])
  implementOpen(app, readTranslations, ({ params }) => {
    const read = translations.get(params.language)
    if (!read) throw new AppError('not_found')
    return read()
  })

  implement(app, readKnowledgeStorage, ({ user }) => ({
    stores: [],
    revision: '',
    running: false,
    inventory: { complete: true, issues: 0 },
    is_admin: user.isSuperuser,
  }))

  let description: string | undefined
  implementOpen(app, readOpenApi, async () => {
    if (description === undefined) {
      // Loaded when first asked for: a server that only runs flows never describes itself.
      const { describeApi } = await import('./openapi.ts')
      description = JSON.stringify(describeApi(app.http.endpoints))
    }
    return new RawJson(description)
  })

  async function canWrite(): Promise<boolean> {
    try {
      await storage.ping()
      return true
    } catch (error) {
      log.error('the store cannot be written', { error })
      return false
    }
  }
}

/** Whether an `If-None-Match` header has an etag among its own. */
const names = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((one) => one.trim() === etag || one.trim() === '*') ?? false

const acceptsGzip = (header: string | string[] | undefined): boolean =>
  /(^|,)\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(String(header ?? ''))
