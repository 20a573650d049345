import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minify, type Plugin, type Rolldown, transformWithOxc } from 'vite'
import type { PageFiles } from '../src/first-script.ts'

const SCRIPT = join(import.meta.dirname, '../src/first-script.ts')
const LANGUAGES = ['en', 'zh'] as const

interface Page {
  /** The HTML file it is drawn in. */
  readonly html: string
  /** What it shows at once, beside what the HTML file names. */
  readonly modules: readonly string[]
  readonly words: (language: string) => readonly string[]
}

/** What the pages ask for themselves a moment later. */
const PAGES: Readonly<Record<keyof PageFiles, Page>> = {
  home: {
    html: 'index.html',
    modules: ['pages/home/home-page.tsx'],
    words: (language) => [`locales/${language}/common.json`, `locales/${language}/home.json`],
  },
  flow: {
    html: 'index.html',
    modules: ['pages/workspace/workspace-page.tsx', 'editor/component-glyph.tsx'],
    words: (language) => [
      `locales/${language}/common.json`,
      `flow-words/${language}.ts`,
      `locales/${language}/playground.json`,
    ],
  },
  chat: {
    html: 'chat.html',
    modules: [],
    words: (language) => [`locales/${language}/common.json`, `locales/${language}/playground.json`],
  },
}

/** Puts `src/first-script.ts` into the HTML, and into it the names of the files that the pages it knows consist of. */
export function firstScript(): Plugin {
  return {
    name: 'runnel:first-script',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle, path }) {
        const { code } = await transformWithOxc(await readFile(SCRIPT, 'utf8'), SCRIPT)
        const files = bundle ? JSON.stringify(pageFiles(bundle, html, path)) : 'undefined'
        // It is a module to the compiler only.
        const whole = `(()=>{const PAGE_FILES=${files};${code.replace(/^export \{\s*\};?$/m, '')}})()`
        const { code: small } = await minify('first-script.js', whole)
        return html.replace('<!-- first-script -->', () => `<script>${small}</script>`)
      },
    },
  }
}

function pageFiles(bundle: Rolldown.OutputBundle, html: string, path: string) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))

  /** Files that hold some modules and what they import, without those the page names itself. */
  function filesWith(modules: readonly string[]): readonly string[] {
    const found = new Set<string>()
    const open = modules.map((module) => {
      const isIt = (id: string): boolean => id.endsWith(`/src/${module}`)
      // A module that shares its file with others is imported through a small file of its own.
      const chunk =
        chunks.find(({ facadeModuleId }) => facadeModuleId && isIt(facadeModuleId)) ??
        chunks.find(({ moduleIds }) => moduleIds.some(isIt))
      if (!chunk) throw new Error(`No file of the app holds ${module}`)
      return chunk
    })
    for (let chunk = open.shift(); chunk; chunk = open.shift()) {
      if (found.has(chunk.fileName)) continue
      found.add(chunk.fileName)
      for (const sheet of chunk.viteMetadata?.importedCss ?? []) found.add(sheet)
      open.push(...chunk.imports.flatMap((name) => byName.get(name) ?? []))
    }
    return [...found].map((name) => `/${name}`).filter((name) => !html.includes(name))
  }

  const filesOf = ({ modules, words }: Page) => ({
    files: filesWith(modules),
    words: Object.fromEntries(
      LANGUAGES.map((language) => [language, filesWith(words(language).map((name) => `i18n/${name}`))]),
    ),
  })
  const here = Object.entries(PAGES).filter(([, page]) => path.endsWith(page.html))
  return Object.fromEntries(here.map(([name, page]) => [name, filesOf(page)]))
}
