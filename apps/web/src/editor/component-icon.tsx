import {
  Binary,
  Bot,
  Braces,
  Brain,
  Calculator,
  Calendar,
  Database,
  FileText,
  Filter,
  Globe,
  Group,
  type LucideIcon,
  MessagesSquare,
  Puzzle,
  Repeat,
  Search,
  Split,
  Type,
  Webhook,
} from 'lucide-react'
import type { ReactNode } from 'react'

const ICONS: Readonly<Record<string, LucideIcon>> = {
  Binary,
  Bot,
  bot: Bot,
  braces: Braces,
  brain: Brain,
  'brain-circuit': Brain,
  calculator: Calculator,
  Calendar,
  clock: Calendar,
  database: Database,
  FileText,
  'file-text': FileText,
  filter: Filter,
  globe: Globe,
  Group,
  MessagesSquare,
  'message-square-more': MessagesSquare,
  infinity: Repeat,
  search: Search,
  split: Split,
  type: Type,
  webhook: Webhook,
  Webhook,
}

/** The picture of a component: a known icon, an emoji, or a piece of a puzzle. */
export function ComponentIcon({
  name,
  size = 16,
}: {
  readonly name: string | undefined
  readonly size?: number
}): ReactNode {
  const Icon = name ? ICONS[name] : undefined
  if (Icon) return <Icon size={size} className="shrink-0" aria-hidden="true" />
  if (name && /\p{Extended_Pictographic}/u.test(name)) {
    return (
      <span aria-hidden="true" style={{ fontSize: size }}>
        {name}
      </span>
    )
  }
  return <Puzzle size={size} className="shrink-0" aria-hidden="true" />
}
