import { useTranslation } from 'react-i18next'

/** What the code editor says of itself, in the words of the page: its keys are the library's own English. */
export function useCodeMirrorWords(): Readonly<Record<string, string>> {
  const { t } = useTranslation('fields')
  return {
    Find: t('search.find'),
    Replace: t('search.by'),
    next: t('search.next'),
    previous: t('search.previous'),
    all: t('search.all'),
    'match case': t('search.case'),
    regexp: t('search.pattern'),
    'by word': t('search.word'),
    replace: t('search.replace'),
    'replace all': t('search.replaceAll'),
    close: t('search.close'),
    'current match': t('search.current'),
    'replaced $ matches': t('search.replaced'),
    'replaced match on line $': t('search.replacedOn'),
    'on line': t('search.onLine'),
    'Go to line': t('search.goTo'),
    go: t('search.go'),
    Completions: t('search.completions'),
    Diagnostics: t('search.problems'),
    'No diagnostics': t('search.noProblems'),
    'folded code': t('search.folded'),
    unfold: t('search.unfold'),
    '$ unchanged lines': t('search.unchanged'),
    'Selection deleted': t('search.deleted'),
  }
}
