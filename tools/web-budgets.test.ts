import { expect, test } from 'vitest'
import { budgetLines, overBudget, tooManyLibraries } from './web-budgets.mjs'
import { createWebFiles, ofType, without } from './web-sizes.mjs'

const chunk = (fileName: string, modules: Record<string, number>, rest: object = {}) => ({
  type: 'chunk',
  fileName,
  facadeModuleId: null,
  imports: [],
  moduleIds: Object.keys(modules),
  modules: Object.fromEntries(Object.entries(modules).map(([id, renderedLength]) => [id, { renderedLength }])),
  ...rest,
})

const BYTES: Readonly<Record<string, number>> = { 'main.js': 700, 'base.js': 300, 'page.js': 90, 'page.css': 30 }
const app = createWebFiles(
  [
    chunk('main.js', { '/home/apps/web/src/main.tsx': 10 }, { imports: ['base.js'] }),
    chunk('base.js', { '/home/node_modules/react/index.js': 40, '/home/node_modules/tiny/index.js': 2 }),
    chunk(
      'page.js',
      { '/home/apps/web/src/page.tsx': 5 },
      { imports: ['base.js'], viteMetadata: { importedCss: new Set(['page.css']) } },
    ),
    { type: 'asset', fileName: 'page.css' },
  ],
  (name: string) => BYTES[name],
)

test('a part is all that its modules import, scripts and style sheets, each once', () => {
  const page = app.loadedWith(['src/page.tsx', 'src/main.tsx'])
  expect([...page].sort()).toEqual(['base.js', 'main.js', 'page.css', 'page.js'])
  expect([...ofType(without(page, app.loadedWith(['src/main.tsx'])), '.js')]).toEqual(['page.js'])
})

test('a part that is not there is no empty part', () => {
  expect(() => app.loadedWith(['src/gone.tsx'])).toThrow('src/gone.tsx')
})

test('what is two percent over its budget is told with its files, its largest modules and those that are new', () => {
  const files = app.loadedWith(['src/main.tsx'])
  const before = createWebFiles(
    [chunk('old.js', { '/was/apps/web/src/main.tsx': 9, '/was/node_modules/tiny/index.js': 2 })],
    () => 0,
  )
  expect(overBudget(app, [{ name: 'first page', limit: 981, files }])).toEqual([])
  const over = [{ name: 'first page', limit: 980, files }]
  const earlier = [{ name: 'first page', limit: 1, files: before.loadedWith(['src/main.tsx']) }]
  expect(overBudget(app, over, { app: before, budgets: earlier })).toEqual([
    [
      'first page: 1.0 KB, 0.0 KB over',
      '     0.7 KB  main.js',
      '     0.3 KB  base.js',
      '  largest modules, in characters before they are made small:',
      '         40  node_modules/react/index.js',
      '         10  apps/web/src/main.tsx',
      '          2  node_modules/tiny/index.js',
      '  modules that are new here:',
      '         40  node_modules/react/index.js',
    ].join('\n'),
  ])
  expect(overBudget(app, over)).toEqual([expect.stringMatching(/which modules are new here is not known\.$/)])
  expect(budgetLines(app, over)).toEqual(['   1.0 KB of   1.0 KB  first page'])
})

test('the libraries of the app are counted, our own packages are not', () => {
  const libraries = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, '1']))
  expect(tooManyLibraries({ ...libraries(55), '@runnel/client': '*' })).toEqual([])
  expect(tooManyLibraries(libraries(56))).toEqual([expect.stringContaining('56 libraries, 55 may be: l0, l1')])
})
