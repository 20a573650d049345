import type { Component } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import { type Authenticator, createAuthenticator } from './auth/authenticator.ts'
import { createLoginService, type LoginService } from './auth/login-service.ts'
import type { Secrets } from './auth/secrets.ts'
import { createTokenSigner } from './auth/tokens.ts'
import type { Config } from './config.ts'
import { createFileReader } from './files/file-reader.ts'
import { createFlowService, type FlowService } from './flows/flow-service.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Log } from './log.ts'
import { createProjectService, type ProjectService } from './projects/project-service.ts'
import { createFlowLoader } from './runs/flow-loader.ts'
import { createFrozenCache } from './runs/frozen-cache.ts'
import { createRunService, type RunService } from './runs/run-service.ts'
import { type Catalogue, createCatalogue } from './server-info/catalogue.ts'
import { createUserService, type UserService } from './users/user-service.ts'
import { createVariableService, type VariableService } from './variables/variable-service.ts'

/** What the app is given from outside. */
export interface AppDependencies {
  readonly storage: Storage
  readonly config: Config
  readonly secrets: Secrets
  readonly lifecycle: Lifecycle
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The components flows are made of; asked for once, when they are first needed. */
  readonly loadComponents: () => Promise<readonly Component[]>
}

/** Everything routes may use: each takes the few parts it needs. */
export interface Services extends AppDependencies {
  readonly authenticator: Authenticator
  readonly logins: LoginService
  readonly users: UserService
  readonly projects: ProjectService
  readonly flows: FlowService
  readonly variables: VariableService
  readonly runs: RunService
  readonly catalogue: Catalogue
}

export function createServices(given: AppDependencies): Services {
  const signer = createTokenSigner(given.secrets.signingKey, given.now)
  const projects = createProjectService(given)
  const variables = createVariableService(given)
  return {
    ...given,
    projects,
    variables,
    authenticator: createAuthenticator({ ...given, signer }),
    logins: createLoginService({ ...given, signer, projects, variables }),
    users: createUserService({ ...given, projects }),
    flows: createFlowService({ ...given, projects }),
    runs: createRunService({
      ...given,
      variables,
      loader: createFlowLoader(given),
      frozen: createFrozenCache(given.now),
      readFile: createFileReader(
        given.config.dataDir,
        async (userId, folder) =>
          folder === userId || (await given.storage.flows.version(userId, folder)) !== undefined,
      ),
    }),
    catalogue: createCatalogue(given.loadComponents),
  }
}
