import { Check, ChevronDown, Copy, Download, WrapText } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { saveFile } from '../../ui/file-drop.tsx'
import { useCopied } from '../use-copied.ts'

const NUMBERED_FROM = 10
const FOLDED_FROM = 30

export interface CodeBlockProps {
  readonly language: string
  readonly code: string
  /** The code in colours. */
  readonly children: ReactNode
}

/** Code in an answer: its language, and what one does with code. */
export function CodeBlock({ language, code, children }: CodeBlockProps): ReactNode {
  const { t } = useTranslation('playground')
  const [isWrapped, setWrapped] = useState(false)
  const lines = code.split('\n').length
  const [isUnfolded, setUnfolded] = useState(false)
  const isFolded = lines > FOLDED_FROM && !isUnfolded
  const { isCopied, copy } = useCopied()
  return (
    <div className="my-2 overflow-hidden rounded-md border border-border bg-surface-muted">
      <div className="flex h-8 items-center gap-0.5 border-border border-b pr-1 pl-3 text-text-muted text-xs">
        <span className="flex-1 font-mono" data-testid="chat-code-tab">
          {language || t('code.text')}
        </span>
        <IconButton size="sm" label={t('code.wrap')} aria-pressed={isWrapped} onClick={() => setWrapped(!isWrapped)}>
          <WrapText size={14} />
        </IconButton>
        <IconButton
          size="sm"
          label={t('code.download')}
          onClick={() => saveFile(new Blob([code]), `code.${/^\w{1,6}$/.test(language) ? language : 'txt'}`)}
        >
          <Download size={14} />
        </IconButton>
        <IconButton
          size="sm"
          label={isCopied ? t('copied') : t('code.copy')}
          data-testid="copy-code-button"
          onClick={() => copy(code)}
        >
          {isCopied ? <Check size={14} className="text-success" /> : <Copy size={14} />}
        </IconButton>
      </div>
      <div className={classNames('flex', isFolded && 'max-h-60 overflow-hidden')}>
        {lines > NUMBERED_FROM && !isWrapped ? (
          <pre
            aria-hidden="true"
            className="m-0! shrink-0 select-none rounded-none! pr-0! text-right font-mono text-xs text-text-faint leading-5"
          >
            {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
          </pre>
        ) : null}
        <pre
          // Long lines are scrolled to by keyboard too.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls takes the focus
          tabIndex={0}
          className={classNames(
            'm-0! min-w-0 flex-1 rounded-none! font-mono text-xs leading-5 [&>code]:block [&>code]:text-xs [&>code]:leading-5',
            isWrapped && 'whitespace-pre-wrap',
          )}
        >
          {children}
        </pre>
      </div>
      {lines > FOLDED_FROM ? (
        <button
          type="button"
          className="flex h-7 w-full items-center justify-center gap-1 border-border border-t text-text-muted text-xs hover:text-text"
          aria-expanded={!isFolded}
          onClick={() => setUnfolded(isFolded)}
        >
          <ChevronDown size={14} className={classNames(!isFolded && 'rotate-180')} />
          {isFolded ? t('code.unfold', { count: lines }) : t('code.fold')}
        </button>
      ) : null}
    </div>
  )
}
