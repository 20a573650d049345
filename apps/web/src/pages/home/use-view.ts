import { useState } from 'react'

const STORED = 'runnel.homeView'
type View = 'grid' | 'list'

/** Grid or list, remembered by the browser. */
export function useView(): readonly [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => (localStorage.getItem(STORED) === 'list' ? 'list' : 'grid'))
  return [
    view,
    (next) => {
      localStorage.setItem(STORED, next)
      setView(next)
    },
  ]
}
