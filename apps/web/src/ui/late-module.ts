import { type FC, type LazyExoticComponent, lazy } from 'react'

/** A file of its own with components that are asked for before they are drawn. */
export interface LateModule<Exports> {
  /** Begins to load it, once. @returns when it is there or has failed: a failure shows where one of its components is drawn */
  load(): Promise<void>
  /** One of its components. Needs a `Suspense` around it, whose fallback is shown only until the file is there. */
  component<Props>(pick: (exports: Exports) => FC<Props>): LazyExoticComponent<FC<Props>>
}

/** As `lazily`, for what most visits need: a component of a file that is there is drawn at once, without a fallback. */
export function lateModule<Exports>(read: () => Promise<Exports>): LateModule<Exports> {
  let loaded: Exports | undefined
  let loading: Promise<Exports> | undefined
  const load = (): Promise<Exports> => {
    loading ??= read().then((exports) => {
      loaded = exports
      return exports
    })
    return loading
  }
  return {
    load: () => load().then(ignore, ignore),
    component: (pick) =>
      lazy(() => {
        const present = loaded
        if (present === undefined) return load().then((exports) => ({ default: pick(exports) }))
        return atOnce({ default: pick(present) })
      }),
  }
}

const ignore = (): void => undefined

/** A promise that calls back before `then` returns, which React takes for a component that is there. */
function atOnce<Value>(value: Value): Promise<Value> {
  const promise = Promise.resolve(value)
  // biome-ignore lint/suspicious/noThenProperty: that it calls back at once is the point
  return Object.assign(promise, { then: (take: (value: Value) => unknown) => void take(value) })
}
