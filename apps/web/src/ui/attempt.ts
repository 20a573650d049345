import { notifyError } from './notifications.tsx'

/** Does something and, when it fails, says so under this title. @returns whether it worked */
export async function attempt(failure: string, perform: () => Promise<unknown>): Promise<boolean> {
  try {
    await perform()
    return true
  } catch (error) {
    notifyError(failure, error)
    return false
  }
}
