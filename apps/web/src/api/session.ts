import { ClientError } from '@runnel/client'
import { autoLogin, logout, readSession } from '@runnel/protocol/login'
import type { UserRead } from '@runnel/protocol/users'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import { rememberProject } from './projects.ts'

export interface Session {
  readonly user: UserRead | undefined
  /** Nobody has to log in: the server takes whoever sits at this machine for its user. */
  readonly isAutomatic: boolean
}

/** Who is signed in. Where the server asks for no password, signs in without asking. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<Session> => {
    // Side by side: whoever was here before has a session already.
    const [isAutomatic, { user: present }] = await Promise.all([autoLoginWorks(), client.call(readSession, {})])
    const user = present ?? (isAutomatic ? (await client.call(readSession, {})).user : undefined)
    return { user: user ?? undefined, isAutomatic }
  },
})

async function autoLoginWorks(): Promise<boolean> {
  try {
    await client.call(autoLogin, {})
    return true
  } catch (error) {
    if (error instanceof ClientError && error.status < 500) return false
    throw error
  }
}

/** Ends the session and forgets everything that was read in it, and what the tab keeps: chats of public flows too. */
export async function endSession(): Promise<void> {
  await client.call(logout, {})
  queryClient.clear()
  sessionStorage.clear()
  // Whoever signs in next has other projects.
  rememberProject(undefined)
}
