import { type ReactNode, Suspense } from 'react'
import { lazily } from '../../ui/lazily.ts'
import { useRunState, useWorkspaceUi } from '../editor-context.tsx'

const ApprovalCard = lazily(async () => (await import('./approval-card.tsx')).ApprovalCard)

/** What tools ask before they are called, one card for each call that waits. */
function Cards(): ReactNode {
  const asked = useRunState((state) => state.asked)
  return (
    <Suspense fallback={null}>
      {asked.map((one) => (
        <ApprovalCard key={one.requestId} asked={one} />
      ))}
    </Suspense>
  )
}

/** The same in the chat, over its composer. */
export const ChatApprovals = (): ReactNode => (
  <div className="mx-auto flex max-h-[60vh] w-full max-w-3xl shrink-0 flex-col gap-2 overflow-y-auto px-4 pb-2 empty:hidden">
    <Cards />
  </div>
)

/** The same on the canvas, unless the chat is open beside it. */
export function CanvasApprovals(): ReactNode {
  const isChatOpen = useWorkspaceUi(({ rightPanel }) => rightPanel === 'playground')
  return isChatOpen ? null : (
    <div className="flex max-h-[60vh] w-full max-w-xl flex-col gap-2 overflow-y-auto empty:hidden">
      <Cards />
    </div>
  )
}
