import { type FC, type LazyExoticComponent, lazy } from 'react'

/** A component that is loaded when it is first drawn; needs a `Suspense` around it. */
export const lazily = <Props>(load: () => Promise<FC<Props>>): LazyExoticComponent<FC<Props>> =>
  lazy(async () => ({ default: await load() }))
