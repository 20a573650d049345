// Sets the theme and the language before the first paint, so that neither flashes.
;(() => {
  const root = document.documentElement
  const theme = localStorage.getItem('runnel.theme') ?? 'system'
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = isDark ? 'dark' : 'light'
  const language = localStorage.getItem('runnel.language') ?? navigator.language
  root.lang = language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
})()
