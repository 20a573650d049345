import { CircleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import type { PlaygroundState } from '../model/playground-state.ts'
import { useChatPlace } from '../playground-context.tsx'

/** Why nothing was answered: what the flow still needs, or why it could not be asked. */
export function TroubleCard({ trouble }: { readonly trouble: NonNullable<PlaygroundState['trouble']> }): ReactNode {
  const { t } = useTranslation('playground')
  const { t: tEditor } = useTranslation('editor')
  const { playground, showNode } = useChatPlace()
  return (
    <div
      role="alert"
      data-testid="chat-trouble"
      className="m-4 flex items-start gap-2 rounded-md border border-danger bg-danger-soft p-3 text-sm"
    >
      <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <div className="font-medium text-danger">
          {trouble.kind === 'refused' ? t('trouble.refused') : t('trouble.failed')}
        </div>
        {trouble.kind === 'refused' ? (
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-4">
            {trouble.problems.map(({ key, values, nodeId }) => {
              const text = tEditor(`problems.${key}`, values)
              return (
                <li key={text}>
                  {nodeId !== undefined && showNode ? (
                    <button
                      type="button"
                      className="min-h-6 text-left align-top underline"
                      onClick={() => showNode(nodeId)}
                    >
                      {text}
                    </button>
                  ) : (
                    text
                  )}
                </li>
              )
            })}
          </ul>
        ) : (
          <p className="wrap-anywhere mt-1">{trouble.message}</p>
        )}
      </div>
      <IconButton size="sm" label={t('dismiss')} onClick={() => playground.dismissTrouble()}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
