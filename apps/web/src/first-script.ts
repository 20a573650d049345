// Stands in the page itself and runs before everything else: sets the theme and the language, so that neither flashes,
// and asks for the files of the page that was opened and for what it will show, while the app is on its way.

interface Files {
  readonly files: readonly string[]
  /** By language. */
  readonly words: Readonly<Record<string, readonly string[]>>
}

/** Files that the pages need beside what their HTML names; the build knows them. */
export interface PageFiles {
  readonly home: Files
  readonly flow: Files
  readonly chat: Files
}
declare const PAGE_FILES: Partial<PageFiles> | undefined

const root = document.documentElement
const theme = localStorage.getItem('runnel.theme') ?? 'system'
const has = (wish: string): boolean => matchMedia(`(prefers-${wish})`).matches
const ofSystem = has('contrast: more') ? 'contrast' : has('color-scheme: dark') ? 'dark' : 'light'
root.dataset.theme = /^(light|dark|contrast)$/.test(theme) ? theme : ofSystem
const wanted = localStorage.getItem('runnel.language') ?? navigator.language
const isChinese = wanted.toLowerCase().startsWith('zh')
root.lang = isChinese ? 'zh-CN' : 'en'

const { pathname } = location
const flowId = /^\/flow\/([^/]+)/.exec(pathname)?.[1]
const page = pageAt(pathname)

// A visitor of a shared chat is asked for nothing.
if (page === 'home' || page === 'flow') {
  const answers = new Map<string, Promise<Response>>()
  globalThis.earlyAnswers = answers
  const data = flowId === undefined ? ['projects/'] : [`flows/${flowId}`, 'config']
  if (flowId !== undefined && isChinese) data.push('translations/zh-CN')
  for (const path of ['auto_login', 'session', ...data]) {
    const answer = fetch(`/api/v1/${path}`, { credentials: 'same-origin' })
    // Whoever takes it is told; nobody may.
    answer.catch(() => undefined)
    answers.set(`/api/v1/${path}`, answer)
  }
}
// After the questions: a browser opens few connections, and whoever comes last waits for all files before it.
if (page !== undefined) {
  const { files = [], words } = PAGE_FILES?.[page] ?? {}
  for (const file of [...files, ...(words?.[isChinese ? 'zh' : 'en'] ?? [])]) preload(file)
}

function pageAt(path: string): keyof PageFiles | undefined {
  if (/^\/flow\/[^/]/.test(path)) return 'flow'
  if (/^\/(playground|embed)\//.test(path)) return 'chat'
  return /^\/(flows|projects\/.*)?$/.test(path) ? 'home' : undefined
}

function preload(file: string): void {
  const link = document.createElement('link')
  if (file.endsWith('.css')) {
    link.rel = 'preload'
    link.as = 'style'
  } else {
    link.rel = 'modulepreload'
  }
  link.crossOrigin = ''
  link.href = file
  document.head.append(link)
}
