import { MessageCircle, SquarePlay } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { useActions } from '../editor/actions/use-actions.tsx'
import { useEditorState, useWorkspaceUi } from '../editor/editor-context.tsx'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { chatEnds } from './chat-ends.ts'

/** Opens the playground; where nobody can chat, says why and offers to run the flow by a form. */
export function PlaygroundButton(): ReactNode {
  const { t } = useTranslation('playground')
  const actions = useActions()
  const isOpen = useWorkspaceUi((state) => state.rightPanel === 'playground')
  const { hasInput, hasOutput, hasNodes } = useEditorState(useShallow((state) => chatEnds(state.document)))
  const canChat = hasInput || hasOutput
  const toggle = (): void => void actions.perform('playground')
  return (
    <>
      {!canChat && hasNodes ? (
        <Button onClick={toggle} aria-pressed={isOpen} data-testid="run-with-form">
          <SquarePlay size={14} />
          {t('form.button')}
        </Button>
      ) : null}
      <Tooltip label={canChat ? t('title') : t('noChat')} keys={canChat ? actions.keysOf('playground') : undefined}>
        <Button
          aria-disabled={!canChat}
          aria-pressed={isOpen && canChat}
          onClick={() => canChat && toggle()}
          data-testid={canChat ? 'playground-btn-flow-io' : 'playground-btn-flow'}
        >
          <MessageCircle size={14} />
          <span className={canChat ? '' : 'max-xl:sr-only'}>{t('title')}</span>
        </Button>
      </Tooltip>
    </>
  )
}
