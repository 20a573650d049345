import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import { type Playground, type PlaygroundState, type Thread, threadOf } from './model/playground-state.ts'

/** What a chat can do depends on where it stands. */
export interface ChatPlace {
  readonly playground: Playground
  /** Shows a node of the flow; undefined for visitors, who have no canvas. */
  readonly showNode: ((nodeId: string) => void) | undefined
  /** Makes a test of what was said and answered; undefined for visitors. */
  readonly saveAsTest: ((runId: string) => void) | undefined
  /** Whether the flow has a Chat Input: else there is nothing to write. */
  readonly takesText: boolean
  /** What files the Chat Input is defined to take; undefined where it says nothing. */
  readonly fileTypes: readonly string[] | undefined
  /** Why nothing may be written here, and nothing changed that was; undefined where one may. */
  readonly refusal: string | undefined
  /** Whether a session may have values of its own in the fields of the flow. */
  readonly takesValues: boolean
}

const PlaceContext = createContext<ChatPlace | undefined>(undefined)

export const ChatPlaceProvider = ({
  place,
  children,
}: {
  readonly place: ChatPlace
  readonly children: ReactNode
}): ReactNode => <PlaceContext value={place}>{children}</PlaceContext>

export function useChatPlace(): ChatPlace {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('useChatPlace outside of a chat')
  return place
}

export const usePlayground = (): Playground => useChatPlace().playground

export const usePlaygroundState = <Slice,>(select: (state: PlaygroundState) => Slice): Slice =>
  useStore(usePlayground().store, select)

/** The messages of the open session. */
export const useThread = (): Thread => usePlaygroundState((state) => threadOf(state, state.current))
