import type { ReactNode } from 'react'
import { Picture } from '../markdown/chat-markdown.tsx'

const VIDEO = /\.(mp4|webm|mov|ogv)$/i
const AUDIO = /\.(mp3|wav|ogg|m4a)$/i

export interface MediaProps {
  readonly src: string
  /** What it is called; the kind is told by its ending where the address has none. */
  readonly name: string
}

/** What is seen or heard where it stands: a picture unless it is a sound or a film. */
export function Media({ src, name }: MediaProps): ReactNode {
  const kind = mediaKind(src.split(/[?#]/)[0] ?? '') ?? mediaKind(name)
  if (kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: nobody has written captions for it
    return <audio controls src={src} aria-label={name} />
  }
  if (kind === 'video') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written captions for it
      <video controls preload="metadata" src={src} aria-label={name} className="max-h-64 max-w-full rounded-md" />
    )
  }
  return <Picture src={src} alt={name} />
}

/** What a file is by its ending; undefined for one that is no sound and no film. */
export function mediaKind(name: string): 'audio' | 'video' | undefined {
  if (AUDIO.test(name) || name.startsWith('data:audio/')) return 'audio'
  return VIDEO.test(name) || name.startsWith('data:video/') ? 'video' : undefined
}
