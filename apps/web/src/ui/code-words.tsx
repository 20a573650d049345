import { Fragment, type ReactNode } from 'react'

/** A sentence in which what stands between backticks is code. */
export function CodeWords({ text }: { readonly text: string }): ReactNode {
  return text.split('`').map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence keep their places.
      <code key={at} className="break-all font-mono">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence keep their places.
      <Fragment key={at}>{part}</Fragment>
    ),
  )
}
