import { useState } from 'react'

const STORED = 'runnel.homeView'
type View = 'grid' | 'list'

/** Grid or list: what the address says, else what the browser remembers. */
export function useView(asked: string): readonly [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => (localStorage.getItem(STORED) === 'list' ? 'list' : 'grid'))
  return [
    asked === 'list' || asked === 'grid' ? asked : view,
    (next) => {
      localStorage.setItem(STORED, next)
      setView(next)
    },
  ]
}
