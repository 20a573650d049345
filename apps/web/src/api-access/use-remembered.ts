import { useState } from 'react'

/** A choice the browser remembers for the next time. */
export function useRemembered<Value extends string>(
  name: string,
  first: Value,
): readonly [Value, (value: Value) => void] {
  // What was stored is one of the values, or the caller finds it unknown and shows the first.
  const [value, setValue] = useState<Value>(() => (localStorage.getItem(name) as Value | null) ?? first)
  return [
    value,
    (next) => {
      localStorage.setItem(name, next)
      setValue(next)
    },
  ]
}
