import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The languages of the product, each named in itself. */
export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const
export type Language = keyof typeof LANGUAGES
export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(LANGUAGES, value)

/** Longer, marked English, to see what has no room: of no use to a user, so no page offers it. */
const PSEUDO = 'en-XA'

const files = import.meta.glob<{ readonly default: Record<string, unknown> }>([
  './locales/*/*.json',
  '!./locales/*/{editor,fields,workspace}.json',
])
/** Those of an open flow come together. */
const flowFiles = { en: () => import('./flow-words/en.ts'), zh: () => import('./flow-words/zh.ts') } as const
const FLOW_NAMESPACES: ReadonlySet<string> = new Set(['editor', 'fields', 'workspace'])

/** Undefined of a namespace that is none. */
async function readWords(locale: string, namespace: string): Promise<unknown> {
  if (locale === PSEUDO) {
    const words = await readWords('en', namespace)
    return words === undefined ? undefined : (await import('./pseudo-words.ts')).pseudoWords(words)
  }
  const folder = locale === 'zh-CN' ? 'zh' : 'en'
  const name = `locales/${folder}/${namespace}.json`
  if (FLOW_NAMESPACES.has(namespace)) return (await flowFiles[folder]()).flowWords[`../${name}`]
  return (await files[`./${name}`]?.())?.default
}

const STORED = 'runnel.language'

/** What was chosen in this browser, else what the browser speaks, else English. */
export function preferredLanguage(): Language | typeof PSEUDO {
  const wanted = localStorage.getItem(STORED) ?? navigator.language
  if (wanted === PSEUDO) return PSEUDO
  return wanted.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** The words of one page are one namespace, loaded when the page is. */
export async function startI18n(language: Language | typeof PSEUDO = preferredLanguage()): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use({
      type: 'backend',
      read(locale: string, namespace: string, done: (error: unknown, words: unknown) => void) {
        if (namespace === 'components') {
          if (locale !== 'zh-CN') return done(null, {})
          // Without the server's words components speak English.
          const end = (): void => done(null, {})
          void import('./load-component-text.ts').then((module) => module.loadComponentText(locale)).then(end, end)
          return
        }
        readWords(locale, namespace).then(
          (words) =>
            done(words === undefined ? new Error(`No words for ${namespace} in ${locale}`) : null, words ?? null),
          (error: unknown) => done(error, null),
        )
      },
    })
    .init({
      lng: language,
      supportedLngs: [...Object.keys(LANGUAGES), PSEUDO],
      fallbackLng: 'en',
      load: 'currentOnly',
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
  document.documentElement.lang = language
}

/** Switches without a reload and remembers the choice. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language)
  await speakPreferred()
}

/** Speaks what is remembered, which another tab may have changed. */
export async function speakPreferred(): Promise<void> {
  const language = preferredLanguage()
  if (language === i18next.language) return
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
