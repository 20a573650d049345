import { type ErrorComponentProps, useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isFlowGone } from '../api/flow-gone.ts'
import { notify } from '../ui/notifications.tsx'
import { ErrorPage } from './error-page.tsx'

/** What the page of a flow shows when it fails. One whose flow is gone or somebody else's leads to the list. */
export function FlowErrorPage(props: ErrorComponentProps): ReactNode {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  const { flowId = '' } = useParams({ strict: false })
  const { error } = props
  const isGone = isFlowGone(error)
  /** What this browser still has of the flow is offered before the page is left. */
  const [hasCopy, setCopy] = useState(false)
  useEffect(() => {
    if (!isGone) return
    let isLeft = false
    void readCopy(flowId).then((found) => {
      if (isLeft) return
      if (found) return setCopy(true)
      notify('notice', t('flowGone'))
      void navigate({ to: '/flows', replace: true })
    })
    return () => {
      isLeft = true
    }
  }, [isGone, flowId, navigate, t])
  return isGone && !hasCopy ? null : <ErrorPage {...props} />
}

async function readCopy(flowId: string): Promise<boolean> {
  const { localCopy } = await import('../editor/saving/local-copy.ts')
  return (await localCopy(flowId).catch(() => undefined)) !== undefined
}
