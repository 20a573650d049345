import { RotateCcw } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListState } from '../../app/list-state.ts'
import {
  type ActionId,
  actionIds,
  conflictsOf,
  DEFAULT_KEYS,
  type Keys,
  PRESETS,
  printKeys,
  printPressed,
  setKeys,
  useKeys,
} from '../../editor/actions/shortcuts.ts'
import { listed } from '../../i18n/listed.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/input.tsx'
import { NoMatch } from '../../ui/no-match.tsx'
import { OpeningRow } from '../../ui/opening-row.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { Cell, Head, HeadRow, Table } from '../../ui/table.tsx'
import { changedKeys, presetOf, presets, withKey } from './changed-keys.ts'

/** The keys of the editor: press another one, begin from a set, or go back. */
export function ShortcutsSection(): ReactNode {
  const { t } = useTranslation('shortcuts')
  const { t: editor } = useTranslation('editor')
  const keys = useKeys()
  const [{ q: search }, setState] = useListState({ q: '' }, { isOneStep: true })
  const setSearch = (q: string): void => setState({ q })
  const [recorded, setRecorded] = useState<ActionId>()
  const shown = actionIds.filter((id) => editor(`actions.${id}`).toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <Section
      title={t('title')}
      description={t('text')}
      actions={
        <div className="flex gap-2">
          <Select
            label={t('preset')}
            placeholder={t('presets.own')}
            value={presetOf(keys)}
            options={presets.map((value) => ({ value, label: t(`presets.${value}`) }))}
            onChange={(name) => setKeys(PRESETS[name])}
          />
          <Button onClick={() => setKeys({})} data-testid="restore-button">
            <RotateCcw size={14} />
            {t('restore')}
          </Button>
        </div>
      }
    >
      <SearchInput value={search} onChange={setSearch} label={t('search')} className="mb-3 max-w-md" />
      <Table label={t('title')}>
        <HeadRow>
          <Head>{t('action')}</Head>
          <Head>{t('keys')}</Head>
        </HeadRow>
        <tbody>
          {shown.map((id) => (
            <OpeningRow key={id} onOpen={() => setRecorded(id)}>
              <Cell>{editor(`actions.${id}`)}</Cell>
              <Cell>
                <button
                  type="button"
                  onClick={() => setRecorded(id)}
                  className="flex min-h-6 min-w-6 flex-wrap items-center gap-1 rounded-sm"
                >
                  <span className="sr-only">{t('change', { action: editor(`actions.${id}`) })}</span>
                  {keys[id].length === 0 ? '–' : null}
                  {keys[id].map((one) => (
                    <kbd
                      key={one}
                      className="rounded-sm border border-border bg-surface-muted px-1.5 py-0.5 font-sans text-xs"
                    >
                      {printKeys(one)}
                    </kbd>
                  ))}
                </button>
              </Cell>
            </OpeningRow>
          ))}
        </tbody>
      </Table>
      {shown.length === 0 ? <NoMatch onClear={() => setSearch('')} /> : null}
      {recorded ? <Recorder id={recorded} keys={keys} onClose={() => setRecorded(undefined)} /> : null}
    </Section>
  )
}

interface RecorderProps {
  readonly id: ActionId
  readonly keys: Keys
  readonly onClose: () => void
}

const ALONE = new Set(['Control', 'Shift', 'Alt', 'Meta'])

/** Listens for the new key of an action; one that another action has cannot be saved. */
function Recorder({ id, keys, onClose }: RecorderProps): ReactNode {
  const { t } = useTranslation('shortcuts')
  const { t: editor } = useTranslation('editor')
  const [pressed, setPressed] = useState<string>()
  const next = pressed === undefined ? keys : withKey(keys, id, pressed)
  const others = pressed === undefined ? [] : (conflictsOf(next).get(pressed) ?? []).filter((other) => other !== id)

  function record(event: KeyboardEvent): void {
    // Tab and Escape lead on and out, here as everywhere.
    if (event.key === 'Tab' || event.key === 'Escape' || ALONE.has(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    setPressed(printPressed(event))
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={editor(`actions.${id}`)}
      description={t('press')}
      width="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={pressed === undefined || others.length > 0}
            onClick={() => {
              setKeys(changedKeys(next))
              onClose()
            }}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <TextInput
        readOnly
        autoFocus
        aria-label={t('press')}
        value={printKeys(pressed ?? keys[id][0]) ?? ''}
        onKeyDown={record}
        data-testid="shortcut-recorder"
        className="h-16 text-center text-lg"
      />
      {others.length > 0 ? (
        <p role="alert" className="mt-2 text-danger text-sm">
          {t('taken', { actions: listed(others.map((other) => editor(`actions.${other}`))) })}
        </p>
      ) : null}
      {JSON.stringify(keys[id]) !== JSON.stringify(DEFAULT_KEYS[id]) ? (
        <p className="mt-2 text-sm text-text-muted">
          {t('usual', { keys: DEFAULT_KEYS[id].map((one) => printKeys(one)).join(', ') })}
        </p>
      ) : null}
    </Dialog>
  )
}
