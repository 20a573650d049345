import { create } from 'zustand'

const STORED = 'runnel.prompts'
const KEPT = 50

function remembered(): Readonly<Record<string, readonly string[]>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, readonly string[]>) : {}
  } catch {
    return {}
  }
}

/** By user: nobody sees the prompts of who used this browser before. */
const useStored = create<Readonly<Record<string, readonly string[]>>>(remembered)

function write(userId: string, prompts: readonly string[]): void {
  useStored.setState({ [userId]: prompts })
  localStorage.setItem(STORED, JSON.stringify(useStored.getState()))
}

const none: readonly string[] = []

/** Texts a user wants to ask again; kept in this browser, the newest first. */
export const useSavedPrompts = (userId: string): readonly string[] => useStored((state) => state[userId] ?? none)

export function savePrompt(userId: string, prompt: string): void {
  const others = (useStored.getState()[userId] ?? none).filter((one) => one !== prompt)
  write(userId, [prompt, ...others].slice(0, KEPT))
}

export const forgetPrompt = (userId: string, prompt: string): void =>
  write(
    userId,
    (useStored.getState()[userId] ?? none).filter((one) => one !== prompt),
  )
