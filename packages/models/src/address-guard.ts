import type { LookupFunction } from 'node:net'

/**
 * Decides whether a provider's address may be called: throws AppError `address_refused`, or gives the look-up that
 * checks the addresses of the name as they are connected to.
 */
export type AddressGuard = (url: URL) => LookupFunction | undefined

let guard: AddressGuard = () => undefined

/** Puts every later call to a provider under the operator's rules. Without one, every address may be called. */
export function setAddressGuard(next: AddressGuard): void {
  guard = next
}

export const guardedLookup: AddressGuard = (url) => guard(url)
