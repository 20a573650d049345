import { AppError } from '@runnel/protocol/errors'
import { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import { oauthFields, SECRET_MASK } from '@runnel/protocol/mcp-auth-fields'
import type { Storage } from '@runnel/storage/open-storage'
import type { ProjectRecord } from '@runnel/storage/records'
import type { Secrets } from '../auth/secrets.ts'
import type { Config } from '../config.ts'
import { checkOAuth, type OAuthSettings } from './oauth/oauth-settings.ts'

/** Who may call the MCP server of a project. `local`: programs on this machine, else whoever shows a key. */
export type ProjectAuth = { readonly type: 'none' | 'apikey' | 'local' } | OAuthSettings

export interface ProjectAuthsOptions {
  readonly storage: Pick<Storage, 'projects' | 'mcpGrants'>
  readonly secrets: Pick<Secrets, 'encrypt' | 'decrypt'>
  readonly config: Pick<Config, 'autoLogin'>
}

export type ProjectAuths = ReturnType<typeof createProjectAuths>

/** Reads and writes who may call the MCP servers of projects: Langflow's `auth_settings`, with the secret sealed. */
export function createProjectAuths({ storage, secrets, config }: ProjectAuthsOptions) {
  const stored = ({ authSettings }: Pick<ProjectRecord, 'authSettings'>): McpAuthSettings | undefined =>
    authSettings === null ? undefined : McpAuthSettings.parse(JSON.parse(authSettings))

  return {
    /** @throws AppError `invalid_field` for a sign-in that lacks something */
    read(project: ProjectRecord): ProjectAuth {
      const settings = stored(project)
      if (!settings) return { type: config.autoLogin ? 'local' : 'apikey' }
      if (settings.auth_type !== 'oauth') return { type: settings.auth_type }
      const sealed = settings.oauth_client_secret
      return checkOAuth({ ...settings, oauth_client_secret: sealed ? secrets.decrypt(sealed) : null }, project.id)
    },

    /** As clients see it: null for what nobody chose, and never the secret. */
    shown(project: ProjectRecord): Readonly<Record<string, unknown>> | null {
      const settings = stored(project)
      if (!settings) return config.autoLogin ? null : { auth_type: 'apikey' }
      const { auth_type, oauth_client_secret: secret } = settings
      const fields = oauthFields.map((field) => [field, settings[field] ?? null])
      return { auth_type, ...Object.fromEntries(fields), oauth_client_secret: secret ? SECRET_MASK : null }
    },

    /**
     * Chooses who may call; null goes back to what the server usually has. What was granted before ends.
     * @throws AppError `invalid_field` for settings that cannot work
     */
    async write(project: ProjectRecord, given: McpAuthSettings | null): Promise<ProjectRecord> {
      const authSettings = given && JSON.stringify(sealed(project, given))
      if (authSettings === project.authSettings) return project
      const changed = await storage.projects.update(project.userId, project.id, { authSettings })
      await storage.mcpGrants.removeOfProject(project.id)
      if (!changed) throw new AppError('project_not_found')
      return changed
    },
  }

  /** What is stored of settings: the secret under the server's key, the one there was where the mask was sent back. */
  function sealed(project: ProjectRecord, given: McpAuthSettings): McpAuthSettings {
    const before = stored(project)?.oauth_client_secret ?? null
    const { oauth_client_secret: secret, oauth_callback_url: callback, ...plain } = given
    const isKept = secret === SECRET_MASK
    if (given.auth_type === 'oauth') checkOAuth({ ...given, oauth_client_secret: isKept ? null : secret }, project.id)
    return {
      ...plain,
      oauth_port: given.oauth_port ? String(given.oauth_port) : null,
      oauth_callback_path: given.oauth_callback_path || callback || null,
      oauth_client_secret: isKept ? before : secret ? secrets.encrypt(secret) : null,
    }
  }
}
