import { useState } from 'react'
import type { Playground } from '../model/playground-state.ts'
import { usePlayground } from '../playground-context.tsx'

const kept = new WeakMap<Playground, Map<string, boolean>>()

/** Whether a part of a message is open: kept for as long as its flow is, also where the message is not drawn. */
export function useKeptOpen(key: string, isOpenFirst: boolean): readonly [boolean, (isOpen: boolean) => void] {
  const playground = usePlayground()
  const own = kept.get(playground) ?? new Map<string, boolean>()
  kept.set(playground, own)
  const [isOpen, setOpen] = useState(() => own.get(key) ?? isOpenFirst)
  return [
    isOpen,
    (next) => {
      own.set(key, next)
      setOpen(next)
    },
  ]
}
