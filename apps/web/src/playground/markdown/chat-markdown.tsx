import { type MouseEvent, memo, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { Dialog } from '../../ui/dialog.tsx'
import { lineBreaks } from '../../ui/line-breaks.ts'
import { readAddress, unusualScheme } from './addresses.ts'
import { splitBlocks } from './blocks.ts'
import { CodeBlock } from './code-block.tsx'
import { markFormulas } from './math.ts'
import { type Plugins, usePlugins } from './plugins.ts'
import { closeUnfinished } from './unfinished.ts'
import './chat-markdown.css'

type Element = NonNullable<ExtraProps['node']>

const COMPONENTS: Components = {
  a: ({ href = '', children, id, 'aria-label': label }) =>
    href.startsWith('#') ? (
      <Place of={href.slice(1)} id={id} label={label}>
        {children}
      </Place>
    ) : (
      <Link address={href}>{children}</Link>
    ),
  img: ({ src, alt }) => (typeof src === 'string' ? <Picture src={src} alt={alt ?? ''} /> : null),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls takes the focus
    <div className="overflow-x-auto" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  pre: ({ node, children }) => {
    const code = node?.children.find((child): child is Element => child.type === 'element' && child.tagName === 'code')
    if (!code) return <pre>{children}</pre>
    return (
      <CodeBlock language={languageOf(code)} code={textOf(code).replace(/\n$/, '')}>
        {children}
      </CodeBlock>
    )
  },
}

function languageOf({ properties }: Element): string {
  const classes = Array.isArray(properties.className) ? properties.className.map(String) : []
  return classes.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? ''
}

const textOf = (node: Element['children'][number]): string =>
  node.type === 'text' ? node.value : node.type === 'element' ? node.children.map(textOf).join('') : ''

/** A link, which opens a tab of its own; one that would open another program is told and leads nowhere. */
function Link({ address, children }: { readonly address: string; readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('playground')
  const scheme = unusualScheme(address)
  if (scheme !== undefined) {
    return (
      <span>
        {children} <span className="text-warning text-xs">{t('unusualLink', { scheme })}</span>
      </span>
    )
  }
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

interface PlaceProps {
  readonly of: string
  /** Its own, for the way back. */
  readonly id: string | undefined
  readonly label: string | undefined
  readonly children: ReactNode
}

/** A place of the same text, as a note below it. Other messages may call theirs the same. */
function Place({ of, id, label, children }: PlaceProps): ReactNode {
  const show = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault()
    const text = event.currentTarget.closest('.markdown')
    text?.querySelector(`[id="${CSS.escape(decodeURIComponent(of))}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <a href={`#${of}`} id={id} aria-label={label} onClick={show}>
      {children}
    </a>
  )
}

/** A picture in an answer, which opens large. One that cannot be shown here, as those of other sites, is a link. */
export function Picture({ src, alt }: { readonly src: string; readonly alt: string }): ReactNode {
  const { t } = useTranslation('playground')
  const [isOpen, setOpen] = useState(false)
  const [isMissing, setMissing] = useState(false)
  if (isMissing) return <Link address={src}>{alt || t('picture')}</Link>
  return (
    <>
      <button
        type="button"
        className="inline-block cursor-zoom-in! rounded-md"
        onClick={() => setOpen(true)}
        aria-label={alt || t('picture')}
      >
        <img
          src={src}
          alt={alt}
          loading="lazy"
          onError={() => setMissing(true)}
          className="max-h-64 rounded-md border border-border"
        />
      </button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={alt || t('picture')} width="xl">
        <img src={src} alt={alt} className="mx-auto max-h-[75vh] object-contain" />
      </Dialog>
    </>
  )
}

interface PartProps {
  readonly text: string
  readonly code: Plugins
  readonly math: Plugins
}

const Part = memo(
  ({ text, code, math }: PartProps): ReactNode => (
    <ReactMarkdown
      remarkPlugins={[remarkGfm, lineBreaks, ...math.remark]}
      rehypePlugins={[...math.rehype, ...code.rehype]}
      components={COMPONENTS}
      urlTransform={readAddress}
    >
      {text}
    </ReactMarkdown>
  ),
)

/** What a model or a person says: GitHub's Markdown, code, formulas; never raw HTML. */
export function ChatMarkdown({ text, isGrowing }: { readonly text: string; readonly isGrowing?: boolean }): ReactNode {
  const { code, math } = usePlugins(text)
  const marked = markFormulas(isGrowing ? closeUnfinished(text) : text)
  const parts = isGrowing ? splitBlocks(marked) : [marked]
  return (
    <div className="markdown">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added at the end
        <Part key={index} text={part} code={code} math={math} />
      ))}
    </div>
  )
}
