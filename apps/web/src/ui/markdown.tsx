import type { ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { lineBreaks } from './line-breaks.ts'

const PLUGINS = [remarkGfm, lineBreaks]

/** Links open elsewhere and never see this page. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
}

/** Text in Markdown: GitHub's, without raw HTML. For messages see the playground's, which has code and maths too. */
export const Markdown = ({ text }: { readonly text: string }): ReactNode => (
  <div className="markdown">
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  </div>
)
