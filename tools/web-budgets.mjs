// How large the parts of the browser app may be, as they are sent (Brotli), and which are larger.
import { ofType, without } from './web-sizes.mjs'

const KB = 1000
/** So much above its budget a part may be before the check fails. */
const TOLERANCE = 1.02

const MAIN = 'apps/web/src/main.tsx'
const CHAT = 'apps/web/src/chat.tsx'
const page = (path) => `apps/web/src/pages/${path}.tsx`
const editor = (path) => `apps/web/src/editor/${path}`
const words = (language, ...namespaces) => namespaces.map((name) => `i18n/locales/${language}/${name}.json`)
const LANGUAGES = ['en', 'zh']
const IMAGES = ['.svg', '.png', '.jpg', '.webp', '.gif', '.ico']

/** What the first page loads a moment after it is there. */
const SOON = [
  'ui/menu-panel.tsx',
  'app/project-list.tsx',
  'app/page-palette.tsx',
  'getting-started/getting-started.tsx',
]

/**
 * Each budget with the files that count: `{ name, limit, files }`.
 * @param app of `createWebFiles`
 */
export function webBudgets(app) {
  const scripts = (...modules) => ofType(app.loadedWith(modules), '.js')
  const started = scripts(MAIN)
  const workspace = scripts(MAIN, page('workspace/workspace-page'), editor('component-glyph.tsx'))
  const code = without(scripts(editor('editors/code-editor.tsx')), workspace)
  const text = without(
    scripts(
      ...['react-markdown', 'remark-gfm', 'rehype-highlight', 'remark-math', 'rehype-katex'].map(
        (it) => `${it}/lib/index.js`,
      ),
    ),
    started,
  )
  const chat = [...LANGUAGES.map((language) => app.loadedWith([CHAT, ...words(language, 'common', 'playground')]))]
  const elsewhere = without(ofType(app.names, '.js'), new Set([...workspace, ...code, ...text]))
  const part = (name, limitKb, files) => ({ name, limit: limitKb * KB, files })
  return [
    part('first page: projects', 170, scripts(MAIN, page('home/home-page'))),
    part(
      'first page, with what follows it',
      190,
      scripts(MAIN, page('home/home-page'), ...SOON.map((path) => `apps/web/src/${path}`)),
    ),
    part('first page: login', 155, scripts(MAIN, page('login/login-page'))),
    part('workspace, on top', 180, without(workspace, started)),
    part('code editor, on demand', 180, code),
    part('Markdown, highlighting and formulas', 150, text),
    ...[...elsewhere].map((name) => part(`on demand: ${name}`, 120, new Set([name]))),
    part('all style sheets', 45, ofType(app.names, '.css')),
    ...LANGUAGES.flatMap((language) => [
      part(`words of the first page: ${language}`, 25, scripts(...words(language, 'common', 'home'))),
      part(
        `words of a flow: ${language}`,
        25,
        scripts(...words(language, 'common', 'workspace', 'editor', 'fields', 'playground')),
      ),
    ]),
    ...LANGUAGES.map((language, index) => part(`shared chat, all in: ${language}`, 196, chat[index])),
    ...[...ofType(app.names, ...IMAGES)].map((name) => part(`image: ${name}`, 100, new Set([name]))),
    ...[...ofType(app.names, '.svg')].map((name) => part(`drawing: ${name}`, 8, new Set([name]))),
  ]
}

const weigh = (app, files) => [...files].reduce((sum, name) => sum + app.bytesOf(name), 0)
const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`

/** A line for each budget of a part that is no file alone: what it weighs and what it may. */
export const budgetLines = (app, budgets) =>
  budgets
    .filter(({ files }) => files.size > 1)
    .map(({ name, limit, files }) => `${kb(weigh(app, files)).padStart(9)} of ${kb(limit).padStart(8)}  ${name}`)

/** The budgets that are exceeded, each with what its part weighs. */
export const exceeded = (app, budgets) =>
  budgets
    .map((budget) => ({ ...budget, bytes: weigh(app, budget.files) }))
    .filter(({ bytes, limit }) => bytes > limit * TOLERANCE)

/**
 * What is over its budget, each with its files, the modules that weigh most, and those that the part did not have before.
 * @param before what `webBudgets` gives for the app as it was, with that app; undefined where it is not known
 */
export const overBudget = (app, budgets, before) =>
  exceeded(app, budgets).map(({ name, limit, files, bytes }) => {
    const modules = app.modulesIn(files)
    const earlier = before?.budgets.find((budget) => budget.name === name)
    const known = earlier && new Set(before.app.modulesIn(earlier.files).map(([id]) => id))
    return [
      `${name}: ${kb(bytes)}, ${kb(bytes - limit)} over`,
      ...[...files].map((file) => `  ${kb(app.bytesOf(file)).padStart(9)}  ${file}`),
      '  largest modules, in characters before they are made small:',
      ...moduleLines(modules.slice(0, 12)),
      known ? '  modules that are new here:' : '  which modules are new here is not known.',
      ...(known ? moduleLines(modules.filter(([id]) => !known.has(id))) : []),
    ].join('\n')
  })

const moduleLines = (modules) => modules.map(([id, size]) => `  ${String(size).padStart(9)}  ${id}`)

/** The largest number of libraries the browser app may name. */
const LIBRARIES = 55

/** Libraries that are too many, as a line. @param dependencies of its package.json */
export function tooManyLibraries(dependencies) {
  const libraries = Object.keys(dependencies).filter((name) => !name.startsWith('@runnel/'))
  return libraries.length > LIBRARIES
    ? [`${libraries.length} libraries, ${LIBRARIES} may be: ${libraries.join(', ')}`]
    : []
}
