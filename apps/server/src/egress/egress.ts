import type { AddressGuard } from '@runnel/models/address-guard'
import type { SocketsPort } from '@runnel/sdk'
import type { Config } from '../config.ts'
import { isLoopbackAddress } from '../http/origin.ts'
import { type AddressRules, createAddressRules } from './address-rules.ts'
import { createGuardedSockets } from './guarded-sockets.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'

/** The ways out of the server, under the operator's rules. */
export interface Egress {
  /** For components. */
  readonly http: HttpClient
  /**
   * For what a person asks the server to read. As with models, a server that only this machine reaches reads from this
   * machine too: from another editor that runs beside it.
   */
  readonly personsHttp: HttpClient
  /** For components, whose drivers open connections themselves. */
  readonly sockets: SocketsPort
  /** For connections of other kinds. */
  readonly rules: AddressRules
  /**
   * For models. A server that only this machine reaches may call models on this machine, where people run them; any
   * other server calls them only when the operator lists their address.
   */
  readonly modelGuard: AddressGuard
}

/** Every way out of the server, by what its operator allows. */
export function createEgress({ ssrfAllowedHosts: allowed, host }: Pick<Config, 'ssrfAllowedHosts' | 'host'>): Egress {
  const rules = createAddressRules({ allowed })
  const nearRules = createAddressRules({ allowed, loopback: isLoopbackAddress(host) })
  return {
    rules,
    http: createHttpClient(rules),
    personsHttp: createHttpClient(nearRules),
    sockets: createGuardedSockets(rules),
    modelGuard: nearRules,
  }
}
