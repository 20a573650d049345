import type { RunRead, RunStepRead } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FlaskConical, ListTree, Pin, RotateCcw, Share2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { runGraphQuery } from '../../api/runs.ts'
import { configQuery } from '../../api/server-info.ts'
import { mayEdit, mayRun } from '../../projects/may.ts'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { Menu } from '../../ui/menu.tsx'
import { notify } from '../../ui/notifications.tsx'
import { pinRun } from '../commands/pin-run.ts'
import { useWorkspace } from '../editor-context.tsx'
import { type FlowDocument, readDocument } from '../model/flow-document.ts'
import { askedAgain, filesIn, isAskedWhole, ranBesideChat } from './asked-again.ts'
import { graphOfThen } from './graph-of-then.ts'
import { pinsOfRun } from './pins-of-run.ts'
import { saidIn } from './replay.ts'

export interface ReplayActionsProps {
  readonly run: RunRead & { readonly steps: readonly RunStepRead[] }
}

/** What can be done with a past run: run it again, take its data into the editor, show it to somebody. */
export function ReplayActions({ run }: ReplayActionsProps): ReactNode {
  const { t } = useTranslation('replay')
  const navigate = useNavigate()
  const shown = useWorkspace()
  const own = shown.own ?? shown
  const { editor, runner, flowId } = own
  const { data: ran } = useQuery(runGraphQuery(run.id))
  const { data: config } = useQuery(configQuery)
  const said = saidIn(run.steps)
  const version = run.published_version ?? undefined
  const files = filesIn(run.steps)
  const input = {
    ...(said !== undefined && { text: said }),
    ...(files.length > 0 && { files }),
    sessionId: run.session_id,
  }
  const maxLength = config?.serialization_max_text_length ?? 0

  function ask(document: FlowDocument, version?: number): void {
    if (isAskedWhole(document, run.steps, maxLength)) {
      const again = askedAgain(document, run.steps)
      void runner.run({ document: again, version, input, toAllEnds: ranBesideChat(again, run.steps) })
    } else notify('notice', t('inputCut'))
  }
  const onCurrent = (): void => ask(editor.getDocument())
  const onOriginal = (): void => {
    const now = editor.getDocument()
    ask(ran ? graphOfThen(readDocument(ran), now) : now, version)
  }

  async function copyData(): Promise<void> {
    const { pins, cut } = pinsOfRun(editor.getDocument(), run.steps, maxLength)
    if (pins.size === 0) {
      notify('notice', t('nothingToPin'))
      return
    }
    editor.apply(pinRun, { pins })
    await navigate({ to: '/flow/$flowId', params: { flowId }, search: {} })
    const text = t('pinned', { count: pins.size })
    notify('success', cut > 0 ? `${text} ${t('cut', { count: cut })}` : text)
  }

  async function share(): Promise<void> {
    await copyText(`${location.origin}/flow/${flowId}/runs/${run.id}`)
    notify('success', t('linkCopied'))
  }

  return (
    <>
      {mayRun(own) ? (
        <Menu
          items={[
            { label: t('onCurrent'), onSelect: onCurrent },
            ...(version !== undefined
              ? [{ label: t('onVersion', { number: version }), onSelect: onOriginal }]
              : ran
                ? [{ label: t('onOriginal'), onSelect: onOriginal }]
                : []),
          ]}
        >
          <Button size="sm" title={said} data-testid="retry-run">
            <RotateCcw size={12} />
            {t('again')}
          </Button>
        </Menu>
      ) : null}
      {mayEdit(own) ? (
        <Button size="sm" onClick={() => void copyData()} data-testid="pin-run">
          <Pin size={12} />
          {t('copyData')}
        </Button>
      ) : null}
      {mayEdit(own) ? (
        <Button
          size="sm"
          onClick={() => void navigate({ to: '/flow/$flowId/tests', params: { flowId }, search: { save: run.id } })}
          data-testid="save-as-test"
        >
          <FlaskConical size={12} />
          {t('saveAsTest')}
        </Button>
      ) : null}
      <Button size="sm" onClick={() => void share()} data-testid="share-run">
        <Share2 size={12} />
        {t('share')}
      </Button>
      <Button
        size="sm"
        onClick={() => void navigate({ to: '/monitor/runs/$runId', params: { runId: run.id } })}
        data-testid="open-trace"
      >
        <ListTree size={12} />
        {t('trace')}
      </Button>
    </>
  )
}
