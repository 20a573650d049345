import { useVirtualizer } from '@tanstack/react-virtual'
import { Download, Pause, Play, ScrollText, WrapText } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListState } from '../../app/list-state.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { Badge, EmptyState } from '../../ui/status.tsx'
import { absoluteTime } from '../../ui/time.tsx'
import { LEVELS, type LogLine, matchingLines } from './log-lines.ts'
import { useLog } from './use-log.ts'

const COLOURS: Readonly<Record<string, string>> = { warn: 'text-warning', error: 'text-danger', fatal: 'text-danger' }
const TONES = { connecting: 'neutral', live: 'success', off: 'neutral', away: 'warning' } as const
const LINE_PX = 22

/** The server's log as it is written, for superusers. */
export function LogsPage(): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  const [{ level, q }, setState] = useListState({ level: 'any', q: '' })
  const { lines, state } = useLog()
  const [paused, setPaused] = useState<readonly LogLine[]>()
  const [isWrapped, setWrapped] = useState(false)
  const shown = matchingLines(paused ?? lines, level, q)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
    getItemKey: (index) => shown[index]?.id ?? index,
  })
  const isFollowing = paused === undefined
  const lastId = shown.at(-1)?.id
  useEffect(() => {
    if (isFollowing && lastId !== undefined) scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [isFollowing, lastId])

  if (state === 'off') {
    return <EmptyState icon={<ScrollText size={32} />} title={t('logs.off')} hint={t('logs.offHint')} />
  }
  const text = (): string => shown.map(({ raw }) => raw).join('\n')
  const missed = paused === undefined ? 0 : lines.filter(({ id }) => id > (paused.at(-1)?.id ?? 0)).length
  return (
    <div className="flex min-h-0 flex-1 flex-col pb-6">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput
          value={q}
          onChange={(next) => setState({ q: next })}
          label={t('logs.search')}
          className="min-w-56 flex-1"
        />
        <Select
          label={t('logs.level')}
          value={level}
          options={[
            { value: 'any', label: t('logs.anyLevel') },
            ...LEVELS.map((value) => ({ value, label: t('logs.atLeast', { level: value }) })),
          ]}
          onChange={(next) => setState({ level: next })}
        />
        <Badge tone={TONES[state]}>{t(`logs.state.${state}`)}</Badge>
        <Button onClick={() => setPaused(paused ? undefined : lines)}>
          {paused ? <Play size={14} /> : <Pause size={14} />}
          {paused ? (missed > 0 ? t('logs.resumeNew', { count: missed }) : t('logs.resume')) : t('logs.pause')}
        </Button>
        <IconButton label={t('logs.wrap')} aria-pressed={isWrapped} onClick={() => setWrapped(!isWrapped)}>
          <WrapText size={16} />
        </IconButton>
        <CopyButton label={t('logs.copy')} text={text} />
        <IconButton label={t('logs.download')} onClick={() => saveFile(new Blob([text()]), 'runnel.log')}>
          <Download size={16} />
        </IconButton>
      </div>
      <div
        ref={scroller}
        role="log"
        aria-label={t('tabs.logs')}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto rounded-lg border border-border bg-surface-muted font-mono text-xs"
      >
        {shown.length === 0 ? (
          <p className="p-3 font-sans text-text-muted">{t(lines.length === 0 ? 'logs.none' : 'logs.noneMatch')}</p>
        ) : null}
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const line = shown[index]
            if (!line) return null
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={classNames(
                  'absolute top-0 left-0 flex min-h-[22px] min-w-full gap-3 px-3 leading-[22px]',
                  isWrapped ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre',
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className="shrink-0 text-text-muted">{absoluteTime(line.time, i18n.language)}</span>
                <span className={classNames('w-10 shrink-0', COLOURS[line.level] ?? 'text-text-muted')}>
                  {line.level}
                </span>
                <span className={COLOURS[line.level]}>{line.text}</span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
