// Stands in the page itself and runs before everything else: sets the theme and the language, so that neither flashes,
// and asks for the files of the page that was opened and for what it will show, while the app is on its way.

/** Files that the first page and an open flow need beside what every page begins with; the build knows them. */
interface PageFiles {
  readonly home: readonly string[]
  readonly flow: readonly string[]
  /** The words of each, by language. */
  readonly words: Readonly<Record<'home' | 'flow', Readonly<Record<string, readonly string[]>>>>
}
declare const PAGE_FILES: PageFiles | undefined

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
const page = flowId === undefined ? (/^\/(flows|projects\/.*)?$/.test(pathname) ? 'home' : undefined) : 'flow'

if (page !== undefined) {
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
  // After the questions: a browser opens few connections, and whoever comes last waits for all files before it.
  if (PAGE_FILES) {
    const words = PAGE_FILES.words[page][isChinese ? 'zh' : 'en'] ?? []
    for (const file of [...PAGE_FILES[page], ...words]) preload(file)
  }
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

export type {}
