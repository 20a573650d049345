import type { ReaderLanguage } from '../../http/reader-language.ts'

/** What a person is asked before they sign in for a client. */
export interface Consent {
  readonly client: string
  /** Where the client gets its answer. */
  readonly redirect: string
  readonly project: string
  /** Where the person goes on to sign in, and where to when they would rather not. */
  readonly address: string
  readonly refusal: string
}

const TEXTS = {
  en: {
    title: 'Allow access?',
    asks: (client: string, project: string) => `${client} asks to use the tools of the project ${project}.`,
    goes: (redirect: string) => `The answer goes to ${redirect}. Go on only if you have just asked for this yourself.`,
    allow: 'Continue to sign in',
    refuse: 'Cancel',
    failed: 'Signing in did not work',
  },
  zh: {
    title: '允许访问吗？',
    asks: (client: string, project: string) => `${client} 请求使用项目 ${project} 的工具。`,
    goes: (redirect: string) => `结果将发送到 ${redirect}。只有当此请求由您本人刚刚发起时才继续。`,
    allow: '继续登录',
    refuse: '取消',
    failed: '登录未成功',
  },
} as const

/**
 * The page that stands between a client nobody has vouched for and a provider that may let the person in at once. The
 * way on is a link: a form that ends at another site is refused by browsers.
 */
export function consentPage(
  { client, redirect, project, address, refusal }: Consent,
  language: ReaderLanguage,
): string {
  const texts = TEXTS[language]
  return page(
    language,
    texts.title,
    `<p>${escaped(texts.asks(client, project))}</p><p class="muted">${escaped(texts.goes(redirect))}</p>
<p class="ways"><a class="main" id="allow" href="${escaped(address)}">${texts.allow}</a>
<a id="refuse" href="${escaped(refusal)}">${texts.refuse}</a></p>`,
  )
}

/** Says why there is nothing to answer to: whoever asked cannot be sent back. */
export const failurePage = (why: string, language: ReaderLanguage): string =>
  page(language, TEXTS[language].failed, `<p role="alert">${escaped(why)}</p>`)

const page = (language: ReaderLanguage, title: string, content: string): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:12vh auto;max-width:30rem;padding:0 1.5rem;overflow-wrap:anywhere}
h1{font-size:1.4rem}.muted{opacity:.75}.ways{display:flex;gap:1rem;align-items:center;margin-top:2rem}
a{color:inherit}.main{background:#2747d9;border-radius:.5rem;color:#fff;padding:.5rem 1rem;text-decoration:none}</style>
</head><body><main><h1>${title}</h1>${content}</main></body></html>`

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
