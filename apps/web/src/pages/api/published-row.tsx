import type { Publication } from '@runnel/protocol/publications'
import { Link, useNavigate } from '@tanstack/react-router'
import { CloudOff, Code, Copy, Ellipsis, ExternalLink, Gauge, History } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CALLS, type CallKind } from '../../publications/calling-code.ts'
import { useCallingCode } from '../../publications/calling-code-view.tsx'
import { PublicationBadge } from '../../publications/status-badge.tsx'
import { unpublish } from '../../publications/unpublish.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { durationText } from '../../ui/duration.ts'
import { Menu } from '../../ui/menu.tsx'
import { notify } from '../../ui/notifications.tsx'
import { Cell, Row } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

/** What of a published flow is looked at by itself. */
export type PublishedPart = 'call' | 'versions' | 'serving'

export interface PublishedRowProps {
  readonly flow: Publication
  /** In which language code is copied. */
  readonly kind: CallKind
  readonly onKind: (kind: CallKind) => void
  readonly onOpen: (what: PublishedPart) => void
}

/** One published flow: how it does, and what is copied from it with one click. */
export function PublishedRow({ flow, kind, onKind, onOpen }: PublishedRowProps): ReactNode {
  const { t, i18n } = useTranslation('api')
  const navigate = useNavigate()
  const codeOf = useCallingCode()
  const { flow_id: flowId, name, today } = flow
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  const copy = (text: string): void => void copyText(text).then(() => notify('success', t('copied')))
  return (
    <Row data-testid={`published-${flowId}`}>
      <Cell className="max-w-64">
        <Link
          to="/flow/$flowId"
          params={{ flowId }}
          className="block min-h-6 truncate font-medium leading-6 hover:underline"
        >
          {name}
        </Link>
        <span className="block whitespace-nowrap text-text-muted text-xs">
          v{flow.version} · <Time at={flow.published_at} />
        </span>
      </Cell>
      <Cell className="whitespace-nowrap">
        <PublicationBadge status={flow.status} />
      </Cell>
      <Cell className="whitespace-nowrap tabular-nums">
        {t('published.calls', { count: today.calls })}
        {today.calls === 0 ? null : (
          <span className="block text-text-muted text-xs">
            {t('published.errors', { share: percent.format(today.errors / today.calls) })}
            {today.p95_ms === null ? null : ` · p95 ${durationText(today.p95_ms, i18n.language)}`}
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-text-muted max-xl:hidden">
        {flow.last_called_at ? <Time at={flow.last_called_at} /> : t('published.never')}
      </Cell>
      <Cell>
        <div className="flex items-center justify-end gap-1">
          <Button size="sm" onClick={() => copy(flowId)} data-testid="copy-id">
            <Copy size={13} />
            {t('copyId')}
          </Button>
          <Button size="sm" onClick={() => copy(codeOf(kind, flow))} data-testid="copy-calling-code">
            <Code size={13} />
            {t('copyCode')}
          </Button>
          <Menu
            items={[
              {
                label: t('published.open'),
                icon: <ExternalLink size={14} />,
                onSelect: () => void navigate({ to: '/flow/$flowId', params: { flowId } }),
              },
              { label: t('published.call'), icon: <Code size={14} />, onSelect: () => onOpen('call') },
              { label: t('published.versions'), icon: <History size={14} />, onSelect: () => onOpen('versions') },
              { label: t('published.serving'), icon: <Gauge size={14} />, onSelect: () => onOpen('serving') },
              'separator',
              ...CALLS.map((one) => ({
                label: t('published.language', { kind: t(`call.kind.${one}`) }),
                checked: one === kind,
                onSelect: () => onKind(one),
              })),
              'separator',
              {
                label: t('unpublish.button'),
                icon: <CloudOff size={14} />,
                danger: true,
                disabled: flow.status === 'unpublished',
                onSelect: () => void unpublish(flow),
              },
            ]}
          >
            <IconButton size="sm" label={t('published.more', { name })}>
              <Ellipsis size={15} />
            </IconButton>
          </Menu>
        </div>
      </Cell>
    </Row>
  )
}
