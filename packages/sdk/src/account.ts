import type { Fields, InputsOf } from './field-types.ts'
import type { RunContext } from './run-context.ts'

/** What is done with an account: nothing, letting the flow use it, or taking that back. */
export type AccountWish = 'look' | 'connect' | 'disconnect'

/** How an account at another service stands. */
export type AccountState =
  | { readonly kind: 'connected' }
  /** `link`: where whoever owns the account connects it. */
  | { readonly kind: 'disconnected'; readonly link?: string }
  /** What it takes to ask is not there yet. */
  | { readonly kind: 'unknown' }

export interface AccountArguments<F extends Fields> extends Pick<RunContext, 'http' | 'signal'> {
  /** As the node holds them, variables resolved. */
  readonly inputs: InputsOf<F>
  readonly wish: AccountWish
}
