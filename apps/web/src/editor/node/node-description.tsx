import { memo, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { lazily } from '../../ui/lazily.ts'

const Markdown = lazily(async () => (await import('../../ui/markdown.tsx')).Markdown)

/** Only texts that have any are drawn as Markdown: most descriptions are one plain sentence. */
const hasMarkdown = (text: string): boolean => /[*_`#[\]]|^\s*[-\d]/m.test(text)
const LONG = 120

/** What a node is for; more than a few lines on demand. */
export const NodeDescription = memo(function NodeDescription({ text: given }: { readonly text: string }): ReactNode {
  const { t } = useTranslation('fields')
  const text = componentText(given)
  const [isOpen, setOpen] = useState(false)
  if (text.trim() === '') return null
  return (
    <div className="px-3 pb-2 text-text-muted text-xs">
      <div className={classNames(!isOpen && 'line-clamp-3')} data-testid="generic-node-desc">
        {hasMarkdown(text) ? (
          <Suspense fallback={text}>
            <Markdown text={text} />
          </Suspense>
        ) : (
          text
        )}
      </div>
      {text.length > LONG ? (
        <button type="button" onClick={() => setOpen(!isOpen)} className="nodrag text-accent hover:underline">
          {isOpen ? t('node.lessText') : t('node.moreText')}
        </button>
      ) : null}
    </div>
  )
})
