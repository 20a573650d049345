import { createElement, type FC, Suspense } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { lateModule } from './late-module.ts'

const Greeting: FC<{ readonly name: string }> = ({ name }) => createElement('p', null, `Hello ${name}`)

/** What is drawn at once, without a wait. */
const drawn = (component: FC<{ readonly name: string }>): string =>
  renderToString(createElement(Suspense, { fallback: 'soon' }, createElement(component, { name: 'Ada' })))

test('a component of a file that is there is drawn at once, one of a file on its way later', async () => {
  const arrival = Promise.withResolvers<{ readonly Greeting: typeof Greeting }>()
  let reads = 0
  const module = lateModule(() => {
    reads += 1
    return arrival.promise
  })
  const pick = (file: { readonly Greeting: typeof Greeting }) => file.Greeting
  const asked = (): FC<{ readonly name: string }> => {
    const Late = module.component(pick)
    return (props) => createElement(Late, props)
  }
  const loaded = module.load()
  expect(drawn(asked())).toContain('soon')
  arrival.resolve({ Greeting })
  await loaded
  expect(drawn(asked())).toContain('<p>Hello Ada</p>')
  expect(reads).toBe(1)
})
